// Where the money of a sale is: added up from notes, payments, order and claims, and held against the ledger to the minor unit.
//
// tendered + carried by the authority = order + account + claim + returned + unknown, always. The rows say it one way, the
// postings another; where they differ the page says so and nobody promises anything.
import type { MoneyHeap, MoneyOfSale, MoneyPlace } from '../../../domain/console/explaining.ts'
import { moneyPlaces } from '../../../domain/console/explaining.ts'
import type { OrderState } from '../../../domain/order.ts'
import type { PricedTender } from '../../../domain/quote.ts'
import { takenBackStates } from '../../order-states.ts'
import type { Evidence as Whole, Gist } from './evidence.ts'
import { inLedger, type LedgerOfSale } from './ledger-of-sale.ts'
import { shownNumber } from './masking.ts'
import { notesByJournal } from './notes-by-journal.ts'
import { paymentsOf } from './payments-of-sale.ts'

/** What is looked at here, and whose account it is. */
type Evidence = Gist & Pick<Whole, 'customer'>

export const moneyOfSale = (evidence: Evidence, seesCustomers: boolean): MoneyOfSale => {
  const ledger = inLedger(evidence)
  const notes = notesByJournal(evidence)
  const payments = paymentsOf(evidence)
  const booked = sum(evidence.notes.map(({ value }) => value))
  const fromAccount = accountTender(evidence, ledger)
  const claims = claimsIn(evidence)
  const heaps: MoneyHeap[] = [
    ...orderHeaps(evidence),
    ...accountHeaps(evidence, { ledger, claims, seesCustomers }),
    { place: 'claim', kind: 'open', amount: claims.open },
    { place: 'claim', kind: 'paid in cash', amount: claims.inCash },
    { place: 'returned', kind: 'notes handed back', amount: notes.handedBack },
    { place: 'returned', kind: 'payment undone', amount: payments.undone },
    { place: 'unknown', kind: 'note nobody can place', amount: notes.unknown },
    { place: 'unknown', kind: 'note in the box, not booked', amount: notes.notBooked },
    { place: 'unknown', kind: 'payment nobody can say', amount: payments.unknown },
    { place: 'unknown', kind: 'payment kept, not booked', amount: payments.notBooked },
  ]
  const cash = booked + notes.handedBack + notes.unknown + notes.notBooked
  const tendered = { cash, bank: payments.tendered, account: fromAccount }
  const carried = {
    unpaidDelivery: ledger.unpaidDelivery,
    paidAhead: claims.ahead,
    earlierBooks: ledger.earlierBooks,
  }
  const sums = sumsOf(heaps)
  const money = {
    tendered: { ...tendered, total: sum(Object.values(tendered)) },
    carried: { ...carried, total: sum(Object.values(carried)) },
    sums,
    heaps: heaps.filter(({ amount }) => amount !== 0),
    valuelessNotes: notes.valueless,
    ledger: {
      cash: ledger.cash,
      bank: ledger.bank,
      order: ledger.order,
      account: ledger.customerAccounts + fromAccount,
      claim: ledger.suspense + claims.ahead + ledger.paidOut,
    },
  }
  return { ...money, differences: differencesIn(money, { booked, inBank: payments.inBooks }) }
}

export const sum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0)

const sumsOf = (heaps: readonly MoneyHeap[]): Record<MoneyPlace, number> => {
  const sums: Record<MoneyPlace, number> = {
    order: 0,
    account: 0,
    claim: 0,
    returned: 0,
    unknown: 0,
  }
  for (const { place, amount } of heaps) sums[place] += amount
  return sums
}

const differencesIn = (
  money: Omit<MoneyOfSale, 'differences'>,
  rows: { booked: number; inBank: number },
): MoneyOfSale['differences'] => {
  const { sums, ledger, tendered, carried } = money
  const held: MoneyOfSale['differences'] = [
    { of: 'cash', rows: rows.booked, ledger: ledger.cash },
    { of: 'bank', rows: rows.inBank, ledger: ledger.bank },
    { of: 'order', rows: sums.order, ledger: ledger.order },
    { of: 'account', rows: sums.account, ledger: ledger.account },
    { of: 'claim', rows: sums.claim, ledger: ledger.claim },
    {
      of: 'sum',
      rows: tendered.total + carried.total,
      ledger: sum(moneyPlaces.map((place) => sums[place])),
    },
  ]
  return held.filter((it) => it.rows !== it.ledger)
}

/** The last state that says where the money is: a contradiction moves none. */
const settledState = ({ order, states }: Evidence): OrderState | null =>
  states.findLast(({ state }) => state !== 'SUSPECT')?.state ?? order?.state ?? null

