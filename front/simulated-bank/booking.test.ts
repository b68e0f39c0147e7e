// The bank's books, over the line that the front machine uses.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { minor } from '../../domain/money.ts'
import { toHex } from '../../domain/power-card/bytes.ts'
import {
  decryptPin,
  encryptPin,
  transactionKey,
} from '../../drivers/bank-terminal/zvt/pin-block.ts'
import { account, bench, inAWord, type Bench } from '../bank-line/line-tests/bench.ts'
import type { BankAnswer } from '../bank-line/bank-line.ts'
import type { IsoFields } from '../iso8583/fields.ts'
import { amountField, processingCode } from '../iso8583/values.ts'
import { declines } from './behaviours.ts'
import type { ReadPin } from './pin.ts'

const pinBaseKey = new Uint8Array(16).fill(7)
const readPin: ReadPin = ({ block, keySerial, reference }) =>
  decryptPin(block, { reference, key: transactionKey(pinBaseKey, keySerial) })

let it: Bench
beforeEach(async () => {
  it = bench({ bank: { readPin } })
  await it.signedOn()
})
afterEach(() => it.close())

const of = (amount: number): IsoFields => ({ 4: amountField(minor(amount)) })
const answered = (answer: BankAnswer): IsoFields => {
  if (answer.kind !== 'answered') throw new Error(answer.why)
  return answer.message.fields
}
const code = async (message: Parameters<Bench['ask']>[0]) => inAWord(await it.ask(message))

describe('a sale', () => {
  test('is booked, with a reference and an approval code', async () => {
    const fields = answered(await it.ask(it.sale(1)))
    expect(fields).toMatchObject({
      37: '000000000001',
      38: '000001',
      39: '00',
      62: '2611230000000042',
    })
    expect(it.balance()).toBe(80_000)
  })

  test('that comes again gets the same answer and is booked once', async () => {
    const sale = it.sale(1)
    const first = answered(await it.ask(sale))
    expect(answered(await it.ask(sale))).toEqual(first)
    expect(it.balance()).toBe(80_000)
  })

  test('that was refused is refused again, also when there is money by now', async () => {
    it.bank.account(account, { balance: minor(0) })
    const sale = it.sale(1)
    expect(await code(sale)).toBe('51')
    it.bank.account(account, { balance: minor(50_000) })
    expect(await code(sale)).toBe('51')
    expect(await code(it.sale(2))).toBe('00')
  })

  test.each<[string, IsoFields]>([
    ['amount', of(30_000)],
    ['account', { 2: 'TOKEN-2' }],
    ['order', { 62: '2611230000000043' }],
    ['kind', { 3: processingCode.topUp }],
    ['time', { 7: '1123164501' }],
  ])('with the number of another and another %s is a duplicate, 94', async (_, changes) => {
    expect(await code(it.sale(1))).toBe('00')
    expect(await code(it.sale(1, changes))).toBe('94')
    expect(it.balance()).toBe(80_000)
  })

  test.each<[string, IsoFields]>([
    ['terminal', { 41: 'KIOSK-2' }],
    ['merchant', { 42: 'OTHER' }],
    ['business day', { 15: '1124' }],
  ])('with the same number and another %s is another sale', async (_, changes) => {
    expect(await code(it.sale(1))).toBe('00')
    expect(await code(it.sale(1, changes))).toBe('00')
    expect(it.balance()).toBe(60_000)
  })

  test.each<[string, IsoFields, string]>([
    ['an unknown account', { 2: 'NOBODY' }, '14'],
    ['no amount', of(0), '13'],
    ['another currency', { 49: 'USD' }, '12'],
    ['a card write, which is not the bank’s', { 3: processingCode.cardWrite }, '12'],
    ['more than there is', of(100_001), '51'],
    ['a day that is no day', { 15: '0231' }, '30'],
  ])('with %s is refused', async (_, changes, expected) => {
    expect(await code(it.sale(1, changes))).toBe(expected)
    expect(it.balance()).toBe(100_000)
  })

  test('without an amount field is a format error that names the field', async () => {
    const { 4: _, ...fields } = it.sale(1).fields
    const answer = await it.ask({ ...it.sale(1), fields })
    expect(answered(answer)).toMatchObject({ 39: '30', 44: 'field 4 is missing' })
  })

  test('from a blocked account is refused with the reason', async () => {
    it.bank.block(account)
    expect(answered(await it.ask(it.sale(1)))).toMatchObject({
      39: '05',
      44: 'the account is blocked',
    })
    it.bank.unblock(account)
    expect(await code(it.sale(2))).toBe('00')
  })

  test('is held to the limits of one payment and of the day; a reversal frees the day again', async () => {
    it.bank.account(account, { perTransaction: minor(30_000), perDay: minor(50_000) })
    expect(await code(it.sale(1, of(30_001)))).toBe('61')
    const sale = it.sale(2, of(30_000))
    expect(await code(sale)).toBe('00')
    expect(await code(it.sale(3, of(20_001)))).toBe('61')
    expect(await code(it.reversalOf(sale, 4))).toBe('00')
    expect(await code(it.sale(5, of(20_001)))).toBe('00')
  })

  test('for a business day that is over is refused', async () => {
    await it.ended(it.line.cutOver('2026-11-24'))
    expect(await code(it.sale(1))).toBe('12')
    expect(await code(it.sale(1, { 15: '1124' }))).toBe('00')
    expect(inAWord(await it.ended(it.line.cutOver('2026-11-23')))).toBe('12')
    expect(inAWord(await it.ended(it.line.cutOver('2026-11-24')))).toBe('00')
  })

  test('that the bank was told to decline stays declined', async () => {
    it.bank.behave(declines('61', { times: 1 }))
    const sale = it.sale(1)
    expect([await code(sale), await code(sale), await code(it.sale(2))]).toEqual(['61', '61', '00'])
  })
})

test('a return puts money into the account, and its reversal takes it out again', async () => {
  const back = it.sale(1, { ...of(5_000), 3: processingCode.return })
  expect(await code(back)).toBe('00')
  expect(it.balance()).toBe(105_000)
  expect(await code(it.reversalOf(back, 2))).toBe('00')
  expect(it.balance()).toBe(100_000)
})

describe('a reversal', () => {
  test.each(['0420', '0421', '0400'] as const)('by %s undoes a sale once', async (mti) => {
    const sale = it.sale(1)
    await it.ask(sale)
    for (const stan of [2, 3, 4]) expect(await code(it.reversalOf(sale, stan, mti))).toBe('00')
    expect(it.balance()).toBe(100_000)
  })

  test('is answered 00 the tenth time too, by whatever type it comes', async () => {
    const sale = it.sale(1)
    await it.ask(sale)
    const codes: string[] = []
    for (let stan = 2; stan < 12; stan += 1) {
      codes.push(await code(it.reversalOf(sale, stan, stan === 2 ? '0420' : '0421')))
    }
    expect(new Set(codes)).toEqual(new Set(['00']))
    expect(it.balance()).toBe(100_000)
  })

  test('of what the bank never saw is answered 25, every time, and the late original is refused', async () => {
    const sale = it.sale(1)
    expect(await code(it.reversalOf(sale, 2))).toBe('25')
    expect(await code(it.reversalOf(sale, 3, '0421'))).toBe('25')
    expect(answered(await it.ask(sale))).toMatchObject({
      39: '68',
      44: 'it was reversed before it arrived',
    })
    expect(it.balance()).toBe(100_000)
    expect(await code(it.reversalOf(sale, 4, '0421'))).toBe('25')
  })

  test('that names another time finds nothing, and does not stand in the way of the right one', async () => {
    const sale = it.sale(1)
    await it.ask(sale)
    const other = { ...sale, fields: { ...sale.fields, 7: '1123000000' } }
    expect(await code(it.reversalOf(other, 2))).toBe('25')
    expect(it.balance()).toBe(80_000)
    expect(await code(it.reversalOf(sale, 3))).toBe('00')
    expect(it.balance()).toBe(100_000)
  })

  test('after the cut-over says on which day it was booked', async () => {
    const sale = it.sale(1)
    await it.ask(sale)
    await it.ended(it.line.cutOver('2026-11-24'))
    expect(answered(await it.ask(it.reversalOf(sale, 2)))).toMatchObject({ 15: '1124', 39: '00' })
  })

  test('of a sale that was refused moves nothing', async () => {
    const sale = it.sale(1, of(200_000))
    expect(await code(sale)).toBe('51')
    expect(await code(it.reversalOf(sale, 2))).toBe('00')
    expect(it.balance()).toBe(100_000)
    expect(await code(sale)).toBe('51')
  })

  test('makes the same sale, when it comes again, no approval any more', async () => {
    const sale = it.sale(1)
    await it.ask(sale)
    await it.ask(it.reversalOf(sale, 2))
    expect(await code(sale)).toBe('68')
    expect(it.balance()).toBe(100_000)
  })

  test('with another amount than its original is refused', async () => {
    const sale = it.sale(1)
    await it.ask(sale)
    expect(await code(it.reversalOf({ ...sale, fields: { ...sale.fields, ...of(1) } }, 2))).toBe(
      '13',
    )
    expect(it.balance()).toBe(80_000)
  })
})

