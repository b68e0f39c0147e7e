// A disk that fails when it is told to: the real one, with its calls counted and one of them spoilt.
import { open } from 'node:fs/promises'
import type { JournalFile } from '../kiosk/journal.ts'

export type DiskFault =
  /** The disk is full in the middle of a write: half of it is there. */
  | 'half a write'
  /** Nothing of it is there. */
  | 'no write'
  /** Written, and nobody can say whether it will stay. */
  | 'no sync'

export const failingDisk = () => {
  let fault: { kind: DiskFault; in: number } | null = null
  let failed = false
  const failsNow = (...kinds: DiskFault[]): boolean => {
    if (fault === null || !kinds.includes(fault.kind)) return false
    fault.in--
    failed ||= fault.in <= 0
    // What has failed once goes on failing, as a full or broken disk does.
    return fault.in <= 0
  }
  const openFile = async (path: string): Promise<JournalFile> => {
    const file = await open(path, 'a+', 0o600)
    const write = file.write.bind(file)
    const datasync = file.datasync.bind(file)
    return Object.assign(file, {
      write: async (bytes: Buffer, from: number, length: number) => {
        if (!failsNow('half a write', 'no write')) return write(bytes, from, length, null)
        if (fault?.kind === 'half a write') await write(bytes, from, Math.ceil(length / 2), null)
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
      },
      datasync: async () => {
        if (!failsNow('no sync')) return datasync()
        throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
      },
    })
  }
  return {
    openFile,
    /** The n-th call from now on fails, and all after it. */
    failAt: (kind: DiskFault, n: number) => {
      fault = { kind, in: n }
      failed = false
    },
    mend: () => {
      fault = null
    },
    /** Whether a call has failed since it was told to. */
    hasFailed: () => failed,
  }
}
