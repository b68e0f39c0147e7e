// Answers to everything but polls, from the vectors of devices.md 3.5.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex } from './bytes.ts'
import { answerOf, countersOf, rejectReasonOf, serialNumberOf, setupOf } from './replies.ts'

describe('the status byte', () => {
  test.each([
    ['F0', { kind: 'ok', data: new Uint8Array() }],
    ['F0 1C', { kind: 'ok', data: Uint8Array.of(0x1c) }],
    ['F5', { kind: 'refused', code: 0xf5 }],
    ['F8', { kind: 'refused', code: 0xf8 }],
    ['F2', { kind: 'refused', code: 0xf2 }],
    ['FA', { kind: 'no keys' }],
    ['', null],
  ])('%s', (hex, answer) => {
    expect(answerOf(bytesOfHex(hex))).toEqual(answer)
  })
})

describe('setup', () => {
  const pounds = bytesOfHex('00 30 31 30 30 47 42 50 00 00 01 03 05 0A 14 02 02 02 40 00 00 05')

  test('the published one: pounds of 5, 10 and 20', () => {
    expect(setupOf(pounds)).toEqual({
      unitType: 0,
      firmware: '0100',
      currency: 'GBP',
      values: [5, 10, 20],
      protocol: 5,
    })
  })

  test('values are multiplied: 1, 2 and 5 with a multiplier of 1000', () => {
    const setup = bytesOfHex('00 30 33 33 33 43 4E 59 00 03 E8 03 01 02 05 02 02 02 00 00 64 08')
    expect(setupOf(setup)?.values).toEqual([1000, 2000, 5000])
  })

  test('a multiplier of zero sends the reader to the long values of protocol 6 and later', () => {
    const short = '00 30 33 33 33 49 52 52 00 00 00 02 00 00 02 02 00 00 64 08'
    const long = `${short} 49 52 52 49 52 52 20 A1 07 00 40 42 0F 00`
    expect(setupOf(bytesOfHex(long))?.values).toEqual([500_000, 1_000_000])
    expect(setupOf(bytesOfHex(short))).toBeNull()
  })

  test('a setup cut short anywhere is no setup', () => {
    for (let length = 0; length < pounds.length; length++) {
      expect(setupOf(pounds.subarray(0, length))).toBeNull()
    }
  })

  test('a unit that knows no value is no setup', () => {
    expect(setupOf(bytesOfHex('00 30 31 30 30 47 42 50 00 00 01 00 40 00 00 05'))).toBeNull()
  })
})

describe('serial number and counters', () => {
  test('the published serial number is 1873452', () => {
    expect(serialNumberOf(bytesOfHex('00 1C 96 2C'))).toBe('1873452')
  })

  test('the published counters say 17 stacked and 16 rejected', () => {
    const data = '05 11 00 00 00 28 00 00 00 23 00 00 00 0A 00 00 00 10 00 00 00'
    expect(countersOf(bytesOfHex(data))).toEqual({ stacked: 17, rejected: 16 })
  })

  test('a length that does not fit is no number', () => {
    expect(serialNumberOf(bytesOfHex('1C 96 2C'))).toBeNull()
    expect(countersOf(bytesOfHex('05 11 00 00 00'))).toBeNull()
    expect(countersOf(bytesOfHex('04 11 00 00 00 28 00 00 00 23 00 00 00 0A 00 00 00'))).toBeNull()
  })

  test('no bytes make a reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (bytes) => {
        for (const read of [answerOf, setupOf, serialNumberOf, countersOf, rejectReasonOf]) {
          expect(() => read(bytes)).not.toThrow()
        }
      }),
    )
  })
})

test.each([
  ['02', 'not recognised'],
  ['06', 'not accepted now'],
  ['07', 'two notes'],
  ['08', 'not accepted now'],
  ['0C', 'not accepted now'],
  ['0E', 'pulled back'],
  ['13', 'held too long'],
  ['1C', 'two notes'],
  ['1D', 'cannot stack'],
  ['1F', 'not recognised'],
  ['', 'not recognised'],
])('last reject %s means %s', (hex, why) => {
  expect(rejectReasonOf(bytesOfHex(hex))).toBe(why)
})