describe('an advice', () => {
  test('of a step completed offline is booked once, beyond limit and balance, and always answered 00', async () => {
    it.bank.account(account, { balance: minor(10_000), perTransaction: minor(1) })
    const { fields } = it.sale(1)
    const codes: string[] = []
    for (let times = 0; times < 10; times += 1) {
      codes.push(await code(it.request(times === 0 ? '0220' : '0221', 1, fields)))
    }
    expect(new Set(codes)).toEqual(new Set(['00']))
    expect(it.balance()).toBe(-10_000)
  })

  test.each([
    ['005', 'loaded'],
    ['006', 'not loaded'],
  ])('%s of a card write is evidence: %s', async (said, delivery) => {
    const fields = { 3: processingCode.cardWrite, 60: `001${said}`, 62: '2611230000000042' }
    expect(await code(it.request('0220', 7, fields))).toBe('00')
    expect(await code(it.request('0221', 7, fields))).toBe('00')
    expect(it.bank.truth().deliveries).toEqual({ '2611230000000042': delivery })
    expect(it.balance()).toBe(100_000)
  })
})

describe('a PIN', () => {
  const reference = '01HF0000000000000000000001'
  const keySerial = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const key = transactionKey(pinBaseKey, keySerial)
  const withPin = (pin: string, bound = reference): IsoFields => ({
    52: toHex(encryptPin({ pin, reference, key, filling: new Uint8Array(8) })),
    53: toHex(keySerial),
    61: bound,
  })
  beforeEach(() => it.bank.account(account, { pin: '2580' }))

  test('that is right, and one that is wrong', async () => {
    expect(await code(it.sale(1, withPin('2580')))).toBe('00')
    expect(await code(it.sale(2, withPin('2581')))).toBe('55')
    expect(it.balance()).toBe(80_000)
  })

  test('is asked for', async () => {
    expect(answered(await it.ask(it.sale(1)))).toMatchObject({ 39: '55', 44: 'the PIN is needed' })
  })

  test('of another payment is not read, and costs no try', async () => {
    for (let stan = 1; stan <= 5; stan += 1) {
      expect(await code(it.sale(stan, withPin('2580', '01HF0000000000000000000002')))).toBe('55')
    }
    expect(await code(it.sale(6, withPin('2580')))).toBe('00')
  })

  test('three times wrong is blocked, until the branch unblocks it', async () => {
    for (let stan = 1; stan <= 3; stan += 1) await it.ask(it.sale(stan, withPin('0000')))
    expect(await code(it.sale(4, withPin('2580')))).toBe('75')
    it.bank.unblockPin(account)
    expect(await code(it.sale(5, withPin('2580')))).toBe('00')
  })

  test('is not needed to pay something back', async () => {
    expect(await code(it.sale(1, { 3: processingCode.return }))).toBe('00')
  })
})

describe('enquiries', () => {
  test('a balance', async () => {
    const ask = it.request('0100', 1, { 3: processingCode.enquiry })
    expect(answered(await it.ask(ask))).toMatchObject({ 39: '00', 54: '0002ZARC000000100000' })
  })

  test('totals of a day, as they are in the books', async () => {
    const sale = it.sale(1)
    await it.ask(sale)
    await it.ask(it.sale(2, of(7_000)))
    await it.ask(it.sale(3, { ...of(500), 3: processingCode.return }))
    await it.ask(it.sale(4, of(900_000)))
    await it.ask(it.reversalOf(sale, 5))
    await it.ask(it.sale(6, { 41: 'KIOSK-2', 42: 'OTHER' }))
    expect(answered(await it.ask(it.request('0500', 7)))).toMatchObject({
      39: '00',
      74: '0000000001',
      75: '0000000000',
      76: '0000000002',
      77: '0000000001',
      86: '0000000000000500',
      87: '0000000000000000',
      88: '0000000000027000',
      89: '0000000000020000',
    })
  })

  test('what is nobody’s business is refused', async () => {
    expect(await code(it.request('0100', 1, { 3: processingCode.sale }))).toBe('12')
    expect(await code(it.request('0800', 2, { 70: '999' }))).toBe('12')
  })
})

test('a bank started anew with its books goes on where it was', async () => {
  const sale = it.sale(1)
  await it.ask(sale)
  const books = JSON.stringify(it.bank.truth())
  await it.close()
  it = bench({ bank: { truth: JSON.parse(books) } })
  await it.signedOn()
  expect(answered(await it.ask(sale))).toMatchObject({ 39: '00', 37: '000000000001' })
  expect(it.balance()).toBe(80_000)
  expect(await code(it.reversalOf(sale, 2))).toBe('00')
  expect(it.balance()).toBe(100_000)
})
