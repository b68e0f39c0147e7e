// The folder of recordings: never more than so many bytes; the oldest make room for the newest.
import { join } from 'node:path'
import type { Disk } from '../disk.ts'

export type FolderLimits = { bytes: number; files: number }

export type RecordingFolder = {
  /** Writes one recording and gives the path of its file, or null when it alone is too long. */
  keep: (recording: { wallMs: number; cause: string; text: string }) => Promise<string | null>
}

export type FolderDisk = Pick<
  Disk,
  'makeFolder' | 'writeNewFile' | 'names' | 'sizeOf' | 'remove' | 'freeBytes'
>

/** Evidence that may be lost takes no room that the journal may need. */
const leftForJournal = 200_000_000

export const recordingFolder = (
  folder: string,
  limits: FolderLimits,
  disk: FolderDisk,
): RecordingFolder => ({
  keep: async ({ wallMs, cause, text }) => {
    const bytes = Buffer.byteLength(text)
    if (bytes > limits.bytes) return null
    await disk.makeFolder(folder)
    if ((await disk.freeBytes(folder)) < leftForJournal + bytes) return null
    await makeRoom(folder, { bytes: limits.bytes - bytes, files: limits.files - 1 }, disk)
    const path = join(folder, await freshName(folder, nameOf(wallMs, cause), disk))
    await disk.writeNewFile(path, text)
    return path
  },
})

/** Names begin with the time, so that their order is that of the windows. */
const nameOf = (wallMs: number, cause: string): string => {
  const time = new Date(wallMs).toISOString().replaceAll(/[:-]|\.\d+/g, '')
  return `${time}-${cause.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
}

const freshName = async (folder: string, name: string, disk: FolderDisk): Promise<string> => {
  const there = await disk.names(folder)
  let fresh = `${name}.ndjson`
  for (let again = 2; there.includes(fresh); again += 1) fresh = `${name}-${again}.ndjson`
  return fresh
}

/** Only what this folder is for is ever removed from it. */
const makeRoom = async (folder: string, room: FolderLimits, disk: FolderDisk): Promise<void> => {
  const names = (await disk.names(folder)).filter((name) => name.endsWith('.ndjson')).sort()
  const sizes = await Promise.all(names.map((name) => disk.sizeOf(join(folder, name))))
  let bytes = sizes.reduce((sum: number, size) => sum + (size ?? 0), 0)
  for (const [at, name] of names.entries()) {
    if (bytes <= room.bytes && names.length - at <= room.files) return
    await disk.remove(join(folder, name))
    bytes -= sizes[at] ?? 0
  }
}
