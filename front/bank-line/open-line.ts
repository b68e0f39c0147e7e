// Opens the line to the bank's host over TCP, under TLS with certificates on both sides where it is configured.
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls'
import type { LineClock } from './connection.ts'

export type HostAddress = {
  host: string
  port: number
  /** As `node:tls` has it: `ca` of the bank, `cert` and `key` of ours, `servername`. Absent: no TLS, for tests and tunnels. */
  tls?: TlsOptions
}

export const openDelays = {
  /** The operating system would try for two minutes. */
  connectMs: 10_000,
}

/** Called again after every loss. Rejects when there is no connection, or not in time. */
export const openLine =
  ({ host, port, tls }: HostAddress, clock: Pick<LineClock, 'after'>) =>
  (): Promise<Socket> => {
    const { promise, resolve, reject } = Promise.withResolvers<Socket>()
    const socket =
      tls === undefined
        ? connectPlain({ host, port }, () => opened())
        : connectTls({ ...tls, host, port }, () => opened())
    socket.setNoDelay(true)
    const giveUp = (why: Error) => {
      takeBack()
      socket.destroy()
      reject(why)
    }
    const takeBack = clock.after(openDelays.connectMs, () =>
      giveUp(new Error(`no connection to ${host}:${port} in time`)),
    )
    const opened = () => {
      takeBack()
      socket.off('error', giveUp)
      resolve(socket)
    }
    socket.on('error', giveUp)
    return promise
  }
