// The published check value of each checksum, and frames of each protocol that uses it.
import { describe, expect, test } from 'vitest'
import { crc16Cms, crc16Kermit, lowByteFirst } from './crc16.ts'

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('the check values of the catalogue of CRC algorithms, over the digits 1 to 9', () => {
  test.each([
    ['CRC-16/CMS', crc16Cms, 0xaee7],
    ['CRC-16/KERMIT', crc16Kermit, 0x2189],
  ])('%s', (_, crc, check) => {
    expect(crc(Buffer.from('123456789'))).toBe(check)
  })
})

describe('published frames, checksum low byte first', () => {
  test.each([
    ['SSP sync', crc16Cms, '80 01 11', '65 82'],
    ['SSP protocol version 8', crc16Cms, '80 02 06 08', '03 94'],
    ['SSP serial number', crc16Cms, '80 05 F0 00 1C 96 2C', 'D4 97'],
    ['CCNET reset', crc16Kermit, '02 03 06 30', '41 B3'],
    ['CCNET poll', crc16Kermit, '02 03 06 33', 'DA 81'],
  ])('%s', (_, crc, covered, checksum) => {
    expect(Buffer.from(lowByteFirst(crc(bytesOf(covered))))).toEqual(bytesOf(checksum))
  })
})

test('nothing to sum gives the initial value', () => {
  expect(crc16Cms([])).toBe(0xffff)
  expect(crc16Kermit([])).toBe(0)
})
