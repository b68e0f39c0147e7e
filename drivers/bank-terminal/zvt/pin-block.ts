// A PIN as it leaves the PIN pad: ISO 9564-1 format 4 with AES, bound to one payment instead of a card number.
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'

/**
 * The key of one block: HMAC-SHA-256 of its serial number under the base key, the first 16 bytes. A serial is used once, and the
 * base key cannot be found from it.
 */
export const transactionKey = (baseKey: Uint8Array, keySerial: Uint8Array): Uint8Array =>
  Uint8Array.from(createHmac('sha256', baseKey).update(keySerial).digest().subarray(0, 16))

/** Of simulated terminals and the simulated bank. Every real one has its own, put in by its maker. */
export const testPinBaseKey = Uint8Array.from(
  Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
)

export type PinBlockParts = {
  /** 4 to 12 digits. */
  pin: string
  /** A payment id, a ULID: its 128 bits stand where format 4 has the card number, so that a block fits one payment only. */
  reference: string
  key: Uint8Array
  /** 8 bytes of chance. */
  filling: Uint8Array
}

/**
 * 16 bytes: `AES(key, AES(key, pin field) xor reference)`. The PIN field is `4L`, the digits, filled up with A to 8 bytes, then 8
 * bytes of chance. Throws on a PIN of another length: a PIN pad gives none.
 */
export const encryptPin = ({ reference, ...parts }: PinBlockParts): Uint8Array =>
  aesBlockOf({ ...parts, reference: referenceBytes(reference) })

/** The same where the reference is bytes already, as in the PIN pad. */
export const aesBlockOf = ({
  pin,
  reference,
  key,
  filling,
}: Omit<PinBlockParts, 'reference'> & { reference: Uint8Array }): Uint8Array => {
  if (!/^\d{4,12}$/.test(pin)) throw new RangeError('a PIN has 4 to 12 digits')
  const digits = `4${pin.length.toString(16)}${pin}`.padEnd(16, 'a')
  const field = Uint8Array.of(...Buffer.from(digits, 'hex'), ...filling.subarray(0, 8))
  return aes(key, xor(aes(key, field), reference))
}

/** The PIN in a block; null when key or reference are not its own. */
export const decryptPin = (
  block: Uint8Array,
  { reference, key }: Pick<PinBlockParts, 'reference' | 'key'>,
): string | null => {
  if (block.length !== 16) return null
  const field = aesBack(key, xor(aesBack(key, block), referenceBytes(reference)))
  const digits = Buffer.from(field.subarray(0, 8)).toString('hex')
  const length = Number.parseInt(digits[1] ?? '0', 16)
  const pin = digits.slice(2, 2 + length)
  const isOne = digits[0] === '4' && /^\d{4,12}$/.test(pin) && /^a*$/.test(digits.slice(2 + length))
  return isOne ? pin : null
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID says 130 bits with its 26 letters; the first two are always 0. */
export const referenceBytes = (reference: string): Uint8Array => {
  let bits = 0n
  for (const letter of reference) bits = (bits << 5n) | BigInt(letters.indexOf(letter))
  const bytes = new Uint8Array(16)
  for (let at = 15; at >= 0; at -= 1, bits >>= 8n) bytes[at] = Number(bits & 0xffn)
  return bytes
}

const xor = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  one.map((byte, at) => byte ^ (other[at] ?? 0))

const aes = (key: Uint8Array, block: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  return Uint8Array.from(Buffer.concat([cipher.update(block), cipher.final()]))
}

const aesBack = (key: Uint8Array, block: Uint8Array): Uint8Array => {
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  return Uint8Array.from(Buffer.concat([decipher.update(block), decipher.final()]))
}
