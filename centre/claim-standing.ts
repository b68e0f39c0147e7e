// What is known of the money of a sale that somebody asks about with its slip, wherever it is by now.
import { sql } from 'kysely'
import type { ReferenceNumber } from '../domain/claim.ts'
import {
  CustomerNumber,
  type KioskNumber,
  type OrderNumber,
  type SaleId,
} from '../domain/identifiers.ts'
import { minus, nothing, plus, type Minor } from '../domain/money.ts'
import { claimsOf, type ClaimRow } from './claim-book.ts'
import { takenBackStates } from './order-states.ts'
import type { Work } from './store.ts'

/** What became of the money of a sale, as whoever holds its slip has to know. */
export type ClaimStanding =
  | { kind: 'not known' }
  /** Two sales have this number: only the words on the slip tell them apart. */
  | { kind: 'more than one'; sales: SaleId[] }
  | ({ saleId: SaleId; kiosk: KioskNumber } & (
      | { kind: 'open'; amount: Minor; claims: ClaimRow[] }
      | { kind: 'settled'; amount: Minor; at: number; claims: ClaimRow[] }
      | { kind: 'in account'; amount: Minor; customer: CustomerNumber }
      | { kind: 'in a purchase'; orderNumber: OrderNumber; customer: CustomerNumber }
      /** It came by a payment, and that was reversed. */
      | { kind: 'back with the payer' }
      /** Its kiosk has not closed the sale yet. */
      | { kind: 'not reported' }
      /** The sale is closed, and no money of it was told of: a note that nobody could place. */
      | { kind: 'nothing booked' }
    ))

/** By the number on the slip, or by the sale where two slips have the same number. */
export const claimStanding = async (
  work: Work,
  asked: ReferenceNumber | SaleId,
): Promise<ClaimStanding> => {
  const sales = await work
    .selectFrom('sale_references')
    .select(['sale', 'kiosk'])
    .where((it) => it.or([it('reference', '=', asked), it(sql<string>`sale`, '=', asked)]))
    .execute()
  const [only, ...others] = sales
  if (only === undefined) return { kind: 'not known' }
  if (others.length > 0) return { kind: 'more than one', sales: sales.map(({ sale }) => sale) }
  return { saleId: only.sale, kiosk: only.kiosk, ...(await standingOfSale(work, only.sale)) }
}

type Found = ClaimStanding extends infer Each
  ? Each extends { saleId: SaleId }
    ? Omit<Each, 'saleId' | 'kiosk'>
    : never
  : never

const standingOfSale = async (work: Work, sale: SaleId): Promise<Found> => {
  const claims = await claimsOf(work, sale)
  const sumOf = (rows: readonly ClaimRow[]) =>
    plus(nothing, ...rows.map(({ amount }) => amount ?? nothing))
  const open = claims.filter(({ state }) => state === 'open')
  if (open.length > 0) return { kind: 'open', amount: sumOf(open), claims: open }
  const settled = claims.filter(({ state }) => settledStates.has(state))
  const last = settled.at(-1)
  if (last !== undefined) {
    const at = last.settled_at ?? last.made_at
    return { kind: 'settled', amount: sumOf(settled), at, claims: settled }
  }
  return (
    (await inAccountOrPurchase(work, sale)) ??
    (await backWithPayer(work, sale)) ??
    (await notBooked(work, sale))
  )
}

const settledStates = new Set<ClaimRow['state']>(['redeemed', 'paid', 'paid ahead'])

const inAccountOrPurchase = async (work: Work, sale: SaleId): Promise<Found | null> => {
  const order = await work
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .select(['order_number', 'orders.state', 'orders.tender', 'orders.funding', 'customer'])
    .where('sale', '=', sale)
    .executeTakeFirst()
  const isBack = order !== undefined && takenBackStates.includes(order.state)
  if (order !== undefined && !isBack) {
    return { kind: 'in a purchase', orderNumber: order.order_number, customer: order.customer }
  }
  const credited = await work
    .selectFrom('postings')
    .innerJoin('entries', 'entries.posting', 'postings.posting')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => ['accounts.owner', fn.sum<Minor>('entries.amount').as('sum')])
    .where('postings.sale', '=', sale)
    .where('accounts.kind', '=', 'customer account')
    // What went through on its way to the payer, and what was taken back for the payer, is not there.
    .where('postings.kind', '<>', 'order returned to payer')
    .where((it) =>
      it.or([it('entries.amount', '<', nothing), it('postings.kind', '=', 'payment given back')]),
    )
    .groupBy('accounts.owner')
    .having(({ fn }) => fn.sum<number>('entries.amount'), '<', 0)
    .executeTakeFirst()
  return credited === undefined
    ? null
    : {
        kind: 'in account',
        amount: minus(nothing, credited.sum),
        customer: CustomerNumber.parse(credited.owner),
      }
}

const backWithPayer = async (work: Work, sale: SaleId): Promise<Found | null> => {
  const payment = await work
    .selectFrom('payments')
    .select('payment')
    .where('sale', '=', sale)
    // Given back by way of an order, or never in any place of the books at all.
    .where((it) => it.or([it('place', '=', 'payer'), it('ended', '=', 'reversed')]))
    .executeTakeFirst()
  return payment === undefined ? null : { kind: 'back with the payer' }
}

const notBooked = async (work: Work, sale: SaleId): Promise<Found> => {
  const closed = await work
    .selectFrom('closed_sales')
    .select('sale')
    .where('sale', '=', sale)
    .executeTakeFirst()
  return { kind: closed === undefined ? 'not reported' : 'nothing booked' }
}
