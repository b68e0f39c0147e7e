// The lowdb adapter that reaches the disk: a new file, synced, renamed over the old one, and the folder synced.
//
// lowdb's own file adapter renames without a sync, and of writes that wait only the latest happens. Here every write is
// done, in order, and has happened when its promise resolves. After a power cut the file is the old one or the new one.
import { basename, dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import type { z } from 'zod'
import { problemsOf } from '../domain/schema.ts'
import { realDisk, type Disk } from './disk.ts'

export type DurableJsonOptions<T> = {
  path: string
  schema: z.ZodType<T>
  /**
   * The file is there and is not what it should be. It was renamed to `keptAside`, a file name, and reading goes on as if
   * there were none.
   */
  onUnreadable: (found: { problem: string; keptAside: string }) => void
  disk?: Disk
}

/** Data of this schema in a file of its own; `read` answers null when there is none. A failed write rejects. */
export const durableJson = <T>({
  path,
  schema,
  onUnreadable,
  disk = realDisk,
}: DurableJsonOptions<T>): Adapter<T> => {
  let writing: Promise<void> = Promise.resolve()

  return {
    read: async () => {
      const text = await disk.readText(path)
      if (text === null) return null
      const read = parse(text, schema)
      if (read.kind === 'data') return read.data
      const keptAside = `${path}.unreadable`
      await disk.rename(path, keptAside)
      await disk.syncFolder(dirname(path))
      onUnreadable({ problem: read.problem, keptAside: basename(keptAside) })
      return null
    },
    write: (data) => {
      // The text is taken now: what changes in memory later belongs to a later write.
      const text = `${JSON.stringify(data, null, 2)}\n`
      const replace = () => disk.replaceFile(path, text)
      const written = writing.then(replace, replace)
      writing = written.catch(() => undefined)
      return written
    },
  }
}

const parse = <T>(
  text: string,
  schema: z.ZodType<T>,
): { kind: 'data'; data: T } | { kind: 'unreadable'; problem: string } => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'unreadable', problem: 'it is not JSON' }
  }
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { kind: 'data', data: parsed.data }
    : { kind: 'unreadable', problem: problemsOf(parsed.error, value).join('; ') }
}
