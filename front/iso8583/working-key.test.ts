// The working key under the key-exchange key.
import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { unwrapWorkingKey, wrapWorkingKey } from './working-key.ts'

// RFC 3394, 4.1: 128 bits of key data with a 128-bit KEK.
const exchangeKey = fromHex('000102030405060708090a0b0c0d0e0f')
const workingKey = fromHex('00112233445566778899aabbccddeeff')
const wrapped = '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'

test('is wrapped as in RFC 3394, 4.1', () => {
  expect(wrapWorkingKey(exchangeKey, workingKey)).toBe(wrapped)
})

test('comes out again, in capitals too', () => {
  for (const field of [wrapped, wrapped.toUpperCase()]) {
    expect(toHex(unwrapWorkingKey(exchangeKey, field) ?? new Uint8Array())).toBe(toHex(workingKey))
  }
})

test.each([
  ['wrapped with another key', `2${wrapped.slice(1)}`],
  ['cut short', wrapped.slice(2)],
  ['an order number', '2611230000000042'],
  ['not there', undefined],
])('%s: there is none', (_, field) => {
  expect(unwrapWorkingKey(exchangeKey, field)).toBeNull()
})
