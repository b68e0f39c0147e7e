// Messages that others have published, byte for byte: read with their own fields, and written back the same.
import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { bitmapOf, readBitmap } from './bitmap.ts'
import { packBody, readBody } from './body.ts'
import type { FieldRule, FieldTable } from './fields.ts'
import { splitFrames } from './message.ts'

const n = (size: number): FieldRule => ({ format: 'n', length: 'fixed', size })
const ans = (size: number): FieldRule => ({ format: 'ans', length: 'fixed', size })
const counted = (format: FieldRule['format']): FieldRule => ({
  format,
  length: 'LLLVAR',
  size: 999,
})

/** UnionPay's terminals: 60 in packed digits, filled up behind. */
const unionPay: FieldTable = {
  11: n(6),
  41: ans(8),
  42: ans(15),
  46: counted('ans'),
  53: n(16),
  60: counted('n'),
  63: counted('ans'),
}

const published = [
  {
    from: 'Stack Overflow 11421574 (Elavon, sign-on)',
    hex: '0800 8220000000000000 0400000000000000 0501130427 000005 0001',
    table: { 7: n(10), 11: n(6), 70: n(3) },
    mti: '0800',
    fields: { 7: '0501130427', 11: '000005', 70: '001' },
  },
  {
    from: 'devpeace.com 21282257 (an explained sample)',
    hex: '0800 2020000000800000 000000 000001 3239313130303031',
    table: { 3: n(6), 11: n(6), 41: ans(8) },
    mti: '0800',
    fields: { 3: '000000', 11: '000001', 41: '29110001' },
  },
  {
    from: 'a public UnionPay terminal (request for keys)',
    hex: '0800 0020000000C00012 000003 3130303030313631 383830323130303132303131363132 0011 000000010030 0003 303120',
    table: unionPay,
    mti: '0800',
    fields: {
      11: '000003',
      41: '10000161',
      42: '880210012011612',
      60: '00000001003',
      63: '01 ',
    },
  },
  {
    from: 'vfwz/iso8583-parser, PosMessageTest (a request for parameters)',
    hex: '0800 0000000000C40810 3130303136393139 383433323930303435383230303042 0047 50493034323034303230323035313430303030323430323130363837303030303030313038303856302E302E332E30 0400000000000000 0011 000000014200',
    table: unionPay,
    mti: '0800',
    fields: {
      41: '10016919',
      42: '84329004582000B',
      46: 'PI0420402020514000024021068700000010808V0.0.3.0',
      53: '0400000000000000',
      60: '00000001420',
    },
  },
]

describe.each(published)('$from', ({ hex, table, mti, fields }) => {
  const bytes = fromHex(hex.replaceAll(' ', ''))
  const values = new Map(Object.entries(fields).map(([field, value]) => [Number(field), value]))

  test('is read', () => {
    expect(readBody(bytes, table)).toEqual({ kind: 'body', mti, fields: values, sealed: null })
  })

  test('is written', () => {
    expect(toHex(packBody({ mti, fields: values }, table, null))).toBe(toHex(bytes))
  })
})

test('the frame of a UnionPay terminal is taken off: length, 60…, 60 31 00…', () => {
  const hex =
    '003C600003000060310001100108000020000000C00012000003313030303031363138383032313030313230313136313200110000000100300003303120'
  const bytes = fromHex(hex)
  const { out, rest, broken } = splitFrames(bytes)
  expect(out.map((payload) => payload.length)).toEqual([0x3c])
  expect([rest.length, broken]).toEqual([0, false])
})

describe('bitmaps', () => {
  test.each([
    {
      // The page lists a field 7 too, which its own bits do not have.
      from: 'developer-eu.elavon.com, eisop, bitmap primary',
      hex: '3034045928e18203',
      fields: [3, 4, 11, 12, 14, 22, 26, 28, 29, 32, 35, 37, 41, 42, 43, 48, 49, 55, 63, 64],
    },
    {
      from: 'chileoffshore.com, show bitmap',
      hex: '4210001102c04804',
      fields: [2, 7, 12, 28, 32, 39, 41, 42, 50, 53, 62],
    },
    {
      from: 'chileoffshore.com, show bitmap, two of them',
      hex: 'c0000000000000010000000000000003',
      fields: [2, 64, 127, 128],
    },
    {
      from: 'patrickaburu1/ISO8583-PACK-UNPACK, a 0200',
      hex: '3220000000808000',
      fields: [3, 4, 7, 11, 41, 49],
    },
    {
      from: 'ralvescosta/digital-payments, an 0800',
      hex: '2038000000200002',
      fields: [3, 11, 12, 13, 43, 63],
    },
  ])('$from', ({ hex, fields }) => {
    expect(readBitmap(fromHex(hex), 0)?.fields).toEqual(fields)
    expect(toHex(bitmapOf(fields))).toBe(hex)
  })
})
