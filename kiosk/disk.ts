// What the disk has to be told so that it does not forget: files and folders that survive a power cut.
import { mkdir, open, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

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

/** What a failed call to the operating system says of itself: `ENOSPC: no space left on device, write`. */
export const whyOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
