// The file of the outbox: lines of JSON, each on disk before it counts; written anew when it has grown or was torn.
//
// What cannot be read at the end is what a power cut left of a line that nobody was told of. After a write that failed the
// handle is worth nothing (money-safety.md 7, J5): the next step writes a new file with all that is to stand in it.
import { z } from 'zod'
import { numbered } from '../../domain/fleet/topics.ts'
import { dirname } from 'node:path'
import type { Disk } from '../disk.ts'
import type { JournalFile } from '../journal.ts'
import { OutboxRecord } from './outbox-record.ts'

const topic = z.enum(numbered)
const next = z.int().positive()

export const OutboxLine = z.discriminatedUnion('do', [
  /** The first line: the next number of each topic. */
  z.object({ do: z.literal('begin'), next: z.object({ ev: next, res: next }) }),
  z.object({ do: z.literal('put'), record: OutboxRecord }),
  /** These records get the next numbers of their topic, in this order. */
  z.object({ do: z.literal('number'), topic, ids: z.array(z.string()) }),
  /** The centre has everything up to this number. */
  z.object({ do: z.literal('settle'), topic, through: z.int().nonnegative() }),
])
export type OutboxLine = z.infer<typeof OutboxLine>

export type OutboxFile = {
  /** On disk when it resolves; rejects when that is not known. */
  append: (lines: readonly OutboxLine[]) => Promise<void>
  /** All that stands in the file from now on; after a power cut it is the old one or the new one. */
  replace: (lines: readonly OutboxLine[]) => Promise<void>
  /** Bytes in the file. */
  length: () => number
  close: () => Promise<void>
}

export type FoundLines = {
  lines: OutboxLine[]
  /** What stood behind the first line that cannot be read; null when there was none. */
  rest: string | null
}

/** Reads what is there. A file whose lines are not all sound is to be replaced before anything is appended. */
export const readOutbox = async (path: string, disk: Disk): Promise<FoundLines> => {
  const text = (await disk.readText(path)) ?? ''
  const lines: OutboxLine[] = []
  let at = 0
  for (;;) {
    const end = text.indexOf('\n', at)
    const line = end < 0 ? null : lineOf(text.slice(at, end))
    if (line === null) return { lines, rest: at < text.length ? text.slice(at) : null }
    lines.push(line)
    at = end + 1
  }
}

const lineOf = (text: string): OutboxLine | null => {
  try {
    const parsed = OutboxLine.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const textOf = (lines: readonly OutboxLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** Opens nothing before it is needed: the first step is always `replace`. */
export const outboxFile = (path: string, disk: Disk): OutboxFile => {
  let file: JournalFile | null = null
  let length = 0
  const letGo = async () => {
    const open = file
    file = null
    await open?.close().catch(() => undefined)
  }
  return {
    append: async (lines) => {
      if (file === null) throw new Error('the file of the outbox is to be written anew')
      const bytes = Buffer.from(textOf(lines))
      try {
        await writeAll(file, bytes)
        await file.datasync()
        length += bytes.length
      } catch (error) {
        await letGo()
        throw error
      }
    },
    replace: async (lines) => {
      await letGo()
      const text = textOf(lines)
      await disk.makeFolder(dirname(path))
      await disk.replaceFile(path, text)
      file = await disk.openFile(path)
      length = Buffer.byteLength(text)
    },
    length: () => length,
    close: letGo,
  }
}

const writeAll = async (file: JournalFile, bytes: Buffer): Promise<void> => {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, null)
    if (bytesWritten === 0) throw new Error('the disk took no bytes')
    done += bytesWritten
  }
}
