// One short APDU and all that follows from its answers: 61xx and 6Cxx (power-card.md 2.2). Pure.
import { protocolT0, type Protocol } from './service.ts'

/** A command on its way, with the data that earlier answers brought. */
export type Exchange = {
  sent: Uint8Array
  collected: Uint8Array
  /** Whether `sent` already carries the length that the card asked for. */
  corrected: boolean
  followUps: number
}

export type Followed =
  | { kind: 'send'; exchange: Exchange }
  | { kind: 'answered'; data: Uint8Array; statusWord: number }
  /** Fewer than two bytes: nobody knows what the card did (power-card.md 2.3). */
  | { kind: 'unknown' }

/** A short APDU has at most 256 bytes of data; a card that goes on saying 61xx is told no more than this. */
export const mostFollowUps = 4

export const begin = (command: Uint8Array, protocol: Protocol): Exchange => ({
  sent: protocol === protocolT0 ? withoutTrailingLe(command) : command,
  collected: new Uint8Array(),
  corrected: false,
  followUps: 0,
})

/** Held against one reply, status word included. */
export const follow = (exchange: Exchange, reply: Uint8Array): Followed => {
  const sw1 = reply.at(-2)
  const sw2 = reply.at(-1)
  if (sw1 === undefined || sw2 === undefined) return { kind: 'unknown' }
  const data = joined(exchange.collected, reply.subarray(0, -2))
  const followUps = exchange.followUps + 1
  if (followUps <= mostFollowUps) {
    if (sw1 === 0x61) {
      const sent = Uint8Array.of(0x00, 0xc0, 0x00, 0x00, sw2)
      return { kind: 'send', exchange: { sent, collected: data, corrected: false, followUps } }
    }
    // Once only: a card that asks for another length a second time is not asked a third time.
    if (sw1 === 0x6c && !exchange.corrected) {
      const sent = withLe(exchange.sent, sw2)
      return { kind: 'send', exchange: { ...exchange, sent, corrected: true, followUps } }
    }
  }
  return { kind: 'answered', data, statusWord: sw1 * 0x100 + sw2 }
}

/** The length of header, Lc and data of a command that carries data; null for one that carries none. */
const lengthWithoutLe = (command: Uint8Array): number | null => {
  const lc = command[4]
  return lc === undefined || command.length === 5 ? null : 5 + lc
}

/** ISO 7816-3, T=0: a command with data goes without its Le; the answer is fetched with GET RESPONSE. */
const withoutTrailingLe = (command: Uint8Array): Uint8Array => {
  const length = lengthWithoutLe(command)
  return length !== null && command.length === length + 1 ? command.slice(0, length) : command
}

const withLe = (command: Uint8Array, le: number): Uint8Array => {
  const length = lengthWithoutLe(command) ?? 4
  return joined(command.subarray(0, length), Uint8Array.of(le))
}

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array => {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
