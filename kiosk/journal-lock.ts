// At most one program writes a journal: a lock that the operating system lets go of when its holder dies, however it dies.
//
// A lock file with a process number in it goes stale at a kill or a power cut, and numbers are given out again. A
// listening socket does not outlive its process. On Linux its name is in the abstract name space, so nothing is left on
// disk; elsewhere (development only) it is a file, which is taken over when nobody answers behind it.
import { createHash } from 'node:crypto'
import { realpath, rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

export type Lock =
  | { kind: 'held'; release: () => Promise<void> }
  | { kind: 'in use' }
  | { kind: 'failed'; why: string }

/** Locks a file by name, whether it exists or not; its folder must. Two names of the same folder are the same lock. */
export const lockFile = async (path: string, platform = process.platform): Promise<Lock> => {
  const name = await nameOf(path)
  if (platform === 'linux') return listenOn(`\0${name}`)
  const socket = join(tmpdir(), `${name}.socket`)
  const lock = await listenOn(socket)
  if (lock.kind !== 'in use' || (await answers(socket))) return lock
  await rm(socket, { force: true })
  return listenOn(socket)
}

const nameOf = async (path: string): Promise<string> => {
  const folder = await realpath(dirname(path))
  const { dev, ino } = await stat(folder)
  const hash = createHash('sha256')
    .update(`${dev} ${ino} ${basename(path)}`)
    .digest('hex')
  return `wattpoint-journal-${hash.slice(0, 32)}`
}

const listenOn = (path: string): Promise<Lock> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'EADDRINUSE' ? { kind: 'in use' } : { kind: 'failed', why: error.message },
      ),
    )
    server.listen({ path }, () => {
      server.unref()
      resolve({ kind: 'held', release: () => closed(server) })
    })
  })

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.close(() => resolve()))

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ path })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
