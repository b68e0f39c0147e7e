// A card reader behind a server on this machine (`reader-server.ts`), where there is no card daemon to ask.
//
// Each context is a connection of its own. A connection that is lost is a context that failed; nothing is sent twice.
import { connect, type Socket } from 'node:net'
import { never } from '../../../domain/never.ts'
import { decodeFromReader, encodeToReader, type Answer, type FromReader } from './remote-codec.ts'
import { hearMessages, loopback } from './remote-line.ts'
import type { CardService, PcscError, Reader, ServiceEvent } from './service.ts'

/** What the configuration says: `tcp:127.0.0.1:port` or `tcp:localhost:port`. Null for anything else. */
export const readerServerPort = (address: string): number | null => {
  const port = Number(/^tcp:(?:127\.0\.0\.1|localhost):(\d{1,5})$/.exec(address)?.[1])
  return port >= 1 && port <= 65_535 ? port : null
}

/** PC/SC's numbers for a server that went away, and for a context that was closed. */
const errors = { serviceStopped: 0x8010001e, invalidHandle: 0x80100003 }

/** `open` never says null: whether anybody answers at the port shows a moment later. */
export const remoteService = ({ port }: { port: number }): CardService => ({
  open: (hear) => {
    const socket = connect({ host: loopback, port, noDelay: true })
    const line: Line = { socket, hear, reader: null, awaited: [], ended: null }
    let open = true
    hearMessages(socket, decodeFromReader, {
      hear: (message) => take(line, message),
      closed: () => {
        end(line, errors.serviceStopped)
        if (open) hear({ kind: 'context failed' })
      },
    })
    return {
      answers: async () => (await ask(line, encodeToReader({ kind: 'ask' }))).kind === 'there',
      close: () => {
        open = false
        end(line, errors.invalidHandle)
        // A card that was just powered off is still told so.
        socket.destroySoon()
      },
    }
  },
})

type Line = {
  socket: Socket
  hear: (event: ServiceEvent) => void
  reader: Reader | null
  /** Who waits for an answer, the first asked first. */
  awaited: ((answer: Answer) => void)[]
  /** Why nothing more can be asked; null while it can. */
  ended: PcscError | null
}

/** Whoever waits has an error: what they sent may have been carried out, or not. */
const end = (line: Line, code: number): void => {
  line.ended ??= { kind: 'error', code }
  for (const resolve of line.awaited.splice(0)) resolve(line.ended)
}

const take = (line: Line, message: FromReader): void => {
  if (line.ended !== null) return undefined
  switch (message.kind) {
    case 'reader appeared':
      line.reader = readerOf(line, message.name)
      return line.hear({ kind: 'reader appeared', reader: line.reader })
    case 'reader lost':
    case 'status':
      if (line.reader === null) return breakOff(line)
      return line.hear({ ...message, reader: line.reader })
    case 'connected':
    case 'replied':
    case 'error':
    case 'disconnected':
    case 'there': {
      const resolve = line.awaited.shift()
      // An answer to nothing would be taken for the answer to the next command.
      return resolve === undefined ? breakOff(line) : resolve(message)
    }
    default:
      return never(message)
  }
}

/** Nothing is believed that was said later. */
const breakOff = (line: Line): void => {
  end(line, errors.serviceStopped)
  line.socket.destroy()
}

const readerOf = (line: Line, name: string): Reader => ({
  name,
  connect: async () => {
    const answer = await ask(line, encodeToReader({ kind: 'connect' }))
    return answer.kind === 'connected' || answer.kind === 'error' ? answer : unfit(line)
  },
  disconnect: async () => {
    await ask(line, encodeToReader({ kind: 'disconnect' }))
  },
  transmit: async (bytes, protocol) => {
    const answer = await ask(line, encodeToReader({ kind: 'transmit', protocol, bytes }))
    return answer.kind === 'replied' || answer.kind === 'error' ? answer : unfit(line)
  },
})

const ask = (line: Line, request: Uint8Array): Promise<Answer> => {
  if (line.ended !== null) return Promise.resolve(line.ended)
  const { promise, resolve } = Promise.withResolvers<Answer>()
  line.awaited.push(resolve)
  line.socket.write(request)
  return promise
}

/** The answer to another question: from here on nobody knows which belongs to which. */
const unfit = (line: Line): PcscError => {
  breakOff(line)
  return { kind: 'error', code: null }
}