const isDelivered = (state: OrderState | null): boolean =>
  state === 'LOADED' || state === 'METER_CREDITED'
const isBack = (state: OrderState | null): boolean =>
  state !== null && takenBackStates.includes(state)

/** What an order paid from the capital account took out of it. */
const accountTender = ({ order }: Evidence, { earlierBooks }: LedgerOfSale): number =>
  order?.funding === 'account' && earlierBooks === 0 ? order.tender : 0

const orderHeaps = (evidence: Evidence): MoneyHeap[] => {
  const { order, quote } = evidence
  const state = settledState(evidence)
  if (order === null || isBack(state)) return []
  const { order_number: number, tender } = order
  if (!isDelivered(state) || quote === null) {
    return [{ place: 'order', kind: 'pending', order: number, amount: tender }]
  }
  const parts = partsOf(quote)
  return [
    {
      place: 'order',
      kind: 'delivered',
      order: number,
      amount: tender - quote.residue,
      parts: parts.filter(({ amount }) => amount !== 0),
    },
  ]
}

type Parts = Extract<MoneyHeap, { kind: 'delivered' }>['parts']
const partsOf = (quote: PricedTender): Parts => {
  const { fee, fixed, arrears, vat, otherLevies, lines } = quote
  return [
    { of: 'energy', amount: sum(lines.map(({ exclusive }) => exclusive)) - vat.included },
    { of: 'VAT', amount: vat.amount + vat.included + fixed.vat },
    { of: 'fixed charges', amount: fixed.amount - fixed.vat },
    { of: 'arrears', amount: arrears.paid },
    { of: 'fees', amount: fee },
    { of: 'levies', amount: otherLevies },
  ]
}

type Claims = { open: number; inCash: number; toAccounts: number; ahead: number; booked: number }

/** `booked`: what went into suspense for them, and did not go back to the payer. */
const claimsIn = ({ claims }: Evidence): Claims => {
  const of = (isOne: (claim: Evidence['claims'][number]) => boolean): number =>
    sum(claims.filter(isOne).map(({ amount }) => amount ?? 0))
  const isPaid = ({ state }: Evidence['claims'][number]): boolean =>
    state === 'redeemed' || state === 'paid' || state === 'paid ahead'
  const paid = claims.filter(isPaid)
  const ahead = sum(
    paid.map(({ state, amount, covered }) =>
      state === 'paid ahead' ? (amount ?? 0) - covered : 0,
    ),
  )
  const open = of(({ state }) => state === 'open')
  return {
    open,
    inCash: of((claim) => isPaid(claim) && claim.customer === null),
    toAccounts: of((claim) => isPaid(claim) && claim.customer !== null),
    ahead,
    booked: open + of(isPaid) - ahead,
  }
}

/** What went to the customer without being in the order: rest, residue, what came back, notes and payments of no order. */
const keptForCustomer = (evidence: Evidence, { unpaidDelivery }: LedgerOfSale): number => {
  const { order, quote, notes, payments } = evidence
  const state = settledState(evidence)
  const homeless = [
    ...notes.filter(({ place }) => place !== 'order').map(({ value }) => value),
    ...payments
      .filter(({ place }) => place === 'account' || place === 'suspense')
      .map(({ amount }) => amount),
  ]
  if (order === null) return sum(homeless)
  const inOrder = sum(notes.filter(({ place }) => place === 'order').map(({ value }) => value))
  const rest = order.funding === 'cash' && inOrder > 0 ? inOrder - order.tender : 0
  const residue = isDelivered(state) ? (quote?.residue ?? 0) : 0
  const paid = payments.find(({ order_number }) => order_number === order.order_number)
  const movedOn = paid !== undefined && paid.place !== 'order'
  const back = isBack(state) ? (movedOn ? unpaidDelivery : order.tender) : 0
  return sum(homeless) + rest + residue + back
}

const accountHeaps = (
  evidence: Evidence,
  of: { ledger: LedgerOfSale; claims: Claims; seesCustomers: boolean },
): MoneyHeap[] => {
  const { ledger, claims, seesCustomers } = of
  const own = keptForCustomer(evidence, ledger) - claims.booked
  const { customer } = evidence
  const shown = customer === null ? null : shownNumber(customer.customer, seesCustomers)
  const redeemed = evidence.claims
    .filter(({ state, customer: to }) => to !== null && state !== 'open' && state !== 'given back')
    .map(({ customer: to, amount }): MoneyHeap => ({
      place: 'account',
      kind: 'account',
      customer: to === null ? null : shownNumber(to, seesCustomers),
      amount: amount ?? 0,
    }))
  return [{ place: 'account', kind: 'account', customer: shown, amount: own }, ...redeemed]
}
