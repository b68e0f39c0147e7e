// The simulated bank on TCP, for the bench and for tests over real wires.
import { once } from 'node:events'
import { createServer as createPlainServer, type Server } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { SimulatedBank } from './simulated-bank.ts'

export type BankServer = {
  port: number
  close: () => Promise<void>
}

/** Only on this machine: it is a simulator. With `tls` as `node:tls` has it; `requestCert` asks for the other side's certificate. */
export const serveBank = async (
  bank: SimulatedBank,
  { port = 0, tls }: { port?: number; tls?: TlsOptions } = {},
): Promise<BankServer> => {
  const server: Server =
    tls === undefined
      ? createPlainServer({ noDelay: true }, (socket) => void bank.attach(socket))
      : createTlsServer(tls, (socket) => void bank.attach(socket))
  server.listen({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not on a port')
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      bank.restart()
      await closed
    },
  }
}
