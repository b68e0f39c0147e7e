// The ledger: TV1 line by line, sums of zero after everything, and accounts that never go below what was agreed.
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noEnergy } from '../domain/energy.ts'
import { CustomerNumber, KioskNumber, OrderNumber, SaleId } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { placed } from '../test/postgres/placed.ts'
import { testIds } from '../test/test-ids.ts'
import { accountBalance, arrearsBalance, post, spendable } from './books.ts'
import {
  accountId,
  balancesTakenOver,
  keptFor,
  notesBooked,
  orderFunded,
  orderLoaded,
  orderReturned,
  orderReturnedToPayer,
  orderUndone,
  posting,
  type Entry,
  type Funds,
  type OrderInBooks,
  type Posting,
} from './ledger.ts'
import { deliveryUnpaid, paymentBooked, paymentGivenBack } from './payment-postings.ts'
import { openStore, type Store } from './store.ts'
import { standard } from './tariffs/tariff-fixtures.ts'
import { priceTender } from './tariffs/tariffs.ts'

const kiosk = KioskNumber.parse('000000000101')
const customer = CustomerNumber.parse('000000700123')
const ids = testIds()
const saleId = SaleId.parse(ids.sale())

const orderOf = (tender: number, fee = 0, number = 1): OrderInBooks => ({
  orderNumber: OrderNumber.parse(`261123${String(number).padStart(10, '0')}`),
  saleId,
  customer,
  hasAccount: true,
  priced: priceTender({
    tariff: { ...standard, channelFee: { flat: minor(fee), share: 50, cap: minor(300) } },
    tender: minor(tender),
    monthToDate: noEnergy,
    fixedDue: { amount: minor(1000), period: '2026-11' },
    arrearsBalance: minor(50_000),
    freeUnitsDue: noEnergy,
  }),
})

/** TV1 of domain.md 10.2 as the quote gives it. */
const tv1: OrderInBooks = {
  ...orderOf(20_000),
  priced: {
    tariff: { code: 'A', name: 'A' },
    tender: minor(20_000),
    fee: minor(0),
    fixed: { amount: minor(1000), vat: minor(130), period: '2026-11' },
    arrears: { before: minor(50_000), paid: minor(5700), after: minor(44_300) },
    gross: minor(13_300),
    energy: noEnergy,
    freeEnergy: noEnergy,
    charged: minor(13_300),
    residue: minor(0),
    vat: { rate: 1500, amount: minor(1735), included: minor(0) },
    otherLevies: minor(0),
    lines: [
      { block: 1, energy: noEnergy, price: 12_000, exclusive: minor(7200) },
      { block: 2, energy: noEnergy, price: 15_000, exclusive: minor(4365) },
    ],
  },
}

const lines = (entries: readonly Entry[]) =>
  entries.map(({ account, amount }) => [accountId(account), amount])

describe('postings', () => {
  it('book a cash sale as domain.md 3 does, line by line', () => {
    const funded = orderFunded(tv1, { kind: 'cash', kiosk, notes: minor(20_000) })
    expect(lines(funded.entries)).toEqual([
      ['kiosk cash/000000000101', 20_000],
      ['pending orders', -20_000],
    ])
    expect(lines(orderLoaded(tv1).entries)).toEqual([
      ['pending orders', 20_000],
      ['fixed charges', -870],
      ['VAT', -130],
      ['arrears/000000700123', -5700],
      ['energy', -11_565],
      ['VAT', -1735],
    ])
  })

  it('book what the notes exceed the tender by to the account, with the same posting', () => {
    const funded = orderFunded(tv1, { kind: 'cash', kiosk, notes: minor(21_000) })
    expect(lines(funded.entries)).toContainEqual(['customer account/000000700123', -1000])
  })

  it('keep the VAT of a tariff that includes it out of the energy', () => {
    const priced = {
      ...tv1.priced,
      vat: { rate: 1500, amount: minor(0), included: minor(1735) },
      lines: [{ block: 1, energy: noEnergy, price: 12_000, exclusive: minor(13_300) }],
    }
    expect(lines(orderLoaded({ ...tv1, priced }).entries)).toEqual(lines(orderLoaded(tv1).entries))
  })

  it('are never made when they do not add up', () => {
    const entries = [{ account: { kind: 'energy' } as const, amount: minor(1) }]
    expect(() => posting({ kind: 'order loaded', orderNumber: null, saleId, entries })).toThrow(
      'is off by 1',
    )
  })
})

