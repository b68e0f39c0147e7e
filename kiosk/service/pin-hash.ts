// A PIN as the configuration has it: never the PIN itself.
//
//   scrypt:<log2 of N>:<salt, base64url>:<hash, base64url>      r = 8, p = 1 (RFC 7914)
//
// Four to eight digits are guessed by whoever has the file, however slow the hash is: what protects them is that a kiosk lets
// nobody try often (`persons.ts`) and that the file is for the kiosk's own user alone.
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** About a tenth of a second on a kiosk's board. */
const usualCost = 15
const hashBytes = 32

export const pinPattern = /^\d{4,8}$/
export const pinHashPattern = /^scrypt:1\d:[\w-]{22}:[\w-]{43}$/

export const hashPin = async (pin: string, cost: number = usualCost): Promise<string> => {
  const salt = randomBytes(16)
  const hash = await hashOf(pin, salt, cost)
  return `scrypt:${cost}:${salt.toString('base64url')}:${hash.toString('base64url')}`
}

/** `stored` as `hashPin` made it. */
export const isPinOf = async (pin: string, stored: string): Promise<boolean> => {
  const [, cost = '', salt = '', hash = ''] = stored.split(':')
  const expected = Buffer.from(hash, 'base64url')
  const found = await hashOf(pin, Buffer.from(salt, 'base64url'), Number(cost))
  return expected.length === found.length && timingSafeEqual(expected, found)
}

const hashOf = (pin: string, salt: Buffer, cost: number): Promise<Buffer> =>
  // 128 bytes for each of N r, and as much again for the library.
  derive(pin, salt, hashBytes, { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** cost * 8 * 256 })
