// Where a payment is, for everything that the last payment in the terminal's books can be.
import { describe, expect, test } from 'vitest'
import { minor } from '../../../domain/money.ts'
import type { PaymentReceipt } from '../bank-terminal.ts'
import { clockSlackS, placeOf } from './matching.ts'
import type { StatusInformation } from './messages.ts'

const ours: PaymentReceipt = {
  terminalId: '29001006',
  receiptNumber: 42,
  trace: 500,
  amount: minor(1000),
  at: '1123164500',
}
const told = (
  changes: Partial<PaymentReceipt>,
  rest: Partial<StatusInformation> = {},
): StatusInformation => ({
  result: 0,
  receipt: { ...ours, ...changes },
  originalTrace: null,
  cardType: null,
  fields: { values: new Map(), tagged: [], whole: true },
  ...rest,
})
const earlier = { receiptNumber: 41, trace: 499, at: '1123164000' }

describe('a payment whose approval was heard', () => {
  const where = (last: StatusInformation | null, receipt = ours, confirmed = false) =>
    placeOf({ receipt, amount: receipt.amount, since: '20261123164400', confirmed }, last).kind

  test('the same in everything: stored', () => {
    expect(where(told({}))).toBe('stored')
  })
  test('an older one is the last: not charged', () => {
    expect(where(told(earlier))).toBe('not charged')
  })
  test('empty books: not charged, if the terminal was never told that the goods are out', () => {
    expect(where(null)).toBe('not charged')
  })
  test('empty books after that: a day that was ended may have emptied them', () => {
    expect(where(null, ours, true)).toBe('cannot say')
  })
  test('the same, shown as failed: not charged', () => {
    expect(where(told({}, { result: 0x6c }))).toBe('not charged')
  })
  test('its reversal is the last: not charged', () => {
    expect(where(told({ receiptNumber: 43, trace: 501 }, { originalTrace: 500 }))).toBe(
      'not charged',
    )
  })

  test.each<[string, Partial<PaymentReceipt>]>([
    ['amount', { amount: minor(1001) }],
    ['trace', { trace: 501 }],
    ['receipt number', { receiptNumber: 43 }],
    ['time', { at: '1123164501' }],
    ['terminal', { terminalId: '29001007' }],
  ])('another %s is never taken for it', (_, change) => {
    expect(where(told(change))).toBe('cannot say')
  })

  test('a later one says nothing of ours', () => {
    expect(where(told({ receiptNumber: 43, trace: 501, at: '1123165000' }))).toBe('cannot say')
  })
  test('earlier by its trace and later by its time is no evidence', () => {
    expect(where(told({ receiptNumber: 41, trace: 499, at: '1123165000' }))).toBe('cannot say')
  })
  test('traces begin again after 999999, receipts after 9999, years after December', () => {
    const first = { ...ours, receiptNumber: 1, trace: 1, at: '0101000010' }
    expect(where(told({ receiptNumber: 9999, trace: 999_999, at: '1231235950' }), first)).toBe(
      'not charged',
    )
  })
  test('what cannot be read is no evidence', () => {
    expect(where(told({}, { receipt: null }))).toBe('cannot say')
  })
})

describe('a payment of which no approval was heard', () => {
  const where = (at: string, changes: Partial<PaymentReceipt> = {}, since = '20261123164500') =>
    placeOf({ receipt: null, amount: 1000, since, confirmed: false }, told({ at, ...changes })).kind

  test.each([
    ['an hour before', '1123154500', {}, 'not charged'],
    ['just before, the same amount', '1123164400', {}, 'cannot say'],
    ['just before, another amount', '1123164400', { amount: minor(900) }, 'not charged'],
    ['after, the same amount', '1123164530', {}, 'stored'],
    ['after, another amount', '1123164530', { amount: minor(900) }, 'cannot say'],
  ])('the last payment is from %s', (_, at, changes, kind) => {
    expect(where(at, changes)).toBe(kind)
  })

  test('around midnight of a year and of a leap day', () => {
    expect(where('1231235950', {}, '20270101000010')).toBe('cannot say')
    expect(where('0101000010', {}, '20261231235950')).toBe('stored')
    expect(where('0228235950', {}, '20270301000010')).toBe('cannot say')
    expect(where('0229235950', {}, '20280301000010')).toBe('cannot say')
  })

  test('the two clocks may be apart by two minutes', () => {
    expect(clockSlackS).toBe(120)
    expect(where('1123164300')).toBe('cannot say')
    expect(where('1123164259')).toBe('not charged')
  })

  test('a reversal after it says nothing of it', () => {
    const last = told({ at: '1123164530' }, { originalTrace: 400 })
    const sought = { receipt: null, amount: 1000, since: '20261123164500', confirmed: false }
    expect(placeOf(sought, last).kind).toBe('cannot say')
  })
})

describe('the clock of the kiosk was set back, and the approval was never heard', () => {
  const sought = { receipt: null, amount: 1000, since: '20261122234500', confirmed: false }

  test('the payment of the customer before, of the same amount, is never taken for it and undone', () => {
    expect(placeOf({ ...sought, others: [ours] }, told({})).kind).toBe('not charged')
  })
  test('a payment that is not known to be another may be this one', () => {
    expect(placeOf({ ...sought, others: [{ ...ours, trace: 499 }] }, told({})).kind).not.toBe(
      'not charged',
    )
  })
})