describe('the books', () => {
  let store: Store
  beforeEach(async () => {
    store = await openStore(await placed({ kind: 'memory' }))
    await store.transact(async (work) => {
      await work
        .insertInto('customers')
        .values({
          customer,
          short_name: 'L. Chen',
          address: '•• Main St.',
          overdraft: minor(0),
          frozen: 0,
          blocked: 0,
          has_account: 1,
        })
        .execute()
    })
  })
  afterEach(() => store.close())

  const write = (of: Posting) => store.transact((work) => post(work, { ...of, at: 0 }))
  const unevenPostings = () =>
    store.read
      .selectFrom('entries')
      .select(({ fn }) => ['posting', fn.sum<number>('amount').as('sum')])
      .groupBy('posting')
      .having(({ fn }) => fn.sum<number>('amount'), '<>', 0)
      .execute()

  it('take over what a customer owes and owns', async () => {
    await write(balancesTakenOver({ customer, account: minor(2500), arrears: minor(50_000) }))
    expect(await accountBalance(store.read, customer)).toBe(2500)
    expect(await arrearsBalance(store.read, customer)).toBe(50_000)
    expect(await spendable(store.read, customer)).toBe(2500)
  })

  it('refuse to take an account below zero, and keep nothing of the attempt', async () => {
    await write(balancesTakenOver({ customer, account: minor(19_999), arrears: minor(0) }))
    await expect(write(orderFunded(tv1, { kind: 'account' }))).rejects.toThrow('would be -1')
    expect(await accountBalance(store.read, customer)).toBe(19_999)
    expect(await unevenPostings()).toEqual([])
  })

  it('let an account go down to its agreed overdraft and no further', async () => {
    await store.transact((work) =>
      work
        .updateTable('customers')
        .set({ overdraft: minor(20_000) })
        .execute(),
    )
    await write(orderFunded(tv1, { kind: 'account' }))
    expect(await accountBalance(store.read, customer)).toBe(-20_000)
    expect(await spendable(store.read, customer)).toBe(0)
  })

  it('write the same step of an order only once', async () => {
    await write(orderFunded(tv1, { kind: 'cash', kiosk, notes: minor(20_000) }))
    await write(orderReturned(tv1))
    await expect(write(orderReturned(tv1))).rejects.toThrow(/unique/i)
    expect(await accountBalance(store.read, customer)).toBe(20_000)
  })

  it('never change or remove a line', async () => {
    await write(orderFunded(tv1, { kind: 'cash', kiosk, notes: minor(20_000) }))
    const change = store.transact((work) =>
      work
        .updateTable('entries')
        .set({ amount: minor(1) })
        .execute(),
    )
    await expect(change).rejects.toThrow('entries are written once')
    const removal = store.transact((work) => work.deleteFrom('postings').execute())
    await expect(removal).rejects.toThrow('postings are written once')
  })

  it('P5: sum to zero after every step of any orders, however they are paid and however they and their payments end', async () => {
    const end = fc.constantFrom('loaded', 'returned', 'to payer', 'undone', 'open')
    const paid = fc.constantFrom('cash', 'account', 'payment')
    const anOrder = fc.record({
      tender: fc.integer({ min: 1, max: 2_000_000 }),
      extra: fc.integer({ min: 0, max: 5000 }),
      fee: fc.integer({ min: 0, max: 300 }),
      end,
      paid,
      hasAccount: fc.boolean(),
      isReversed: fc.boolean(),
    })
    let number = 1
    await fc.assert(
      fc.asyncProperty(fc.array(anOrder, { maxLength: 6 }), async (orders) => {
        for (const { tender, extra, fee, end, paid, hasAccount, isReversed } of orders) {
          const order = { ...orderOf(tender, fee, number++), hasAccount }
          const isPayable =
            paid !== 'account' || (hasAccount && (await spendable(store.read, customer)) >= tender)
          const by = isPayable ? paid : 'cash'
          const funds: Funds =
            by === 'cash'
              ? { kind: 'cash', kiosk, notes: minor(tender + extra) }
              : by === 'payment'
                ? { kind: 'payment', kiosk }
                : { kind: 'account' }
          await write(orderFunded(order, funds))
          if (end === 'loaded' || end === 'undone') await write(orderLoaded(order))
          if (end === 'undone') await write(orderUndone(order))
          if (end === 'returned') await write(orderReturned(order))
          if (end === 'to payer') await write(orderReturnedToPayer(order, kiosk))
          const unpaid = { orderNumber: order.orderNumber, saleId, amount: minor(tender) }
          if (by === 'payment' && isReversed && end === 'loaded') {
            await write(deliveryUnpaid({ ...unpaid, kiosk }))
          }
          if (by === 'payment' && isReversed && (end === 'returned' || end === 'undone')) {
            const from = keptFor(hasAccount ? customer : null, saleId)
            const there = minor(Math.max(0, tender - extra))
            const owed = { kind: 'bank payments', owner: kiosk } as const
            await write(paymentGivenBack({ ...unpaid, from, there, owed }))
          }
          if (extra > 0) {
            await write(notesBooked({ saleId, kiosk, amount: minor(extra), customer: null }))
            await write(paymentBooked({ saleId, kiosk, amount: minor(extra), customer }))
          }
          expect(await accountBalance(store.read, customer)).toBeGreaterThanOrEqual(0)
        }
        expect(await unevenPostings()).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
