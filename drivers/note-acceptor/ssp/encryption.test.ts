// eSSP: the worked example of devices.md 3.5, and what a packet is proof against.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOf } from './bytes.ts'
import {
  factoryFixedKey,
  isPrime,
  power,
  seal,
  secureChance,
  sessionKey,
  unseal,
} from './encryption.ts'

const example = {
  generator: 982451653n,
  modulus: 1287821n,
  host: { exponent: 7n, sends: 1131985n },
  validator: { exponent: 11n, sends: 1053164n },
  agreed: 762583n,
  key: bytesOfHex('67 45 23 01 67 45 23 01 D7 A2 0B 00 00 00 00 00'),
  packing: bytesOfHex('01 02 03 04 05 06 07 08'),
  packet: bytesOfHex('7E 8F 65 4B 95 57 52 A4 19 B4 3F A3 59 58 51 1D B1'),
}

describe('the worked example', () => {
  const { generator, modulus, host, validator, agreed, key, packing, packet } = example

  test('the numbers of the manual are primes', () => {
    expect([generator, modulus].every(isPrime)).toBe(true)
  })

  test('both sides send what they should and agree on the same key', () => {
    expect(power(generator, host.exponent, modulus)).toBe(host.sends)
    expect(power(generator, validator.exponent, modulus)).toBe(validator.sends)
    expect(power(validator.sends, host.exponent, modulus)).toBe(agreed)
    expect(power(host.sends, validator.exponent, modulus)).toBe(agreed)
  })

  test('the fixed key of the factory and the agreed one make the AES key', () => {
    expect(hexOf(sessionKey(factoryFixedKey, agreed))).toBe(hexOf(key))
  })

  test('a poll is sealed as shown', () => {
    expect(hexOf(seal({ count: 0, data: Uint8Array.of(0x07) }, key, () => packing))).toBe(
      hexOf(packet),
    )
  })

  test('and opened again', () => {
    expect(unseal(packet, key)).toEqual({ kind: 'opened', count: 0, data: Uint8Array.of(0x07) })
  })
})

describe('a packet', () => {
  const { key } = example
  const packing = (length: number) => new Uint8Array(length).fill(0xa5)

  test('of any data and count comes back, in whole blocks', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 233 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (data, count) => {
          const packet = seal({ count, data }, key, packing)
          expect((packet.length - 1) % 16).toBe(0)
          expect(packet.length).toBeLessThanOrEqual(255)
          expect(unseal(packet, key)).toEqual({ kind: 'opened', count, data })
        },
      ),
    )
  })

  test('is not opened by another key', () => {
    const packet = seal({ count: 3, data: Uint8Array.of(0xf0) }, key, packing)
    const other = sessionKey(0x7654321076543210n, example.agreed)
    expect(unseal(packet, other)).toEqual({ kind: 'wrong checksum' })
  })

  test('changed in any byte is not opened', () => {
    for (let at = 1; at < example.packet.length; at++) {
      const changed = example.packet.with(at, (example.packet[at] ?? 0) ^ 0x01)
      expect(unseal(changed, key)).toEqual({ kind: 'wrong checksum' })
    }
  })

  test('is nothing but whole blocks after 7E', () => {
    for (const hex of [
      '',
      'F0',
      '7E',
      '7E 00 01',
      '7F 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
    ]) {
      expect(unseal(bytesOfHex(hex), key)).toEqual({ kind: 'not sealed' })
    }
  })

  test('of any bytes is opened or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (bytes) => {
        expect(() => unseal(Uint8Array.of(0x7e, ...bytes), key)).not.toThrow()
      }),
    )
  })
})

describe('numbers for a key agreement', () => {
  test('are two different primes of 63 bits, the greater one as generator, and a secret below both', () => {
    const { generator, modulus, exponent } = secureChance().keyNumbers()
    expect([generator, modulus].every(isPrime)).toBe(true)
    expect([generator, modulus].every((prime) => prime >> 62n === 1n)).toBe(true)
    expect(generator > modulus && modulus > exponent && exponent > 1n).toBe(true)
  })
})

test('powers are right where the product is wider than a machine word', () => {
  const prime = 2n ** 61n - 1n
  // Fermat: a^(p-1) = 1 mod p.
  expect(power(123_456_789_012_345n, prime - 1n, prime)).toBe(1n)
  expect(power(5n, 0n, 7n)).toBe(1n)
  expect(power(5n, 3n, 1n)).toBe(0n)
})
