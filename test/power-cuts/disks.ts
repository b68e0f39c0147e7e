// Disks made of files: one whose every block write is recorded, and one that is mounted as it is.
//
//   writer ─► ext4 on a loop device ─► file of a FUSE export ─► qemu-storage-daemon ─► image, and a log of every write
//
// Each takes itself away again, in the order it was made: `await using`. What a kill leaves is taken away by the kernel,
// because all of it lives in name spaces of its own (main.ts).
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const mebibyte = 1024 * 1024
/** The log is sparse: what is not written takes no room. */
const logBytes = 2048 * mebibyte

/** Runs a tool, and gives what it prints. Throws with what it says when it fails. */
export const tool = (command: string, ...args: string[]): string => {
  const ran = spawnSync(command, args, { encoding: 'utf8' })
  if (ran.status === 0) return ran.stdout
  throw new Error(`${command} ${args.join(' ')}: ${ran.error?.message ?? ran.stderr.trim()}`)
}

/** A file that is an empty ext4 disk. */
export const makeImage = (path: string, sizeMebibytes: number): void => {
  writeFileSync(path, '')
  truncateSync(path, sizeMebibytes * mebibyte)
  tool('mke2fs', '-q', '-F', '-t', 'ext4', '-b', '4096', path)
}

export type Mounted = AsyncDisposable & { folder: string }

/** Mounts an image over a loop device that goes with the mount. */
export const mountImage = (image: string, folder: string): Mounted => {
  mkdirSync(folder, { recursive: true })
  tool('mount', '-t', 'ext4', '-o', 'loop', image, folder)
  return { folder, [Symbol.asyncDispose]: () => unmount(folder) }
}

/** A file that was closed this moment may still hold the mount for another. */
const unmount = async (folder: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    const ran = spawnSync('umount', [folder], { encoding: 'utf8' })
    if (ran.status === 0) return
    if (tries === 50) throw new Error(`umount ${folder}: ${ran.stderr.trim()}`)
    await pause(20)
  }
}

export type Exported = AsyncDisposable & {
  /** The disk as a file, to be mounted. */
  disk: string
  /** Its block writes. */
  log: string
  /** The disk is gone in the middle of everything: whatever is asked of it fails from now on. */
  die: () => Promise<void>
}

/** Serves an image as a file whose writes are recorded; the image itself changes too. */
export const exportRecorded = async (image: string, folder: string): Promise<Exported> => {
  mkdirSync(folder, { recursive: true })
  const disk = join(folder, 'disk.img')
  const log = join(folder, 'writes.log')
  for (const [path, bytes] of [
    [disk, statSync(image).size],
    [log, logBytes],
  ] as const) {
    writeFileSync(path, '')
    truncateSync(path, bytes)
  }
  const daemon = spawn(
    'qemu-storage-daemon',
    [
      ['--blockdev', `driver=file,node-name=file,filename=${image}`],
      ['--blockdev', 'driver=raw,node-name=raw,file=file'],
      ['--blockdev', `driver=file,node-name=log,filename=${log}`],
      ['--blockdev', 'driver=blklogwrites,node-name=recorded,file=raw,log=log,log-sector-size=512'],
      ['--export', `type=fuse,id=disk,node-name=recorded,mountpoint=${disk},writable=on`],
    ].flat(),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const stop = (signal: NodeJS.Signals) => ended(daemon, signal)
  try {
    await served(daemon, disk, statSync(folder).dev)
  } catch (error) {
    await stop('SIGKILL')
    throw error
  }
  return {
    disk,
    log,
    die: async () => {
      await stop('SIGKILL')
      // The kernel keeps a mount whose server has died.
      tool('umount', '--lazy', disk)
    },
    [Symbol.asyncDispose]: () => stop('SIGTERM'),
  }
}

/** Until the export lies over the file: it is on another device then. */
const served = async (daemon: ChildProcess, disk: string, own: number): Promise<void> => {
  let said = ''
  daemon.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  for (let tries = 0; statSync(disk).dev === own; tries++) {
    if (daemon.exitCode !== null || tries === 500) {
      throw new Error(`qemu-storage-daemon does not serve the disk: ${said.trim()}`)
    }
    await pause(20)
  }
}

const ended = async (daemon: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  daemon.once('exit', () => resolve())
  daemon.kill(signal)
  await promise
}
