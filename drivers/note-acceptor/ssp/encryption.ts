// eSSP: how host and validator agree on a key over the open line, and the encrypted packets they then exchange.
import {
  checkPrimeSync,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  randomBytes,
} from 'node:crypto'
import { crc16Cms, lowByteFirst } from '../../crc16.ts'
import { lowByteFirstBytes } from './bytes.ts'

/** The first byte of a frame's data when the rest is an encrypted packet. */
export const stex = 0x7e

/** The fixed half of the key as units leave the factory. */
export const factoryFixedKey = 0x0123456701234567n

/** What a host makes for one key agreement. `generator` and `modulus` are primes, `exponent` stays secret. */
export type KeyNumbers = { generator: bigint; modulus: bigint; exponent: bigint }

/** All chance of an encrypted conversation, so that a test can repeat one. */
export type Chance = {
  keyNumbers: () => KeyNumbers
  /** Fills a packet up to whole blocks. */
  packing: (length: number) => Uint8Array
}

/** (base ^ exponent) mod modulus, by squaring. */
export const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n % modulus
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

export const isPrime = (number: bigint): boolean => number > 1n && checkPrimeSync(number)

/** The AES key: the fixed key, then the agreed one, 8 bytes each, low byte first. */
export const sessionKey = (fixedKey: bigint, agreed: bigint): Uint8Array =>
  Uint8Array.of(...lowByteFirstBytes(fixedKey), ...lowByteFirstBytes(agreed))

export type Packet = {
  /** Counts packets of one session, so that an old one cannot be played again. 4 bytes. */
  count: number
  /** A command or an answer, 0 to 233 bytes. */
  data: Uint8Array
}

/** Length, count, and checksum around the data; what is missing to whole blocks of 16 is packing. */
const overhead = { before: 5, after: 2, block: 16 }

/** `7E` and AES-128-ECB of `LENGTH COUNT(4, low first) DATA packing CRC(2, low first)`; the CRC covers all before it. */
export const seal = (packet: Packet, key: Uint8Array, packing: Chance['packing']): Uint8Array => {
  const { before, after, block } = overhead
  const used = before + packet.data.length + after
  const filling = packing(Math.ceil(used / block) * block - used)
  const covered = Buffer.from([packet.data.length, 0, 0, 0, 0, ...packet.data, ...filling])
  covered.writeUInt32LE(packet.count, 1)
  const clear = [...covered, ...lowByteFirst(crc16Cms(covered))]
  const cipher = createCipheriv('aes-128-ecb', createSecretKey(key), null).setAutoPadding(false)
  return Uint8Array.of(stex, ...cipher.update(Uint8Array.from(clear)), ...cipher.final())
}

export type Opened =
  | ({ kind: 'opened' } & Packet)
  /** Does not begin with 7E, or is not whole blocks. */
  | { kind: 'not sealed' }
  /** Another key, or not made by who knows the key. */
  | { kind: 'wrong checksum' }

/** The packet in the data of a frame. */
export const unseal = (data: Uint8Array, key: Uint8Array): Opened => {
  const { before, after, block } = overhead
  if (data[0] !== stex || data.length === 1 || (data.length - 1) % block !== 0) {
    return { kind: 'not sealed' }
  }
  const decipher = createDecipheriv('aes-128-ecb', createSecretKey(key), null).setAutoPadding(false)
  const clear = Buffer.concat([decipher.update(data.subarray(1)), decipher.final()])
  const covered = clear.subarray(0, -after)
  const length = clear.readUInt8(0)
  if (crc16Cms(covered) !== clear.readUInt16LE(covered.length)) return { kind: 'wrong checksum' }
  if (before + length > covered.length) return { kind: 'wrong checksum' }
  const count = clear.readUInt32LE(1)
  return { kind: 'opened', count, data: Uint8Array.from(clear.subarray(before, before + length)) }
}

/**
 * Primes of 63 bits: the most a unit can multiply without overflow in 64. The generator is the greater one, as public host
 * code keeps it.
 */
export const secureChance = (random: (length: number) => Uint8Array = randomBytes): Chance => ({
  keyNumbers: () => {
    const first = primeFrom(random)
    const second = primeFrom(random)
    const [modulus, generator] = first < second ? [first, second] : [second, first]
    // Neither 0 nor 1: their powers are known to all.
    const exponent = (numberFrom(random) % (modulus - 2n)) + 2n
    return { generator, modulus, exponent }
  },
  packing: random,
})

const primeFrom = (random: (length: number) => Uint8Array): bigint => {
  for (;;) {
    const candidate = numberFrom(random) | (1n << 62n) | 1n
    if (isPrime(candidate)) return candidate
  }
}

/** 63 random bits. */
const numberFrom = (random: (length: number) => Uint8Array): bigint =>
  random(8).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n) & ((1n << 63n) - 1n)
