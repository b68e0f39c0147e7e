// What the terminal's words mean and how ours are written, held against devices.md 10.11.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minor } from '../../../domain/money.ts'
import { decodeApdu, encodeApdu, type Apdu } from './apdu.ts'
import { bytesOfHex, hexOf } from './bytes.ts'
import { field, readFields, tag } from './fields.ts'
import { messageOf, registeredIn, statusIn, totalsIn } from './messages.ts'
import * as requests from './requests.ts'
import { sequenceOf, withSequence } from './sequence.ts'
import { readTagged, tagged } from './tlv.ts'
import { vectors } from './vectors.ts'

const apduNamed = (name: string): Apdu => {
  const vector = vectors.find(({ of }) => of === name)
  const apdu = vector === undefined ? null : decodeApdu(bytesOfHex(vector.apdu))
  if (apdu === null) throw new Error(`no vector ${name}`)
  return apdu
}
const receipt = (receiptNumber: number) => ({
  terminalId: '29001006',
  receiptNumber,
  trace: 1,
  amount: minor(1000),
  at: '0101000000',
})

describe('what the kiosk says', () => {
  const written: [string, Apdu][] = [
    ['authorise 10.00, 60 seconds, ten times', requests.authorise(minor(1000), 978)],
    ['the last payment, silently', requests.repeatReceipt('000000')],
    ['reverse receipt 42', requests.reverse('000000', receipt(42))],
    ['status enquiry', requests.statusEnquiry],
    ['open pre-authorisations?', requests.openPreAuthorisations],
    ['cancel a pre-authorisation', requests.cancelPreAuthorisation(42)],
    ['end of day', requests.endDay('000000')],
    ['abort', requests.abort],
    ['done', requests.done],
    ['please wait', requests.refused(requests.refusal.pleaseWait)],
    ['the goods are not out', requests.refused(requests.refusal.goodsNotOut)],
    ['done, with a sequence id', withSequence(requests.done, 1)],
  ]
  test.each(written)('%s, as the reference has it', (name, apdu) => {
    expect(hexOf(encodeApdu(apdu))).toBe(hexOf(encodeApdu(apduNamed(name))))
  })

  test('a registration announces the print block, sequence ids and, as the last, the PIN extension', () => {
    const apdu = requests.register({
      password: '000000',
      config: requests.registrationConfig['text of the bank'],
      currency: 978,
      sequence: true,
      asksPin: true,
    })
    expect(hexOf(encodeApdu(apdu))).toBe(
      '06 00 18 00 00 00 BE 09 78 06 10 26 04 0A 02 06 D3 1F 73 03 00 00 00 DF 57 01 01',
    )
  })

  test('a registration for the euro is written as the published one, apart from its config byte', () => {
    const apdu = requests.register({
      password: '000000',
      config: 0x9e,
      currency: 978,
      sequence: true,
      asksPin: false,
    })
    expect(hexOf(encodeApdu(apdu))).toBe(
      hexOf(encodeApdu(apduNamed('registration with sequence ids'))),
    )
  })

  test('the clock is set with date and time apart', () => {
    expect(hexOf(encodeApdu(requests.setClock('261123164500')))).toBe(
      '06 91 08 AA 26 11 23 0C 16 45 00',
    )
  })
})

