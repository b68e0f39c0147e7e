// The project's own messages: the bytes of one spelled out, every message there and back, and everything that is not one.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { fields as table, isFieldNumber, type FieldRule, type IsoFields } from './fields.ts'
import { madeWith } from './mac.ts'
import {
  answerTypeOf,
  pack,
  pendingAction,
  splitFrames,
  unpack,
  type IsoMessage,
  type Mti,
} from './message.ts'

const key = fromHex('2b7e151628aed2a6abf7158809cf4f3c')

const sale: IsoMessage = {
  mti: '0200',
  pendingAction: pendingAction.none,
  fields: { 3: '000000', 4: '000000020000', 7: '1123164500', 11: '000042', 41: 'T1', 49: 'ZAR' },
}

const spelledOut = [
  '0055', // 85 bytes follow
  '6000000000', // TPDU
  '600100000000', // header
  '0200',
  '3220000000808000', // 3 4 7 11 41 49
  '000000',
  '000000020000',
  '1123164500',
  '000042',
  `${toHex(Buffer.from('T1'))}${'20'.repeat(18)}`,
  toHex(Buffer.from('ZAR')),
]

/** What stands in the one frame of these bytes. */
const payloadOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(2)

describe('a sale without a MAC', () => {
  const bytes = fromHex(spelledOut.join(''))
  bytes[1] = bytes.length - 2

  test('is written as spelled out', () => {
    expect(toHex(pack(sale, null))).toBe(toHex(bytes))
  })

  test('is read again, and without a MAC', () => {
    expect(unpack(payloadOf(bytes))).toEqual({ kind: 'message', message: sale, sealed: null })
  })
})

describe('the MAC', () => {
  test('is field 64 and over everything from the type to the field before it', () => {
    const payload = payloadOf(pack(sale, key))
    const read = unpack(payload)
    if (read.kind !== 'message' || read.sealed === null) throw new Error('no MAC')
    expect(toHex(read.sealed.covered)).toBe(toHex(payload.subarray(11, -8)))
    expect(toHex(read.sealed.covered)).toMatch(/^02003220000000808001/)
    expect(madeWith(key, read.sealed)).toBe(true)
  })

  test('is field 128 where a field above 64 is there', () => {
    const payload = payloadOf(pack({ ...sale, mti: '0800', fields: { 70: '301' } }, key))
    expect(toHex(payload.subarray(11, 29))).toBe('080080000000000000000400000000000001')
    expect(payload.length).toBe(11 + 18 + 2 + 8)
  })

  test('in field 64 with fields behind it is refused: it would be over half the message', () => {
    const payload = fromHex(
      `6000000000600100000000080080000000000000010400000000000000${'00'.repeat(8)}0301`,
    )
    expect(unpack(payload)).toMatchObject({
      kind: 'malformed',
      problem: { why: 'MAC in the middle', field: 64 },
    })
  })

  test('of another key, or over a changed byte, is wrong', () => {
    const payload = payloadOf(pack(sale, key))
    const read = unpack(payload)
    if (read.kind !== 'message') throw new Error('not read')
    expect(madeWith(fromHex('00'.repeat(16)), read.sealed)).toBe(false)
    for (let at = 11; at < payload.length; at++) {
      const changed = payload.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const again = unpack(changed)
      expect(again.kind === 'message' && madeWith(key, again.sealed)).toBe(false)
    }
  })
})

test('the pending action is the sixth digit of the header', () => {
  const bytes = pack({ ...sale, pendingAction: pendingAction.signOnAgain }, null)
  expect(toHex(bytes.subarray(7, 13))).toBe('600104000000')
  expect(unpack(payloadOf(bytes))).toMatchObject({ message: { pendingAction: 4 } })
})

describe('what is not a message of ours is refused by name', () => {
  const body = (hex: string) => fromHex(`6000000000600100000000${hex.replaceAll(' ', '')}`)
  test.each([
    ['another protocol', fromHex('16030100'), 'bad header', null],
    ['a header that is not digits', fromHex('60000000006001ff000000'), 'bad header', null],
    ['a type nobody knows', body('0300 0000000000000000'), 'unknown type', null],
    ['a field nobody knows', body('0200 0400000000000000'), 'unknown field', 6],
    [
      'a field above 64 nobody knows',
      body('0200 8000000000000000 0000000000000010'),
      'unknown field',
      124,
    ],
    ['a third bitmap', body('0200 8000000000000000 8000000000000000'), 'unknown field', 65],
    ['letters where digits belong', body('0200 2000000000000000 0000AA'), 'not digits', 3],
    [
      'an odd field filled up with a 1',
      body('0800 8000000000000000 0400000000000000 1301'),
      'not digits',
      70,
    ],
    ['a length that is not digits', body('0200 4000000000000000 1A'), 'not digits', 2],
    ['a text longer than its field', body('0200 4000000000000000 29'), 'too long', 2],
    ['half a character', body('0200 4000000000000000 01 C3'), 'not text', 2],
    ['an answer code of signs', body('0210 0000000002000000 2121'), 'not text', 39],
    ['a bitmap that ends', body('0200 80000000'), 'cut short', 1],
    ['a field that ends', body('0200 2000000000000000 0000'), 'cut short', 3],
    ['a MAC that ends', body('0200 0000000000000001 00000000'), 'cut short', 64],
    ['more than its bitmap says', body('0200 2000000000000000 000000 00'), 'bytes left over', null],
  ])('%s', (_, payload, why, field) => {
    expect(unpack(payload)).toMatchObject({ kind: 'malformed', problem: { why, field } })
  })

  test('and what came before the wrong field can still be answered to', () => {
    const read = unpack(body('0200 2020000000000000 000000 0000FF'))
    expect(read).toEqual({
      kind: 'malformed',
      problem: { why: 'not digits', field: 11 },
      mti: '0200',
      fields: { 3: '000000' },
    })
  })
})

