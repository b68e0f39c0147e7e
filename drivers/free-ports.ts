// Loopback ports for programs that are started beside this one, and told where to listen.
//
// Between looking at a port and the program's listening on it seconds may pass. An outgoing connection of anybody could
// take it meanwhile, so it is looked for below the ports that the system hands out by itself; and so could another bench,
// so it is held by a datagram socket of the same number, which every one that asks here respects.
import { randomInt } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:net'

/** Below what Linux and macOS hand out (32,768 and 49,152 on), above what usual services listen on. */
const from = 20_000
const to = 32_000
const mostTries = 500

/** The first of `count` ports in a row that nobody listens on; they are this process's until it ends. */
export const freePorts = async (count: number): Promise<number> => {
  for (let tries = 0; tries < mostTries; tries++) {
    const first = randomInt(from, to - count)
    const held: Socket[] = []
    for (let port = first; port < first + count; port++) {
      const socket = await holding(port)
      if (socket === null) break
      held.push(socket)
      if (!(await isFree(port))) break
      if (held.length === count) return first
    }
    for (const socket of held) socket.close()
  }
  throw new Error(`no ${count} free ports in a row from ${from} to ${to}`)
}

export const freePort = (): Promise<number> => freePorts(1)

const holding = (port: number): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(null))
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(socket.unref()))
  })

/** On every address: some programs listen on all of them. */
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })
