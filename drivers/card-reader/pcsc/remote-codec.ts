// What goes over the line between a kiosk and a card reader server: a length, a kind and a body. Pure.
//
//   2 bytes   how many follow, 1 to 512
//   1 byte    kind
//   the rest  body
//
//   to the reader                            from the reader
//   01  connect     nothing                  81  reader appeared  its name, UTF-8
//   02  disconnect  nothing                  82  reader lost      nothing
//   03  transmit    protocol, command        83  status           present (0, 1), changes (4 bytes), answer to reset
//   04  ask         nothing                  84  connected        protocol
//                                            85  replied          reply
//                                            86  error            PC/SC's number (4 bytes), or nothing
//                                            87  disconnected     nothing
//                                            88  there            nothing
//
// Numbers are big-endian, a protocol is one byte (`service.ts`). 84 to 88 answer the requests in their order; nothing else
// does. Whatever else arrives breaks the line: after a byte too many no length can be believed.
import { concat, u16, u16At, u32, u32At, u8At } from '../../../domain/power-card/bytes.ts'
import { never } from '../../../domain/never.ts'
import {
  protocolT0,
  protocolT1,
  type Connected,
  type PcscError,
  type Protocol,
  type ReaderStatus,
  type Transmitted,
} from './service.ts'

export type ToReader =
  | { kind: 'connect' }
  | { kind: 'disconnect' }
  | { kind: 'transmit'; protocol: Protocol; bytes: Uint8Array }
  /** Whether the reader is still there. */
  | { kind: 'ask' }

export type Answer = Connected | Transmitted | { kind: 'disconnected' } | { kind: 'there' }

export type FromReader =
  | { kind: 'reader appeared'; name: string }
  | { kind: 'reader lost' }
  | { kind: 'status'; status: ReaderStatus }
  | Answer

/** Every whole message, what is left over for the next bytes, and whether the line is of no more use. */
export type Decoded<Message> = { out: Message[]; rest: Uint8Array; broken: boolean }

/** Well above the 261 bytes of a short APDU and the 258 of its answer. */
const longest = 512

const nothing = new Uint8Array()

/** Nothing is a mark of byte order here: a name stays what it was. */
const text = new TextDecoder('utf-8', { ignoreBOM: true })

export const encodeToReader = (message: ToReader): Uint8Array => {
  switch (message.kind) {
    case 'connect':
      return framed(0x01, nothing)
    case 'disconnect':
      return framed(0x02, nothing)
    case 'transmit':
      return framed(0x03, concat(message.protocol, message.bytes))
    case 'ask':
      return framed(0x04, nothing)
    default:
      return never(message)
  }
}

export const encodeFromReader = (message: FromReader): Uint8Array => {
  switch (message.kind) {
    case 'reader appeared':
      return framed(0x81, new TextEncoder().encode(message.name))
    case 'reader lost':
      return framed(0x82, nothing)
    case 'status': {
      const { present, changes, atr } = message.status
      return framed(0x83, concat(present ? 1 : 0, u32(changes), atr))
    }
    case 'connected':
      return framed(0x84, concat(message.protocol))
    case 'replied':
      return framed(0x85, message.bytes)
    case 'error':
      return framed(0x86, message.code === null ? nothing : u32(message.code))
    case 'disconnected':
      return framed(0x87, nothing)
    case 'there':
      return framed(0x88, nothing)
    default:
      return never(message)
  }
}

const framed = (kind: number, body: Uint8Array): Uint8Array =>
  concat(u16(1 + body.length), kind, body)

/** Null: there is no such message. */
type MeaningOf<Message> = (kind: number, body: Uint8Array) => Message | null

const decoding =
  <Message>(meaningOf: MeaningOf<Message>) =>
  (bytes: Uint8Array): Decoded<Message> => {
    const out: Message[] = []
    const broken = { out, rest: nothing, broken: true }
    let rest = bytes
    while (rest.length >= 2) {
      const length = u16At(rest, 0)
      if (length === 0 || length > longest) return broken
      if (rest.length < 2 + length) break
      const message = meaningOf(u8At(rest, 2), rest.slice(3, 2 + length))
      if (message === null) return broken
      out.push(message)
      rest = rest.slice(2 + length)
    }
    return { out, rest, broken: false }
  }

export const decodeToReader = decoding<ToReader>((kind, body) => {
  switch (kind) {
    case 0x01:
      return body.length === 0 ? { kind: 'connect' } : null
    case 0x02:
      return body.length === 0 ? { kind: 'disconnect' } : null
    case 0x03: {
      const protocol = protocolAt(body)
      return protocol === null ? null : { kind: 'transmit', protocol, bytes: body.slice(1) }
    }
    case 0x04:
      return body.length === 0 ? { kind: 'ask' } : null
    default:
      return null
  }
})

export const decodeFromReader = decoding<FromReader>((kind, body) => {
  switch (kind) {
    case 0x81:
      return { kind: 'reader appeared', name: text.decode(body) }
    case 0x82:
      return body.length === 0 ? { kind: 'reader lost' } : null
    case 0x83:
      return statusOf(body)
    case 0x84: {
      const protocol = body.length === 1 ? protocolAt(body) : null
      return protocol === null ? null : { kind: 'connected', protocol }
    }
    case 0x85:
      return { kind: 'replied', bytes: body }
    case 0x86:
      return errorOf(body)
    case 0x87:
      return body.length === 0 ? { kind: 'disconnected' } : null
    case 0x88:
      return body.length === 0 ? { kind: 'there' } : null
    default:
      return null
  }
})

const protocolAt = (body: Uint8Array): Protocol | null => {
  const protocol = body[0]
  return protocol === protocolT0 || protocol === protocolT1 ? protocol : null
}

const statusOf = (body: Uint8Array): FromReader | null => {
  const [present = 2] = body
  if (body.length < 5 || present > 1) return null
  return {
    kind: 'status',
    status: { present: present === 1, changes: u32At(body, 1), atr: body.slice(5) },
  }
}

const errorOf = (body: Uint8Array): PcscError | null => {
  if (body.length === 0) return { kind: 'error', code: null }
  return body.length === 4 ? { kind: 'error', code: u32At(body, 0) } : null
}
