// A card reader server on loopback: serves the reader of a card service, in memory or not, to kiosks (`remote-service.ts`).
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { never } from '../../../domain/never.ts'
import {
  decodeToReader,
  encodeFromReader,
  type Answer,
  type FromReader,
  type ToReader,
} from './remote-codec.ts'
import { hearMessages, loopback } from './remote-line.ts'
import type { CardContext, CardService, Reader, ServiceEvent } from './service.ts'

export type ReaderServer = {
  port: number
  /** What the configuration of a kiosk calls it. */
  address: string
  /** Hangs up on everybody and frees the port. */
  close: () => Promise<void>
}

/** Serves the first reader that the service announces. Port 0 takes a free one; rejects when the port cannot be had. */
export const readerServer = async (options: {
  service: CardService
  port?: number
}): Promise<ReaderServer> => {
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    serve(options.service, socket)
  })
  server.listen({ host: loopback, port: options.port ?? 0 })
  await once(server, 'listening')
  const port = portOf(server.address())
  return {
    port,
    address: `tcp:${loopback}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

const portOf = (address: AddressInfo | string | null): number => {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return address.port
}

/** One connection, one context: it lasts as long as both. */
const serve = (service: CardService, socket: Socket): void => {
  let reader: Reader | null = null
  const say = (message: FromReader) => {
    if (socket.writable) socket.write(encodeFromReader(message))
  }
  const tell = (event: ServiceEvent): void => {
    if (event.kind === 'context failed') return void socket.destroy()
    if (event.kind === 'reader appeared') reader ??= event.reader
    if (event.reader !== reader) return undefined
    switch (event.kind) {
      case 'reader appeared':
        return say({ kind: event.kind, name: event.reader.name })
      case 'reader lost':
        return say({ kind: event.kind })
      case 'status':
        return say({ kind: event.kind, status: event.status })
      default:
        return never(event)
    }
  }
  const context = service.open(tell)
  if (context === null) return void socket.destroy()
  const carryOut = async (request: ToReader): Promise<void> => {
    // What a kiosk that is gone had still asked for is not carried out.
    if (!socket.destroyed) say(await answerTo({ context, reader }, request))
  }
  // One thing after the other: the answers say by their order what they answer.
  let last: Promise<unknown> = Promise.resolve()
  hearMessages(socket, decodeToReader, {
    hear: (request) => {
      last = last.then(() => carryOut(request))
    },
    closed: () => {
      // As a card daemon does: a card that nobody holds any more is powered off.
      void reader?.disconnect()
      context.close()
    },
  })
  return undefined
}

const noReader = 0x8010002e

const answerTo = async (
  { context, reader }: { context: CardContext; reader: Reader | null },
  request: ToReader,
): Promise<Answer> => {
  if (reader === null) return { kind: 'error', code: noReader }
  switch (request.kind) {
    case 'connect':
      return reader.connect()
    case 'disconnect':
      await reader.disconnect()
      return { kind: 'disconnected' }
    case 'transmit':
      return reader.transmit(request.bytes, request.protocol)
    case 'ask':
      return (await context.answers(reader.name))
        ? { kind: 'there' }
        : { kind: 'error', code: noReader }
    default:
      return never(request)
  }
}
