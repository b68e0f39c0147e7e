// A TCP line between a kiosk and its broker that can be cut, or go dead without a word, as a network does.
import { connect, createServer, type Socket } from 'node:net'

export const breakableLine = async (to: number) => {
  const pairs = new Set<[Socket, Socket]>()
  let isDead = false
  let isClosed = false
  let taken = 0
  const server = createServer((near) => {
    if (isClosed) return void near.destroy()
    taken++
    const far = connect({ port: to, host: '127.0.0.1' })
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    const join = (from: Socket, into: Socket) => {
      from.on('data', (bytes) => isDead || into.write(bytes))
      from.on('error', () => undefined)
      from.on('close', () => {
        pairs.delete(pair)
        // A dead line does not tell that the other end is gone.
        if (!isDead) into.destroy()
      })
    }
    join(near, far)
    join(far, near)
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    /** How many connections were made until now. */
    taken: () => taken,
    /** Ends every connection, without a word of MQTT. */
    cut,
    /** Nothing gets through any more, and nobody is told. */
    die: () => {
      isDead = true
    },
    /** New connections get through again; the old ones stay dead. */
    heal: () => {
      cut()
      isDead = false
    },
    /** Nobody gets a connection. */
    refuse: (refuses: boolean) => {
      isClosed = refuses
      if (refuses) cut()
    },
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
