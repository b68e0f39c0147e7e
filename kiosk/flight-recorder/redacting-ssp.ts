// An SSP line as it may be written to a file: whole frames, without the numbers from which the key of the session follows.
import { decode, encode, type Frame } from '../../drivers/note-acceptor/ssp/codec.ts'
import { code } from '../../drivers/note-acceptor/ssp/commands.ts'
import { stex } from '../../drivers/note-acceptor/ssp/encryption.ts'

/** What is left of some bytes: a frame, noise, or what may still become a frame. */
export type RedactSsp = (way: 'out' | 'in', bytes: Uint8Array) => Uint8Array[]

/**
 * One conversation. Bytes go in as they were cut into chunks; out come frames, each at the moment of its last byte. The
 * modulus has 63 bits: whoever knows the four numbers of an agreement and the fixed key can read and forge the session.
 */
export const redactingSsp = (): RedactSsp => {
  const rest: Record<'out' | 'in', Uint8Array> = { out: Uint8Array.of(), in: Uint8Array.of() }
  let asked: number | undefined
  return (way, bytes) => {
    const { out, rest: left } = decode(Uint8Array.of(...rest[way], ...bytes))
    rest[way] = left
    return out.map((one) => {
      if (one.kind === 'discarded') return one.bytes
      if (way === 'out') asked = one.data[0]
      return encode({ ...one, data: withoutKeyNumbers(one.data, way === 'out' ? null : asked) })
    })
  }
}

const bringsNumber: readonly (number | undefined)[] = [
  code.setGenerator,
  code.setModulus,
  code.exchangeKey,
  code.setFixedKey,
]

/** A command (`answers` is null), or the answer to the command with this code. */
export const withoutKeyNumbers = (
  data: Uint8Array,
  answers: number | null | undefined,
): Uint8Array => {
  const says = answers === null ? bringsNumber.includes(data[0]) : answers === code.exchangeKey
  return says ? Uint8Array.from(data, (byte, at) => (at === 0 ? byte : 0)) : data
}

/** Whether its data is an encrypted packet. */
export const isSealed = ({ data }: Frame): boolean => data[0] === stex
