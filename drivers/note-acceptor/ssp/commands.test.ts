// Each command as the bytes of devices.md 3.5.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex, hexOf, lowByteFirstBytes, numberOf } from './bytes.ts'
import { plain, setFixedKey, setInhibits, setKeyNumber, setProtocolVersion } from './commands.ts'

describe('commands as published', () => {
  test.each([
    ['sync', plain('sync'), '11'],
    ['poll', plain('poll'), '07'],
    ['poll with ack', plain('pollWithAck'), '56'],
    ['event ack', plain('acknowledge'), '57'],
    ['serial number', plain('serialNumber'), '0C'],
    ['disable', plain('disable'), '09'],
    ['enable', plain('enable'), '0A'],
    ['reject escrow', plain('reject'), '08'],
    ['hold', plain('hold'), '18'],
    ['last reject', plain('lastReject'), '17'],
    ['counters', plain('counters'), '58'],
    ['setup', plain('setup'), '05'],
    ['reset', plain('reset'), '01'],
    ['protocol version 8', setProtocolVersion(8), '06 08'],
    ['inhibits: accept channels 1 to 3', setInhibits([1, 2, 3]), '02 07 00'],
    ['inhibits: accept channels 3 to 7', setInhibits([3, 4, 5, 6, 7]), '02 7C 00'],
    ['inhibits: accept 1 to 16', setInhibits([...Array(16).keys()].map((n) => n + 1)), '02 FF FF'],
    ['inhibits: accept nothing', setInhibits([]), '02 00 00'],
    ['inhibits: accept channel 17', setInhibits([17]), '02 00 00 01'],
    ['generator', setKeyNumber('setGenerator', 982451653n), '4A C5 05 8F 3A 00 00 00 00'],
    ['modulus', setKeyNumber('setModulus', 1287821n), '4B 8D A6 13 00 00 00 00 00'],
    ['key exchange', setKeyNumber('exchangeKey', 1131985n), '4C D1 45 11 00 00 00 00 00'],
    ['set fixed key', setFixedKey(0x0123456701234567n), '60 67 45 23 01 67 45 23 01'],
  ])('%s', (_, bytes, hex) => {
    expect(hexOf(bytes)).toBe(hex)
  })
})

test('numbers of 64 bits go out low byte first and come back the same', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (number) => {
      expect(numberOf(lowByteFirstBytes(number))).toBe(number)
    }),
  )
})

test('hex is read with or without spaces', () => {
  expect(bytesOfHex('7f8001')).toEqual(bytesOfHex('7F 80 01'))
})
