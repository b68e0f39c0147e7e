// The table of domain.md 14.2: what a bank, a front machine and the centre say, and what follows from it.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KioskNumber, OrderNumber, PaymentId, SaleId, ulidOf } from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import { orderStates, type OrderState } from '../../domain/order.ts'
import type { MoneyAtCentre } from './centre-leg.ts'
import type { KeptRow, Reversal } from './kept-files.ts'
import { matchDay, type Day, type Line } from './matching.ts'

const businessDate = '2026-11-23'
const at = '2026-11-23T10:00:00.000Z'
const chance = (number: number) =>
  Uint8Array.from({ length: 10 }, (_, at) => (at === 9 ? number : 0))

const row = (stan: number, of: Partial<KeptRow> = {}): KeptRow => ({
  orderNumber: `261123000000${String(stan).padStart(4, '0')}`,
  reference: `R${stan}`,
  terminal: 'KIOSK-1',
  stan,
  kind: 'sale',
  amount: minor(5_000),
  fee: minor(0),
  state: 'booked',
  delivery: '',
  at,
  file: 'bank_money_2026-11-23_1.csv',
  businessDate,
  ...of,
})
const inFront = (stan: number, of: Partial<KeptRow> = {}): KeptRow =>
  row(stan, { state: 'approved', file: 'front_money_2026-11-23_1.csv', ...of })

const money = (stan: number, of: Partial<MoneyAtCentre> = {}): MoneyAtCentre => ({
  payment: PaymentId.parse(ulidOf(Date.parse(at), chance(stan))),
  kiosk: KioskNumber.parse('000000000101'),
  sale: SaleId.parse(ulidOf(0, chance(stan))),
  way: 'bank account',
  amount: minor(5_000),
  ended: 'kept',
  place: 'order',
  receipt: { terminal: 'KIOSK-1', stan, reference: `R${stan}` },
  businessDate,
  dateIsOurs: false,
  at,
  order: { number: OrderNumber.parse(row(stan).orderNumber), state: 'LOADED' },
  delivery: { kind: 'proven', how: 'proof of load' },
  ...of,
})
const order = (state: OrderState, delivery: MoneyAtCentre['delivery'] = { kind: 'none' }) => ({
  order: { number: OrderNumber.parse(row(1).orderNumber), state },
  delivery,
})
const notLoaded = { kind: 'not loaded', how: 'proven not on the card' } as const
const undoing = (orderNumber: string, undoes: string | null, on = businessDate): Reversal => ({
  row: row(9, { kind: 'reversal', orderNumber, businessDate: on }),
  undoes,
})
const none = { order: null, delivery: { kind: 'none' } } as const

const match = (of: Partial<Day>): Line[] =>
  matchDay({
    businessDate,
    bank: [],
    front: [],
    centre: [],
    reversals: [],
    elsewhere: new Set(),
    ...of,
  })
/** One transaction, and one line about it. */
const lineOf = (of: {
  bank?: KeptRow[] | null
  front?: KeptRow[] | null
  centre?: MoneyAtCentre[]
  reversals?: Reversal[]
}): Line => {
  const lines = match(of)
  expect(lines).toHaveLength(1)
  return lines[0] as Line
}

describe('the bank has charged, and the order', () => {
  it.each<[string, Partial<MoneyAtCentre>, Line['result'], string]>([
    ['is proven on the card', order('LOADED', { kind: 'proven', how: '' }), 'matched', 'sold'],
    ['is in the meter', order('METER_CREDITED', { kind: 'proven', how: '' }), 'matched', 'sold'],
    ['went back, proven', order('RETURNED_TO_ACCOUNT', notLoaded), 'matched', 'top-up'],
    ['was taken back', order('UNDONE', notLoaded), 'matched', 'top-up'],
    ['went back, and nothing proves it', order('RETURNED_TO_ACCOUNT'), 'open', 'without a proof'],
    ['is unknown', order('UNKNOWN'), 'open', 'the card decides'],
    ['waits for its card', order('AWAIT_WRITE'), 'open', 'the card decides'],
    ['is under suspicion', order('SUSPECT'), 'open', 'the office decides'],
    ['is none: in the account', { ...none, place: 'account' }, 'matched', 'top-up of the account'],
    ['is none: in suspense', { ...none, place: 'suspense' }, 'matched', 'in suspense'],
    [
      'is none: nobody on site could say',
      { ...none, place: 'nowhere', ended: 'unknown' },
      'long',
      'told as unknown',
    ],
    [
      'is none: told as reversed',
      { ...none, place: 'nowhere', ended: 'reversed' },
      'long',
      'told as reversed',
    ],
    [
      'went back to the payer',
      { ...order('RETURNED_TO_ACCOUNT', notLoaded), place: 'payer', ended: 'reversed' },
      'long',
      'the bank has not',
    ],
    [
      'is booked as unpaid',
      { place: 'unpaid delivery', ended: 'reversed' },
      'long',
      'the bank has charged it',
    ],
  ])('%s', (_, centre, result, why) => {
    const line = lineOf({ bank: [row(1)], front: [inFront(1)], centre: [money(1, centre)] })
    expect(line).toMatchObject({ result, why: expect.stringContaining(why) })
    expect(line.isClaim).toBeUndefined()
    expect(line).toMatchObject({ bank: { stan: 1 }, front: { stan: 1 }, centre: { amount: 5_000 } })
  })

  it('is nowhere at the centre: never dropped, a person decides', () => {
    expect(lineOf({ bank: [row(1)], front: [inFront(1)] })).toMatchObject({
      result: 'long',
      why: expect.stringContaining('a person decides'),
    })
  })
})

