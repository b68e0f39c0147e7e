// A disk in memory that forgets at a power cut what was written to it and not synced, torn at any byte.
import { basename, dirname } from 'node:path'
import type { Disk } from '../../kiosk/disk.ts'
import type { JournalFile } from '../../kiosk/journal.ts'
import type { Chance } from './chance.ts'
import type { Life } from './life.ts'

/** `synced`: so many bytes are on the platter; the rest is in the memory of the operating system. */
type File = { bytes: Buffer; length: number; synced: number }

export type DiskFault = 'no write' | 'half a write' | 'no sync'

export type ForgetfulDisk = {
  /** The disk as one life of the program sees it. */
  for: (life: Life) => Disk
  /** The power goes: what is not synced is there up to any byte of it, or not at all. */
  cutPower: (chance: Chance) => void
  /** From now on this fails, as on a disk that is full or broken; `met` hears of the first time. */
  fail: (fault: DiskFault, met: () => void) => void
  mend: () => void
  /** Text of a file from this byte on, up to what is synced. */
  textFrom: (path: string, from: number) => { text: string; end: number }
}

const plenty = 2 ** 34

export const forgetfulDisk = (): ForgetfulDisk => {
  const files = new Map<string, File>()
  let fault: DiskFault | null = null
  let met = () => {}

  const fails = (...kinds: DiskFault[]): boolean => {
    if (fault === null || !kinds.includes(fault)) return false
    met()
    met = () => {}
    return true
  }
  const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  const whole = (path: string, content: Uint8Array | string): void => {
    if (fails('no write', 'half a write')) throw full()
    const bytes = Buffer.from(content as Uint8Array)
    files.set(path, { bytes, length: bytes.length, synced: bytes.length })
  }
  const appendTo = (file: File, bytes: Buffer): void => {
    const length = file.length + bytes.length
    if (length > file.bytes.length) {
      const larger = Buffer.alloc(Math.max(4096, 2 * length))
      file.bytes.copy(larger, 0, 0, file.length)
      file.bytes = larger
    }
    bytes.copy(file.bytes, file.length)
    file.length = length
  }
  const openFile = (life: Life, path: string): JournalFile => {
    const file = files.get(path) ?? { bytes: Buffer.alloc(0), length: 0, synced: 0 }
    files.set(path, file)
    return {
      stat: () => life.act(() => ({ size: file.length })),
      read: (into, from, length, position) =>
        life.act(() => {
          const bytesRead = Math.max(0, Math.min(length, file.length - position))
          file.bytes.copy(into, from, position, position + bytesRead)
          return { bytesRead }
        }),
      write: (bytes, from, length) =>
        life.act(() => {
          const wanted = bytes.subarray(from, from + length)
          if (fails('half a write')) appendTo(file, wanted.subarray(0, length >> 1))
          if (fails('no write', 'half a write')) throw full()
          appendTo(file, wanted)
          return { bytesWritten: length }
        }),
      datasync: () =>
        life.act(() => {
          if (fails('no sync')) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
          file.synced = file.length
        }),
      truncate: (length = 0) =>
        life.act(() => {
          file.length = length
          file.synced = Math.min(file.synced, length)
        }),
      chmod: () => life.act(() => undefined),
      close: () => life.act(() => undefined),
    }
  }

  return {
    for: (life) => ({
      openFile: (path) => life.act(() => openFile(life, path)),
      makeFolder: () => life.act(() => undefined),
      syncFolder: () => life.act(() => undefined),
      writeNewFile: (path, content) => life.act(() => whole(path, content)),
      replaceFile: (path, text) => life.act(() => whole(path, text)),
      readText: (path) =>
        life.act(() => {
          const file = files.get(path)
          return file === undefined ? null : file.bytes.toString('utf8', 0, file.length)
        }),
      rename: (path, to) =>
        life.act(() => {
          const file = files.get(path)
          if (file === undefined) throw new Error(`ENOENT: ${path}`)
          files.delete(path)
          files.set(to, file)
        }),
      remove: (path) => life.act(() => void files.delete(path)),
      names: (folder) =>
        life.act(() =>
          [...files.keys()]
            .filter((path) => dirname(path) === folder)
            .map((path) => basename(path)),
        ),
      sizeOf: (path) => life.act(() => files.get(path)?.length ?? null),
      freeBytes: () => life.act(() => plenty),
      lock: () => life.act(() => ({ kind: 'held', release: () => life.act(() => undefined) })),
    }),
    cutPower: (chance) => {
      for (const file of files.values()) {
        file.length = file.synced + chance.below(file.length - file.synced + 1)
        file.synced = file.length
      }
    },
    fail: (next, onMet) => {
      fault = next
      met = onMet
    },
    mend: () => {
      fault = null
    },
    textFrom: (path, from) => {
      const file = files.get(path)
      if (file === undefined) return { text: '', end: from }
      // What was torn away was never acknowledged; what is read here has a newline behind it.
      const newest = file.bytes.subarray(from, file.synced).lastIndexOf(0x0a)
      const end = from + newest + 1
      return { text: file.bytes.toString('utf8', from, end), end }
    },
  }
}
