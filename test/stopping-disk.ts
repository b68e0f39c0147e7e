// A disk under the journal that stands still at one entry, as if the power went: nothing gets past it until it is let go.
import { open } from 'node:fs/promises'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { JournalFile } from '../kiosk/journal.ts'

/**
 * `after` so many entries, or the first of a type.
 * `on disk`: the entry is there, and nobody was told. `acted on`: everybody was, everything was done that follows from it,
 * and the entry after it is not there.
 */
export type Stop = { after: number | JournalEntry['type']; when: 'on disk' | 'acted on' }

export const stoppingDisk = ({ after, when }: Stop) => {
  const { promise: released, reject: release } = Promise.withResolvers<never>()
  const { promise: whenStopped, resolve: tellStopped } = Promise.withResolvers<void>()
  released.catch(() => undefined)
  let written = 0
  /** So many entries get to the disk. */
  let most = typeof after === 'number' ? after : Infinity
  let stopped = false

  const standStill = (): Promise<never> => {
    stopped = true
    tellStopped()
    return released
  }
  return {
    stopped: () => stopped,
    whenStopped,
    /** The program is gone: what it waited for never came. */
    letGo: () => release(new Error('the power went')),
    openFile: async (path: string): Promise<JournalFile> => {
      const file = await open(path, 'a+', 0o600)
      // The next start has a disk that works.
      if (stopped) return file
      const write = file.write.bind(file)
      const datasync = file.datasync.bind(file)
      return Object.assign(file, {
        write: async (bytes: Buffer, from: number, length: number) => {
          const lines = linesIn(bytes.subarray(from, from + length))
          const last = lines.findIndex((line) => line.includes(`"type":"${after}"`))
          if (last >= 0) most = Math.min(most, written + last + 1)
          const fitting = lines.slice(0, most - written)
          written += fitting.length
          for (const line of fitting) await write(line)
          return fitting.length < lines.length ? standStill() : { bytesWritten: length }
        },
        datasync: async () => {
          await datasync()
          if (when === 'on disk' && written >= most) await standStill()
        },
      })
    },
  }
}

const linesIn = (bytes: Buffer): Buffer[] =>
  bytes
    .toString('utf8')
    .split(/(?<=\n)/)
    .map((line) => Buffer.from(line))