describe('the bank has not charged, and the order', () => {
  const ways: [string, { bank: KeptRow[]; reversals?: Reversal[] }][] = [
    ['the bank does not have it', { bank: [] }],
    ['the bank has it reversed', { bank: [row(1, { state: 'reversed' })] }],
    [
      'the bank has its reversal, by order number',
      { bank: [row(1, { state: 'reversed' })], reversals: [undoing(row(1).orderNumber, null)] },
    ],
    [
      'the bank has its reversal, by the reference that the front machine knows',
      { bank: [row(1, { orderNumber: '' })], reversals: [undoing('', 'R1')] },
    ],
    [
      'the bank has a reversal of that sum at that terminal, and the sale as reversed',
      { bank: [row(1, { orderNumber: '', state: 'reversed' })], reversals: [undoing('', null)] },
    ],
    [
      'the bank has reversed it on another date',
      { bank: [row(1)], reversals: [undoing('', 'R1', '2026-11-24')] },
    ],
  ]
  const rows: [string, Partial<MoneyAtCentre>, Line['result'], string, boolean][] = [
    ['is proven on the card', {}, 'short', 'claim against the bank', true],
    [
      'is booked as unpaid',
      { place: 'unpaid delivery', ended: 'reversed' },
      'short',
      'claim against the bank',
      true,
    ],
    [
      'went back to the account',
      order('RETURNED_TO_ACCOUNT', notLoaded),
      'short',
      'went back to the account',
      false,
    ],
    ['is unknown', order('UNKNOWN'), 'open', 'the card decides', false],
    ['is none: in the account', { ...none, place: 'account' }, 'short', 'in account', false],
    [
      'went back to the payer',
      { ...order('RETURNED_TO_ACCOUNT', notLoaded), place: 'payer', ended: 'reversed' },
      'matched',
      'closed',
      false,
    ],
    [
      'is none: not funded',
      { ...none, place: 'nowhere', ended: 'reversed' },
      'matched',
      'closed',
      false,
    ],
    [
      'is none: nobody on site could say',
      { ...none, place: 'nowhere', ended: 'unknown' },
      'matched',
      'closed',
      false,
    ],
  ]
  const each = ways.flatMap(([way, day]) => rows.map((it) => [way, day, ...it] as const))
  it.each(each)('%s: %s', (_, day, __, centre, result, why, isClaim) => {
    const line = lineOf({ ...day, centre: [money(1, centre)] })
    expect(line).toMatchObject({ result, why: expect.stringContaining(why) })
    expect(line.isClaim ?? false).toBe(isClaim)
  })
})

describe('a person is shown every document when', () => {
  it.each<[string, number, number, number, Line['result']]>([
    ['the bank has more', 5_001, 5_000, 5_000, 'long'],
    ['the bank has less', 4_999, 5_000, 5_000, 'short'],
    ['the front machine has more', 5_000, 5_001, 5_000, 'short'],
  ])('%s', (_, bank, front, centre, result) => {
    const line = lineOf({
      bank: [row(1, { amount: minor(bank) })],
      front: [inFront(1, { amount: minor(front) })],
      centre: [money(1, { amount: minor(centre) })],
    })
    expect(line).toMatchObject({
      result,
      why: expect.stringContaining(`bank ${bank}, front machine ${front}, centre ${centre}`),
    })
  })

  it('the bank paid out what nobody here knows of', () => {
    expect(lineOf({ bank: [row(1, { kind: 'return' })] })).toMatchObject({ result: 'short' })
  })

  it('only the front machine has a payment', () => {
    expect(lineOf({ front: [inFront(1)] })).toMatchObject({
      result: 'open',
      why: expect.stringContaining('the front machine has it approved'),
    })
    expect(lineOf({ front: [inFront(1, { state: 'declined' })] })).toMatchObject({
      result: 'matched',
    })
  })
})

describe('late files', () => {
  it('without the file of the bank everything is open', () => {
    expect(lineOf({ bank: null, front: [inFront(1)], centre: [money(1)] })).toMatchObject({
      result: 'open',
      why: 'the file of the bank is not here yet',
    })
  })

  it('without the file of the front machine bank and centre are matched, and it says so', () => {
    expect(lineOf({ bank: [row(1)], front: null, centre: [money(1)] })).toMatchObject({
      result: 'matched',
      why: expect.stringContaining('the file of the front machine is not here yet'),
    })
  })

  it('a front machine that lacks a payment or has it otherwise is told, and the bank believed', () => {
    const bank = [row(1)]
    expect(lineOf({ bank, centre: [money(1)] }).why).toContain('the front machine does not have it')
    const reversed = [inFront(1, { state: 'reversed' })]
    expect(lineOf({ bank, front: reversed, centre: [money(1)] })).toMatchObject({
      result: 'matched',
      why: expect.stringContaining('the front machine has it reversed'),
    })
  })
})

