// A small disk that is full, read-only or gone when it is told to, and put right again.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { exportRecorded, makeImage, mountImage, tool, type Exported } from './disks.ts'

export const troubles = ['full', 'read-only', 'gone'] as const
export type Trouble = (typeof troubles)[number]

export type TroubledDisk = AsyncDisposable & {
  /** Where it is mounted, also after it was put right. */
  folder: string
  strike: (trouble: Trouble) => Promise<void>
  mend: () => Promise<void>
}

const diskMebibytes = 32

export const troubledDisk = async (around: string): Promise<TroubledDisk> => {
  const image = join(around, 'disk.img')
  const folder = join(around, 'mount')
  const ballast = join(folder, 'ballast')
  makeImage(image, diskMebibytes)
  let exports = 0
  const serve = (): Promise<Exported> => exportRecorded(image, join(around, `export-${++exports}`))
  let exported = await serve()
  mountImage(exported.disk, folder)
  let struck: Trouble | null = null

  /** The file system is taken away under whoever has files open on it; it really goes when they close them. */
  const letGo = () => tool('umount', '--lazy', folder)

  return {
    folder,
    strike: async (trouble) => {
      struck = trouble
      if (trouble === 'full') fill(ballast)
      // As the file system does by itself when it finds that it is damaged.
      if (trouble === 'read-only') tool('mount', '-o', 'remount,abort', folder)
      if (trouble === 'gone') await exported.die()
    },
    mend: async () => {
      if (struck === 'full') rmSync(ballast)
      else {
        letGo()
        await exported[Symbol.asyncDispose]()
        exported = await serve()
        mountImage(exported.disk, folder)
      }
      struck = null
    },
    [Symbol.asyncDispose]: async () => {
      letGo()
      await exported[Symbol.asyncDispose]()
    },
  }
}

/** Until not one byte more can be written. */
const fill = (path: string): void => {
  const file = openSync(path, 'w')
  try {
    for (let size = 1024 * 1024; size >= 1;) {
      try {
        writeSync(file, Buffer.alloc(size))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(file)
  }
}