describe('what the terminal says', () => {
  const message = (name: string) => messageOf(apduNamed(name), '00000000')

  test('an approval has its receipt, and nothing of the card', () => {
    const told = message('status information, 40.00, receipt 175, trace 613995')
    expect(told).toMatchObject({
      kind: 'status information',
      information: {
        result: 0,
        receipt: {
          terminalId: '60099914',
          receiptNumber: 175,
          trace: 613995,
          amount: 4000,
          at: '0425093848',
        },
      },
    })
    if (told.kind !== 'status information') throw new Error('no status information')
    const { values, whole } = told.information.fields
    expect(whole).toBe(true)
    for (const cardData of [0x22, 0x0e]) expect(values.has(cardData)).toBe(false)
  })

  test('an approval without receipt number or amount is none to rely on', () => {
    expect(message('approved')).toMatchObject({ information: { result: 0, receipt: null } })
  })

  test.each([
    ['done', { kind: 'done' }],
    ['please wait', { kind: 'refused', code: 0x9c }],
    ['insert card', { kind: 'doing', status: 0x0a, limitMinutes: null }],
    ['aborted, 6C', { kind: 'aborted', code: 0x6c }],
    ['a line of paper', { kind: 'print', lines: ['         Kassenschnitt'] }],
    ['failed, 6C', { kind: 'status information', information: { result: 0x6c, receipt: null } }],
    ['completed', { kind: 'completed' }],
  ])('%s', (name, meaning) => {
    expect(message(name)).toMatchObject(meaning)
  })

  test('84 00 counts as done', () => {
    expect(messageOf({ control: 0x8400, data: Uint8Array.of() }, '')).toEqual({ kind: 'done' })
  })

  test('a step may set a new limit, in packed minutes', () => {
    const apdu = { control: 0x04ff, data: Uint8Array.of(0x0e, 0x12) }
    expect(messageOf(apdu, '')).toMatchObject({ kind: 'doing', limitMinutes: 12 })
  })

  test('a block of text is the customer’s lines; the merchant’s copy is nobody’s here', () => {
    const block = (copy: number) =>
      field(tag.container, [
        ...tagged(0x1f07, [copy]),
        ...tagged(0x25, [...tagged(7, [0x41]), ...tagged(7, [0x42, 0xdf]), ...tagged(9, [1])]),
      ])
    expect(messageOf({ control: 0x06d3, data: block(2) }, '')).toEqual({
      kind: 'print',
      lines: ['A', 'Bß'],
    })
    expect(messageOf({ control: 0x06d3, data: block(1) }, '')).toEqual({ kind: 'print', lines: [] })
  })

  test('a state comes with or without a version', () => {
    const { data } = apduNamed('status enquiry completed, version 2.14.15, ready')
    expect(statusIn(data)).toEqual({ status: 0, version: '2.14.15' })
    expect(statusIn(apduNamed('completed, DC').data)).toEqual({ status: 0xdc, version: null })
  })

  test('a registration tells who it is and what it can do', () => {
    const { data } = apduNamed('registration completed, a doubled 10 in the terminal id')
    expect(registeredIn(data)).toMatchObject({
      terminalId: '29001006',
      currency: 978,
      vending: false,
      initialisationNeeded: false,
    })
    expect(registeredIn(bytesOfHex('19 11 29 29 00 10 06'))).toMatchObject({
      vending: true,
      initialisationNeeded: true,
      currency: null,
    })
  })

  test('the end of a day is counted over all brands', () => {
    const brands = '00 01 00 05 02 00 00 00 00 30 00 01 00 00 00 00 12 50'
    const fields = readFields(
      Uint8Array.of(
        ...field(tag.amount, bytesOfHex('00 00 00 00 42 50')),
        ...field(tag.totals, bytesOfHex(brands)),
      ),
    )
    expect(totalsIn(fields)).toEqual({ payments: 3, total: 4250 })
  })
})

describe('fields and tags', () => {
  test('reading stops at an unknown field and keeps what came before', () => {
    const { values, whole } = readFields(bytesOfHex('27 00 FF 01 87 00 42'))
    expect(whole).toBe(false)
    expect([...values.keys()]).toEqual([0x27])
  })

  test('an unknown tag inside field 06 is passed over', () => {
    const { tagged: values, whole } = readFields(bytesOfHex('06 0B 9F 33 01 AA 1F 73 03 00 00 27'))
    expect(whole).toBe(false)
    expect(values).toEqual([])
    expect(
      readFields(bytesOfHex('06 0A 9F 33 01 AA 1F 73 03 00 00 27')).tagged.map(({ tag }) => tag),
    ).toEqual([0x9f33, 0x1f73])
  })

  test.each([0, 1, 127, 128, 255, 256, 300])(
    'a tagged value of %i bytes is read as written',
    (length) => {
      const value = new Uint8Array(length).fill(0xab)
      expect(readTagged(tagged(0x1f07, value))).toEqual([{ tag: 0x1f07, value }])
    },
  )

  test('no bytes at all end the reading with an exception', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.integer({ min: 0, max: 0xffff }),
        (data, control) => {
          expect(() => messageOf({ control, data }, '00000000')).not.toThrow()
          expect(() => [
            registeredIn(data),
            statusIn(data),
            totalsIn(readFields(data)),
          ]).not.toThrow()
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('sequence ids are said back', () => {
    expect(sequenceOf(withSequence(requests.statusEnquiry, 0x123456))).toBe(0x123456)
    expect(sequenceOf(requests.statusEnquiry)).toBe(null)
  })
})