describe('a payment at the bank terminal of a kiosk', () => {
  const atTerminal = (of: Partial<MoneyAtCentre> = {}) =>
    money(1, { way: 'bank card', dateIsOurs: true, ...of })

  it('is no business of the front machine', () => {
    expect(lineOf({ bank: [row(1)], centre: [atTerminal()] })).toMatchObject({
      result: 'matched',
      why: 'sold, and delivered',
    })
  })

  it('about midnight is found on the date that the bank has it on, and asked for on no other', () => {
    const ours = atTerminal({ businessDate: '2026-11-22' })
    expect(lineOf({ bank: [row(1)], centre: [ours] }).result).toBe('matched')
    const elsewhere = new Set(['KIOSK-1 1'])
    const lines = matchDay({
      businessDate: '2026-11-22',
      bank: [],
      front: [],
      centre: [ours],
      reversals: [],
      elsewhere,
    })
    expect(lines).toEqual([])
  })

  it('whose receipt a second payment has too, is charged once', () => {
    const second = {
      ...money(2),
      receipt: money(1).receipt,
      way: 'bank card',
      dateIsOurs: true,
    } as const
    const lines = match({ bank: [row(1)], centre: [atTerminal(), second] })
    expect(lines.map(({ result }) => result)).toEqual(['matched', 'short'])
  })

  it('of which no approval was heard is a line of its own', () => {
    const unknown = atTerminal({ ...none, receipt: null, place: 'nowhere', ended: 'unknown' })
    expect(match({ bank: [row(2)], centre: [unknown] }).map(({ result }) => result)).toEqual([
      'long',
      'matched',
    ])
  })
})

describe('a reversal of an earlier date', () => {
  const earlier = money(1, {
    businessDate: '2026-11-22',
    place: 'payer',
    ended: 'reversed',
    ...order('RETURNED_TO_ACCOUNT', notLoaded),
  })

  it.each([
    ['by order number', undoing(row(1).orderNumber, null)],
    ['by reference', undoing('', 'R1')],
  ])('is a row of its own beside the payment it undoes, found %s', (_, reversal) => {
    expect(lineOf({ reversals: [reversal], centre: [earlier] })).toMatchObject({
      result: 'matched',
      bank: null,
      reversal: { stan: 9 },
      centre: { payment: earlier.payment },
    })
  })

  it('of nothing that is known is looked at by a person', () => {
    expect(lineOf({ reversals: [undoing('', null)] })).toMatchObject({
      result: 'open',
      why: expect.stringContaining('a reversal of nothing'),
    })
  })

  it('undoes no sale of the same sum that the bank has booked', () => {
    const lines = match({ bank: [row(1, { orderNumber: '' })], reversals: [undoing('', null)] })
    expect(lines.map(({ result }) => result)).toEqual(['long', 'open'])
  })
})

it('every row and every payment is in exactly one line, in whatever order they come', () => {
  const stan = fc.integer({ min: 1, max: 12 })
  const place = fc.constantFrom<MoneyAtCentre['place']>(
    'order',
    'account',
    'suspense',
    'payer',
    'unpaid delivery',
    'nowhere',
  )
  const aPayment = fc
    .record({ stan, place, state: fc.constantFrom(...orderStates), heard: fc.boolean() })
    .map(({ stan, place, state, heard }) =>
      money(stan, { place, ...order(state), ...(heard ? {} : { receipt: null }) }),
    )
  const aRow = fc
    .record({
      stan,
      state: fc.constantFrom('booked', 'reversed'),
      amount: fc.constantFrom(5_000, 4_000),
    })
    .map(({ stan, state, amount }) => row(stan, { state, amount: minor(amount) }))
  const uniqueBy = { selector: ({ stan }: KeptRow) => stan, maxLength: 8 }
  fc.assert(
    fc.property(
      fc.uniqueArray(aRow, uniqueBy),
      fc.uniqueArray(
        aRow.map((it) => ({ ...it, state: 'approved' })),
        uniqueBy,
      ),
      fc.uniqueArray(aPayment, { selector: ({ payment }) => payment, maxLength: 8 }),
      (bank, front, centre) => {
        const lines = match({ bank, front, centre })
        const shown = (of: 'bank' | 'front' | 'centre') =>
          lines.flatMap((line) => (line[of] === null ? [] : [line[of]]))
        expect(new Set(shown('bank'))).toEqual(new Set(bank))
        expect(new Set(shown('front'))).toEqual(new Set(front))
        expect(new Set(shown('centre'))).toEqual(new Set(centre))
        expect(shown('bank')).toHaveLength(bank.length)
        expect(shown('front')).toHaveLength(front.length)
        expect(shown('centre')).toHaveLength(centre.length)
        const turned = match({
          bank: bank.toReversed(),
          front: front.toReversed(),
          centre,
        })
        expect(turned).toEqual(lines)
      },
    ),
  )
})
