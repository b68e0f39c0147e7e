// A payment through a bank, as the journal tells of it: one place always, and what is to become of it.
import { describe, expect, it } from 'vitest'
import { CardSerial, OrderNumber, QuoteId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import type { PaymentEvidence } from '../domain/payment.ts'
import { manualClock } from '../test/manual-clock.ts'
import { interruptedSales } from './interrupted.ts'
import { openPayments, outcomesOfStop, standingOf, unsettledSales } from './standing.ts'
import { imbalances, sumsOf } from './standing-sums.ts'
import { unresolved } from './unresolved.ts'

const { ids, now } = manualClock()
const saleId = ids.sale()
const paymentId = ids.payment()
const orderNumber = OrderNumber.parse('2611230000000042')
const amount = minor(5000)
const evidence: PaymentEvidence = {
  kind: 'terminal',
  terminalId: '29001006',
  receiptNumber: 42,
  trace: 7,
  at: '1124101500',
}

const opened: JournalEntry = {
  type: 'session.opened',
  saleId,
  insertionId: ids.insertion(),
  serial: CardSerial.parse('0011223344556677'),
}
const started: JournalEntry = { type: 'kiosk.started', boot: 2, version: '1' }
const closed: JournalEntry = { type: 'session.closed', saleId, end: 'bought', cash: minor(0) }
const way = 'bank card'
const requesting: JournalEntry = { type: 'payment.requesting', saleId, paymentId, way, amount }
const authorised: JournalEntry = { type: 'payment.authorised', saleId, paymentId, evidence }
const keeping: JournalEntry = { type: 'payment.keeping', saleId, paymentId }
const refusing: JournalEntry = { type: 'payment.refusing', saleId, paymentId }
const kept: JournalEntry = { type: 'payment.kept', saleId, paymentId, evidence }
const reversed: JournalEntry = { type: 'payment.reversed', saleId, paymentId }
const declined: JournalEntry = { type: 'payment.declined', saleId, paymentId, why: 'declined' }
const unknown: JournalEntry = { type: 'payment.unknown', saleId, paymentId, why: 'lost' }
const givenUp: JournalEntry = { type: 'payment.given-up', saleId, paymentId, why: 'replaced' }
const order: JournalEntry = {
  type: 'order.requesting',
  saleId,
  requestId: ids.request(),
  quoteId: QuoteId.parse(ids.sale()),
  tender: way,
  amount,
}
const reserved = {
  type: 'order.reserved',
  saleId,
  orderNumber,
  amount,
  toAccount: minor(0),
  energy: 1000,
} as JournalEntry
const writing: JournalEntry = { type: 'card.writing', saleId, orderNumber }
const written: JournalEntry = { type: 'card.written', saleId, orderNumber }
const notWritten: JournalEntry = {
  type: 'card.not-written',
  saleId,
  orderNumber,
  state: 'NOT_LOADED_RETRY',
}
const requestId = ids.request()
const returning: JournalEntry = { type: 'order.returning', saleId, orderNumber, requestId }
const returned: JournalEntry = { type: 'order.returned', saleId, orderNumber }

const asked = [opened, requesting]
const held = [...asked, authorised]

describe('a payment whose end the journal does not have', () => {
  it.each<[string, JournalEntry[], boolean]>([
    ['asked for', asked, false],
    ['agreed to', held, false],
    ['agreed to, its order asked for', [...held, order], false],
    ['agreed to, its order reserved', [...held, order, reserved], false],
    ['of an order that is being written', [...held, order, reserved, writing], true],
    ['of an order on the card', [...held, order, reserved, writing, written], true],
    ['that was being kept', [...held, order, reserved, writing, written, keeping], true],
    [
      'of an order that stands and is not on the card',
      [...held, order, reserved, writing, notWritten],
      true,
    ],
    [
      'of an order that goes back',
      [...held, order, reserved, writing, notWritten, returning],
      false,
    ],
    [
      'of an order that is back',
      [...held, order, reserved, writing, notWritten, returning, returned, refusing],
      false,
    ],
    ['that was being undone', [...held, refusing], false],
  ])('is asked about after a stop: %s', (_, entries, delivered) => {
    const open = openPayments(standingOf([...entries, started]))
    expect(open).toMatchObject([{ saleId, paymentId, amount, delivered }])
    expect(open[0]?.since).toBe(now())
    expect(open[0]?.evidence).toEqual(entries.includes(authorised) ? evidence : null)
    expect(outcomesOfStop(standingOf(entries))[0]).toMatchObject({ type: 'payment.unknown' })
    const named = unresolved(standingOf([...entries, started])).map(({ what }) => what)
    expect(named).toContain('payment unknown')
  })

  it('is nobody’s but its sale’s while that goes on', () => {
    expect(openPayments(standingOf(held))).toEqual([])
  })

  it('keeps the closing of its sale back', () => {
    expect(unsettledSales(standingOf([...held, unknown, closed]))).toEqual([])
  })
})

describe('the closing of a sale', () => {
  it.each<[string, JournalEntry[], object]>([
    ['kept', [...held, kept], { end: 'kept', evidence }],
    ['undone', [...held, reversed], { end: 'reversed', evidence }],
    ['declined', [...asked, declined], { end: 'reversed', evidence: null }],
    ['given up', [...asked, unknown, givenUp], { end: 'unknown', evidence: null }],
  ])('tells of a payment that was %s, once', (_, entries, end) => {
    const before = standingOf([...entries, closed])
    expect(unsettledSales(before)).toMatchObject([{ saleId, payments: [{ paymentId, ...end }] }])
    const [{ payments = [] } = {}] = unsettledSales(before)
    const closing: JournalEntry = {
      type: 'sale.closing',
      saleId,
      insertionId: null,
      requestId,
      notes: [],
      payments,
    }
    const settled: JournalEntry = {
      type: 'sale.settled',
      saleId,
      orderNumber: null,
      toAccount: minor(0),
      toSuspense: minor(0),
    }
    expect(unsettledSales(standingOf([...entries, closed, closing]))).toMatchObject([
      { requestId, payments },
    ])
    expect(unsettledSales(standingOf([...entries, closed, closing, settled]))).toEqual([])
  })
})

describe('what cannot be true stops the kiosk:', () => {
  it.each<[string, JournalEntry[]]>([
    ['a payment asked for twice', [...asked, requesting]],
    ['an approval of a payment nobody asked for', [opened, authorised]],
    ['a payment kept after it was undone', [...held, reversed, kept]],
    ['a payment undone after it was kept', [...held, kept, reversed]],
  ])('%s', (_, entries) => {
    expect(() => standingOf(entries)).toThrow(paymentId)
  })
})

describe('P5: the sums', () => {
  const sold = [...held, order, reserved, writing, written, keeping]

  it('have a kept payment in its order', () => {
    const standing = standingOf([...sold, kept, closed])
    expect(sumsOf(standing)).toMatchObject({ tendered: 5000, inOrders: 5000, unsettled: 0 })
    expect(imbalances(standing)).toEqual([])
  })

  it('have nothing of one that was undone, whatever became of the energy', () => {
    const standing = standingOf([...sold, reversed, closed])
    expect(sumsOf(standing)).toMatchObject({ tendered: 0 })
  })

  it('have one that was kept and sold nothing on its way, until its closing places it', () => {
    const closing: JournalEntry = {
      type: 'sale.closing',
      saleId,
      insertionId: null,
      requestId,
      notes: [],
      payments: [{ paymentId, way, amount, evidence, end: 'kept' }],
    }
    const settled: JournalEntry = {
      type: 'sale.settled',
      saleId,
      orderNumber: null,
      toAccount: amount,
      toSuspense: minor(0),
    }
    const before = standingOf([...held, refusing, kept, closed])
    expect(sumsOf(before)).toMatchObject({ tendered: 5000, unsettled: 5000 })
    expect(imbalances(before)).toEqual([])
    const after = standingOf([...held, refusing, kept, closed, closing, settled])
    expect(sumsOf(after)).toMatchObject({ tendered: 5000, toAccount: 5000, unsettled: 0 })
    expect(imbalances(after)).toEqual([])
  })
})

describe('P7: whoever was served when the kiosk stopped is told of a payment', () => {
  const placesAfter = (...entries: JournalEntry[]) =>
    interruptedSales(standingOf([...entries, started]))[0]?.money

  it.each<[string, JournalEntry[], object[]]>([
    ['still being asked about', held, [{ kind: 'asking the bank', amount: 5000 }]],
    ['undone', [...held, refusing, reversed], [{ kind: 'not charged', amount: 5000 }]],
    [
      'for energy on the card',
      [...held, order, reserved, writing, written],
      [{ kind: 'paid for energy', amount: 5000 }],
    ],
    [
      'undone, for energy on the card',
      [...held, order, reserved, writing, written, reversed],
      [{ kind: 'not charged', amount: 5000 }],
    ],
    [
      'of an order that the card decides',
      [...held, order, reserved, writing],
      [{ kind: 'in the order', amount: 5000 }],
    ],
    [
      'kept with nothing sold',
      [...held, refusing, kept],
      [{ kind: 'on its way to the account', amount: 5000 }],
    ],
  ])('%s', (_, entries, places) => {
    expect(placesAfter(...entries)).toMatchObject(places)
  })

  it('and not of one that was declined', () => {
    expect(interruptedSales(standingOf([...asked, declined, started]))).toEqual([])
  })
})
