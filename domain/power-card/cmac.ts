// AES-CMAC (RFC 4493), and comparing MACs without telling where they differ (power-card.md 5.5).
import { createCipheriv, createDecipheriv, createSecretKey, timingSafeEqual } from 'node:crypto'
import { concat } from './bytes.ts'

const blockSize = 16

/** AES-CMAC with a key of 16 bytes, 16 bytes long. Node takes a key as an object ten times faster than as bytes. */
export const cmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-128-ecb', createSecretKey(key), null).setAutoPadding(false)
  // ECB keeps nothing from block to block, so that one cipher serves the whole chain.
  const encrypt = (block: Uint8Array): Uint8Array => cipher.update(block)
  const subkey = doubled(encrypt(new Uint8Array(blockSize)))
  const whole = message.length > 0 && message.length % blockSize === 0
  const last = Math.max(0, Math.ceil(message.length / blockSize) - 1) * blockSize
  let chain = new Uint8Array(blockSize)
  for (let at = 0; at < last; at += blockSize) {
    chain = new Uint8Array(encrypt(xor(chain, message.subarray(at, at + blockSize))))
  }
  const end = whole ? message.subarray(last) : padded(message.subarray(last))
  return new Uint8Array(encrypt(xor(xor(chain, end), whole ? subkey : doubled(subkey))))
}

/** The first 8 bytes of a CMAC: every MAC on the line and in the files is of this length, save that of a record. */
export const mac8 = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  cmac(key, message).subarray(0, 8)

/** The first 4 bytes of a CMAC (power-card.md 4.5). */
export const mac4 = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  cmac(key, message).subarray(0, 4)

/** Equal, found out in a time that does not depend on where they differ. */
export const sameMac = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)

/** AES-128-CBC without padding and with a zero IV: how keys travel (power-card.md 6.9). Whole blocks only. */
export const wrap = (key: Uint8Array, keys: Uint8Array): Uint8Array => {
  const iv = new Uint8Array(blockSize)
  const cipher = createCipheriv('aes-128-cbc', createSecretKey(key), iv).setAutoPadding(false)
  return concat(cipher.update(keys), cipher.final())
}

export const unwrap = (key: Uint8Array, wrapped: Uint8Array): Uint8Array => {
  const iv = new Uint8Array(blockSize)
  const decipher = createDecipheriv('aes-128-cbc', createSecretKey(key), iv).setAutoPadding(false)
  return concat(decipher.update(wrapped), decipher.final())
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ (b[at] ?? 0))

const padded = (rest: Uint8Array): Uint8Array =>
  concat(rest, 0x80, new Uint8Array(blockSize - rest.length - 1))

/** Times x in GF(2^128): how both subkeys come from the encrypted zero block. */
const doubled = (block: Uint8Array): Uint8Array =>
  block.map((byte, at) => {
    const carried = ((byte << 1) | ((block[at + 1] ?? 0) >> 7)) & 0xff
    const overflow = at === blockSize - 1 && (block[0] ?? 0) > 0x7f
    return overflow ? carried ^ 0x87 : carried
  })