describe('a message that fits on no line is not made', () => {
  test.each<[string, IsoFields, string]>([
    ['an amount of 11 digits', { 4: '00000020000' }, 'field 4 is 11 long instead of 12'],
    ['letters for digits', { 11: '00004x' }, 'field 11 is not all digits'],
    ['a terminal name too long', { 41: 'T'.repeat(21) }, 'field 41 is 21 long, at most 20 fit'],
    ['a text too long in bytes', { 44: '电'.repeat(171) }, 'field 44 is 513 long, at most 512 fit'],
    ['control characters to print', { 44: 'a\u001bb' }, 'field 44 is not plain text'],
    ['a name that ends with a space', { 41: 'T1 ' }, 'field 41 ends with spaces'],
    ['upper-case hex', { 55: 'AB' }, 'field 55 is not lower-case hex'],
  ])('%s', (_, fields, why) => {
    expect(() => pack({ ...sale, fields }, null)).toThrow(why)
  })
})

const digits = (size: number) => fc.stringMatching(new RegExp(`^\\d{${size}}$`))

const valueOf = ({ format, length, size }: FieldRule): fc.Arbitrary<string> => {
  switch (format) {
    case 'n':
      return digits(size)
    case 'an':
      return fc.stringMatching(new RegExp(`^[0-9A-Za-z]{0,${Math.min(size, 40)}}$`))
    case 'b':
      return fc.uint8Array({ maxLength: size }).map(toHex)
    default:
      return fc
        .string({ unit: 'grapheme', maxLength: size })
        .map((text) => text.replaceAll(/\p{Cc}/gu, ''))
        .map((text) => (length === 'fixed' ? text.trimEnd() : text))
        .filter((text) => Buffer.byteLength(text) <= size)
  }
}

const anyFields: fc.Arbitrary<IsoFields> = fc.record(
  Object.fromEntries(Object.entries(table).map(([field, rule]) => [field, valueOf(rule)])),
  { requiredKeys: [] },
)

const types: Mti[] = ['0100', '0200', '0210', '0220', '0421', '0430', '0510', '0800', '0810']

const anyMessage: fc.Arbitrary<IsoMessage> = fc.record({
  mti: fc.constantFrom(...types),
  pendingAction: fc.integer({ min: 0, max: 9 }),
  fields: anyFields,
})

const anyKey = fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 }))

describe('any message', () => {
  test('comes back as it went, with a MAC that is right', () => {
    fc.assert(
      fc.property(anyMessage, anyKey, (message, key) => {
        const read = unpack(payloadOf(pack(message, key)))
        expect(read).toMatchObject({ kind: 'message', message })
        if (read.kind !== 'message') return
        expect(Object.keys(read.message.fields)).toEqual(Object.keys(message.fields))
        expect(key === null ? read.sealed === null : madeWith(key, read.sealed)).toBe(true)
      }),
    )
  })

  test('cut off anywhere is refused and never thrown about', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, cut) => {
        const payload = payloadOf(pack(message, key))
        const read = unpack(payload.subarray(0, cut % payload.length))
        expect(read.kind).toBe('malformed')
      }),
    )
  })

  test('with any byte changed is refused, or has a wrong MAC, or has only its header changed', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), fc.integer({ min: 1, max: 255 }), (message, at, change) => {
        const payload = payloadOf(pack(message, key)).slice()
        const place = at % payload.length
        payload[place] = (payload[place] ?? 0) ^ change
        const read = unpack(payload)
        if (read.kind === 'message' && madeWith(key, read.sealed)) expect(place).toBeLessThan(11)
      }),
    )
  })

  test('in any chunks is the same', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 3 }), fc.nat(60), (messages, size) => {
        const bytes = concat(...messages.map((message) => pack(message, key)))
        const out: Uint8Array[] = []
        let rest: Uint8Array = new Uint8Array()
        for (let at = 0; at < bytes.length; at += size + 1) {
          const split = splitFrames(concat(rest, bytes.subarray(at, at + size + 1)))
          out.push(...split.out)
          rest = split.rest
        }
        expect(rest.length).toBe(0)
        expect(out.map(unpack).map((read) => read.kind === 'message' && read.message)).toEqual(
          messages,
        )
      }),
    )
  })
})

test('nothing that can come down a line makes the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, headed) => {
      const payload = headed ? concat(fromHex('60000000006001000000000200'), bytes) : bytes
      const read = unpack(payload)
      if (read.kind !== 'malformed') return
      expect(Object.keys(read.fields).map(Number).every(isFieldNumber)).toBe(true)
    }),
  )
})

test('a length that no message has breaks the line', () => {
  expect(splitFrames(fromHex('0003aabbcc'))).toMatchObject({ out: [], broken: true })
  expect(splitFrames(fromHex('ffff00'))).toMatchObject({ out: [], broken: true })
})

test('every request has an answer that has none itself', () => {
  const requests = ['0100', '0200', '0220', '0221', '0400', '0420', '0421', '0500', '0800'] as const
  expect(requests.map(answerTypeOf)).toEqual([
    '0110',
    '0210',
    '0230',
    '0230',
    '0410',
    '0430',
    '0430',
    '0510',
    '0810',
  ])
  expect(requests.map((mti) => answerTypeOf(answerTypeOf(mti) ?? mti))).toEqual(
    requests.map(() => null),
  )
})
