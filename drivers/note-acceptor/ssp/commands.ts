// The commands of SSP that a host gives to a note validator, as the bytes inside a frame.
import { lowByteFirstBytes } from './bytes.ts'

/** Command codes (SSP manual GA138, command table of the NV9USB). */
export const code = {
  reset: 0x01,
  inhibits: 0x02,
  setup: 0x05,
  protocolVersion: 0x06,
  poll: 0x07,
  reject: 0x08,
  disable: 0x09,
  enable: 0x0a,
  serialNumber: 0x0c,
  sync: 0x11,
  lastReject: 0x17,
  hold: 0x18,
  setGenerator: 0x4a,
  setModulus: 0x4b,
  exchangeKey: 0x4c,
  pollWithAck: 0x56,
  acknowledge: 0x57,
  counters: 0x58,
  setFixedKey: 0x60,
  resetFixedKey: 0x61,
} as const

/**
 * The version in which a validator says where a note went at power-up (E1, E2: 5 and up), that its path is open (E0: 6) and
 * that all channels are inhibited (B5: 7). From 9 on some units lengthen READ and CREDIT: never asked for.
 */
export const protocolVersion = 8

/** A command without parameters. */
export const plain = (command: keyof typeof code): Uint8Array => Uint8Array.of(code[command])

/** Answered F8 when the unit does not know the version. */
export const setProtocolVersion = (version: number): Uint8Array =>
  Uint8Array.of(code.protocolVersion, version)

/**
 * Accept the notes of these channels (1 to 64), inhibit all others. One bit a channel, eight channels a byte, channel 1
 * lowest; at least two bytes, as the manual's examples have it.
 */
export const setInhibits = (accepted: readonly number[]): Uint8Array => {
  const mask = new Uint8Array(Math.max(2, Math.ceil(Math.max(0, ...accepted) / 8)))
  for (const channel of accepted) {
    const byte = (channel - 1) >> 3
    mask[byte] = (mask[byte] ?? 0) | (1 << ((channel - 1) & 7))
  }
  return Uint8Array.of(code.inhibits, ...mask)
}

/** `4A`, `4B` or `4C` with a number of 64 bits, low byte first. 4A and 4B are answered F4 when it is not prime. */
export const setKeyNumber = (
  command: 'setGenerator' | 'setModulus' | 'exchangeKey',
  number: bigint,
): Uint8Array => Uint8Array.of(code[command], ...lowByteFirstBytes(number))

/** A new fixed key; accepted inside encryption only. */
export const setFixedKey = (key: bigint): Uint8Array =>
  Uint8Array.of(code.setFixedKey, ...lowByteFirstBytes(key))
