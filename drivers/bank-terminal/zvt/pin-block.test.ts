// PIN blocks: only the right key and the right payment open one, and no PIN is ever seen in one.
import { createCipheriv } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfHex, hexOf } from './bytes.ts'
import {
  decryptPin,
  encryptPin,
  referenceBytes,
  testPinBaseKey,
  transactionKey,
} from './pin-block.ts'

const reference = '01KAWZXYZ0ABCDEFGHJKMNPQRS'
const other = '01KAWZXYZ0ABCDEFGHJKMNPQRT'
const key = transactionKey(testPinBaseKey, bytesOfHex('29 00 10 06 00 00 00 01'))
const filling = bytesOfHex('00 11 22 33 44 55 66 77')

test('a PIN comes back with its key and its payment, and with nothing else', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{4,12}$/),
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      (pin, filling) => {
        const block = encryptPin({ pin, reference, key, filling })
        expect(decryptPin(block, { reference, key })).toBe(pin)
        expect(decryptPin(block, { reference: other, key })).not.toBe(pin)
        const nextKey = transactionKey(testPinBaseKey, bytesOfHex('29 00 10 06 00 00 00 02'))
        expect(decryptPin(block, { reference, key: nextKey })).not.toBe(pin)
      },
    ),
  )
})

test('the same PIN twice is two blocks', () => {
  const one = encryptPin({ pin: '1234', reference, key, filling })
  const two = encryptPin({
    pin: '1234',
    reference,
    key,
    filling: bytesOfHex('00 11 22 33 44 55 66 78'),
  })
  expect(hexOf(one)).not.toBe(hexOf(two))
})

test('the block is AES over the PIN field of ISO 9564 format 4, the reference and AES again', () => {
  const aes = (bytes: Uint8Array) =>
    createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(bytes)
  const inner = aes(bytesOfHex('44 12 34 AA AA AA AA AA 00 11 22 33 44 55 66 77'))
  const mixed = inner.map((byte, at) => byte ^ (referenceBytes(reference)[at] ?? 0))
  expect(hexOf(encryptPin({ pin: '1234', reference, key, filling }))).toBe(hexOf(aes(mixed)))
})

test('a payment id is 128 bits', () => {
  expect(hexOf(referenceBytes('7ZZZZZZZZZZZZZZZZZZZZZZZZZ'))).toBe(Array(16).fill('FF').join(' '))
  expect(hexOf(referenceBytes('00000000000000000000000001'))).toBe(`${'00 '.repeat(15)}01`)
})

test('a PIN of another length is a bug of the PIN pad', () => {
  expect(() => encryptPin({ pin: '123', reference, key, filling })).toThrow('4 to 12')
})
