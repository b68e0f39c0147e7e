// Where tests keep their files: in memory, where this machine has a file system there. A run syncs tens of thousands of lines
// that nobody reads after it, and each would wait for the disk. The proofs about disks bring disks of their own.
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const memory = '/dev/shm'
/** Several times what a full run needs. Containers often have 64 MB: then it is the disk. */
const neededBytes = 2 * 1024 ** 3

/**
 * Vitest calls it once, before its workers start, which take over the environment. Gives what takes the files away again;
 * whoever has named a folder for temporary files gets that one.
 */
export const setup = (): (() => void) | undefined => {
  if (process.env['TMPDIR'] !== undefined || !hasRoom()) return undefined
  for (const folder of leftBehind()) remove(folder)
  const folder = mkdtempSync(join(memory, `wattpoint-${process.pid}-`))
  process.env['TMPDIR'] = folder
  // The tests have books of their own; those of this machine are nobody's to play with.
  delete process.env['DATABASE_URL']
  // The programs that tests start, hundreds of times, are compiled at the first start of each.
  process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled')
  return () => remove(folder)
}

const hasRoom = (): boolean => {
  if (!existsSync(memory)) return false
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= neededBytes
}

/** Of runs that were killed. */
const leftBehind = (): string[] =>
  readdirSync(memory)
    .filter((name) => {
      const [, pid] = /^wattpoint-(\d+)-/.exec(name) ?? []
      return pid !== undefined && !existsSync(`/proc/${pid}`)
    })
    .map((name) => join(memory, name))

const remove = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
