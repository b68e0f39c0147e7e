// Claims in the books: opened with the notes they are for, settled once, and what is known of a sale somebody asks about.
import {
  CustomerNumber,
  type KioskNumber,
  type OrderNumber,
  type SaleId,
} from '../domain/identifiers.ts'
import { sql } from 'kysely'
import type { ReferenceNumber } from '../domain/claim.ts'
import { least, minus, nothing, plus, type Minor } from '../domain/money.ts'
import { referenceDigits } from '../domain/reference.ts'
import { post } from './books.ts'
import { next } from './counters.ts'
import { claimSettled } from './ledger.ts'
import type { Reading, Work } from './store.ts'
import type { Tables } from './tables.ts'

export type ClaimRow = Tables['claims']

/** The transaction and its moment: all that the books of claims need, at a kiosk's message and in the office alike. */
export type Desk = { work: Work; now: number }

/** From here on the sale can be asked about by the number on its slip. */
export const rememberSale = async (
  { work }: Pick<Desk, 'work'>,
  { saleId, kiosk }: { saleId: SaleId; kiosk: KioskNumber },
): Promise<void> => {
  await work
    .insertInto('sale_references')
    .values({ sale: saleId, reference: referenceDigits(saleId), kiosk })
    .onConflict((it) => it.column('sale').doNothing())
    .execute()
}

export const claimsOf = (books: Reading | Work, sale: SaleId): Promise<ClaimRow[]> =>
  books.selectFrom('claims').selectAll().where('sale', '=', sale).orderBy('claim').execute()

/** What the office has paid out for this sale and no note has come in for yet. */
export const paidAhead = async (work: Work, sale: SaleId): Promise<Minor> =>
  plus(
    nothing,
    ...(await claimsOf(work, sale))
      .filter(({ state }) => state === 'paid ahead')
      .map(({ amount, covered }) => minus(amount ?? nothing, covered)),
  )

/** Notes were booked into suspense: first they make up for what was paid ahead, the rest is claimed. */
export const openClaim = async (
  desk: Desk,
  of: { saleId: SaleId; kiosk: KioskNumber; amount: Minor; posting: number },
): Promise<void> => {
  const { work, now } = desk
  const { saleId, kiosk, posting } = of
  const known = await claimsOf(work, saleId)
  let left = of.amount
  for (const ahead of known.filter(({ state }) => state === 'paid ahead')) {
    const amount = ahead.amount ?? nothing
    const part = least(left, minus(amount, ahead.covered))
    const covered = plus(ahead.covered, part)
    left = minus(left, part)
    await work
      .updateTable('claims')
      .set({ covered, state: covered === amount ? 'paid' : 'paid ahead' })
      .where('claim', '=', ahead.claim)
      .execute()
  }
  if (left === nothing) return
  const row = { amount: left, state: 'open' as const, booked_by: posting }
  const awaited = known.find(({ state }) => state === 'awaiting the kiosk')
  if (awaited !== undefined) {
    await work.updateTable('claims').set(row).where('claim', '=', awaited.claim).execute()
    return
  }
  await work
    .insertInto('claims')
    .values({
      ...unsettled,
      ...row,
      claim: await next(work, 'claim'),
      sale: saleId,
      kiosk,
      made_at: now,
    })
    .execute()
}

/** The money has found an account: whoever asks with the slip is told so, and there is nothing to pay. */
export const awaitNoMore = async ({ work }: Pick<Desk, 'work'>, sale: SaleId): Promise<void> => {
  await work
    .deleteFrom('claims')
    .where('sale', '=', sale)
    .where('state', '=', 'awaiting the kiosk')
    .execute()
}

export const unsettled = {
  covered: nothing,
  booked_by: null,
  settled_at: null,
  settled_by: null,
  customer: null,
  persons: null,
} satisfies Partial<ClaimRow>

export type Receiver = { kind: 'account'; customer: CustomerNumber } | { kind: 'cash' }

/**
 * Takes every open claim of the sale out of suspense, in one posting, and says how much it was. Throws, and so undoes the
 * whole transaction, when one of them was settled meanwhile.
 */
export const settleClaims = async (
  { work, now }: Desk,
  of: {
    saleId: SaleId
    claims: readonly ClaimRow[]
    to: Receiver
    /** Null at a kiosk. */
    persons: readonly [string, string] | null
  },
): Promise<Minor> => {
  const { saleId, claims, to, persons } = of
  const amount = plus(nothing, ...claims.map((claim) => claim.amount ?? nothing))
  const by = persons === null ? 'kiosk' : 'office'
  const booked = claimSettled({ saleId, amount, to, by })
  const posting = await post(work, { ...booked, at: now })
  for (const { claim } of claims) {
    const { numUpdatedRows } = await work
      .updateTable('claims')
      .set({
        state: by === 'kiosk' ? 'redeemed' : 'paid',
        settled_at: now,
        settled_by: posting,
        customer: to.kind === 'account' ? to.customer : null,
        persons: persons === null ? null : JSON.stringify(persons),
      })
      .where('claim', '=', claim)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) throw new Error(`claim ${claim} is not open`)
  }
  return amount
}

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
  const settled = claims.filter(({ state }) => state !== 'awaiting the kiosk')
  const last = settled.at(-1)
  if (last !== undefined) {
    const at = last.settled_at ?? last.made_at
    return { kind: 'settled', amount: sumOf(settled), at, claims: settled }
  }
  return (await inAccountOrPurchase(work, sale)) ?? (await notBooked(work, sale))
}

const inAccountOrPurchase = async (work: Work, sale: SaleId): Promise<Found | null> => {
  const order = await work
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .select(['order_number', 'orders.state', 'orders.tender', 'orders.funding', 'customer'])
    .where('sale', '=', sale)
    .executeTakeFirst()
  const isBack = order !== undefined && backStates.has(order.state)
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
    .where('entries.amount', '<', nothing)
    .groupBy('accounts.owner')
    .executeTakeFirst()
  return credited === undefined
    ? null
    : {
        kind: 'in account',
        amount: minus(nothing, credited.sum),
        customer: CustomerNumber.parse(credited.owner),
      }
}

const backStates = new Set(['RETURNED_TO_ACCOUNT', 'UNDONE', 'EXPIRED'])

const notBooked = async (work: Work, sale: SaleId): Promise<Found> => {
  const closed = await work
    .selectFrom('closed_sales')
    .select('sale')
    .where('sale', '=', sale)
    .executeTakeFirst()
  return { kind: closed === undefined ? 'not reported' : 'nothing booked' }
}
