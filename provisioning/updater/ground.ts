// What the updater asks of the disk. Tests put one in its place that dies at any of these calls.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, open, readdir, readFile, readlink, rename } from 'node:fs/promises'
import { chmod, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from '../../kiosk/disk.ts'

export type FoundFile = { path: string; sha256: string; mode: number }

export type Ground = {
  /** Null when there is no such file. */
  readText: (path: string) => Promise<string | null>
  /** Rejects when there is none. */
  readBytes: (path: string) => Promise<Buffer>
  /** After a power cut the file is the old one or the new one; anybody may read it. */
  replaceFile: (path: string, text: string) => Promise<void>
  /** A folder made anew with nothing in it. */
  emptyFolder: (path: string) => Promise<void>
  /** Never through a link at either end. */
  copyFile: (path: string, to: string) => Promise<void>
  unpack: (bundle: string, folder: string) => Promise<void>
  /** Every file below, sorted. Rejects at anything that is neither a file nor a folder. */
  files: (folder: string) => Promise<FoundFile[]>
  /** All below it is on the disk when it resolves. */
  syncTree: (folder: string) => Promise<void>
  /** On the disk when it resolves. */
  rename: (path: string, to: string) => Promise<void>
  remove: (path: string) => Promise<void>
  names: (folder: string) => Promise<string[]>
  /** Null when there is none. */
  linkTarget: (path: string) => Promise<string | null>
  /** By one rename; on the disk when it resolves. */
  replaceLink: (path: string, target: string) => Promise<void>
}

const run = promisify(execFile)

const orNull = async <Value>(reading: Promise<Value>): Promise<Value | null> => {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Files and folders, those above first. */
const below = async (folder: string): Promise<{ path: string; isFolder: boolean }[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() && !entry.isDirectory()) throw new Error(`${path} is not a plain file`)
    return { path, isFolder: entry.isDirectory() }
  })
}

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const renamed = async (path: string, to: string): Promise<void> => {
  await rename(path, to)
  await syncFolder(dirname(to))
}

const found = async (folder: string, path: string): Promise<FoundFile> => ({
  path: relative(folder, path),
  sha256: createHash('sha256')
    .update(await readFile(path))
    .digest('hex'),
  mode: (await lstat(path)).mode & 0o777,
})

export const realGround: Ground = {
  readText: (path) => orNull(readFile(path, 'utf8')),
  readBytes: (path) => readFile(path),
  replaceFile: async (path, text) => {
    const fresh = `${path}.new`
    const file = await open(fresh, 'w', 0o644)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await renamed(fresh, path)
  },
  emptyFolder: async (path) => {
    await rm(path, { recursive: true, force: true })
    await mkdir(path, { recursive: true })
    await chmod(path, 0o755)
  },
  copyFile: async (path, to) => {
    const { isFile } = await lstat(path).then((it) => ({ isFile: it.isFile() }))
    if (!isFile) throw new Error(`${path} is not a plain file`)
    await copyFile(path, to, constants.COPYFILE_EXCL)
  },
  unpack: async (bundle, folder) => {
    await run('tar', ['-xzf', bundle, '-C', folder, '--no-same-owner', '-p'])
  },
  files: async (folder) => {
    const listed = (await below(folder)).filter(({ isFolder }) => !isFolder)
    const files: FoundFile[] = []
    // One after the other: a kiosk sells meanwhile.
    for (const { path } of listed) files.push(await found(folder, path))
    return files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  },
  syncTree: async (folder) => {
    for (const { path } of (await below(folder)).toReversed()) await sync(path)
    await sync(folder)
  },
  rename: renamed,
  remove: (path) => rm(path, { recursive: true, force: true }),
  names: (folder) => readdir(folder),
  linkTarget: (path) => orNull(readlink(path)),
  replaceLink: async (path, target) => {
    const fresh = `${path}.new`
    await rm(fresh, { force: true })
    await symlink(target, fresh)
    await renamed(fresh, path)
  },
}
