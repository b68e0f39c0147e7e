// What the disk has to be told so that it does not forget: files and folders that survive a power cut.
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { lockFile, type Lock } from './journal-lock.ts'
import type { JournalFile } from './journal.ts'

/** All that the records of a kiosk ask of a disk; the real one unless a simulation puts another in its place. */
export type Disk = {
  /** To be read and appended to; made when it is not there. */
  openFile: (path: string) => Promise<JournalFile>
  makeFolder: (folder: string) => Promise<void>
  syncFolder: (folder: string) => Promise<void>
  writeNewFile: (path: string, content: Uint8Array | string) => Promise<void>
  /** After a power cut the file is the old one or the new one. */
  replaceFile: (path: string, text: string) => Promise<void>
  /** Null when there is no such file. */
  readText: (path: string) => Promise<string | null>
  rename: (path: string, to: string) => Promise<void>
  remove: (path: string) => Promise<void>
  /** The names in a folder. */
  names: (folder: string) => Promise<string[]>
  /** In bytes; null when there is no such file. */
  sizeOf: (path: string) => Promise<number | null>
  freeBytes: (folder: string) => Promise<number>
  lock: (path: string) => Promise<Lock>
}

/** Syncs a folder, so that a file made, renamed or removed in it stays so (money-safety.md 7, J2). */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder and those above it, readable by the kiosk alone, and syncs every one that was made. */
export const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  const top = dirname(resolve(first))
  for (let at = resolve(folder); at !== top; at = dirname(at)) await syncFolder(at)
  await syncFolder(top)
}

/** Writes a whole new file, synced, its folder too. Refuses when the file is there already. */
export const writeNewFile = async (path: string, content: Uint8Array | string): Promise<void> => {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(path))
}

/** Bytes that an ordinary program may still write on the disk of this folder. */
export const freeBytes = async (folder: string): Promise<number> => {
  const disk = await statfs(folder)
  return disk.bavail * disk.bsize
}

/** Writes a new file, syncs it, renames it over the old one and syncs the folder. */
export const replaceFile = async (path: string, text: string): Promise<void> => {
  const folder = dirname(path)
  await makeFolder(folder)
  const fresh = join(folder, `${basename(path)}.new`)
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
  await syncFolder(folder)
}

const readText = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** The disk of this machine. */
export const realDisk: Disk = {
  openFile: (path) => open(path, 'a+', 0o600),
  makeFolder,
  syncFolder,
  writeNewFile,
  replaceFile,
  readText,
  rename,
  remove: (path) => rm(path, { force: true }),
  names: (folder) => readdir(folder),
  sizeOf: async (path) => (await stat(path).catch(() => null))?.size ?? null,
  freeBytes,
  lock: lockFile,
}

/** What a failed call to the operating system says of itself: `ENOSPC: no space left on device, write`. */
export const whyOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
