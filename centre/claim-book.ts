// Claims in the books: opened with the money they are for, and settled once.
import type { CustomerNumber, KioskNumber, OrderNumber, SaleId } from '../domain/identifiers.ts'
import { least, minus, nothing, plus, type Minor } from '../domain/money.ts'
import { referenceDigits } from '../domain/reference.ts'
import { post } from './books.ts'
import { next } from './counters.ts'
import { claimSettled, type Posting } from './ledger.ts'
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

/** Writes a posting; what it puts into suspense is claimed from here on. `kiosk`: where its sale was. */
export const postClaimed = async (
  desk: Desk,
  { booked, kiosk }: { booked: Posting; kiosk: KioskNumber },
): Promise<number> => {
  const posting = await post(desk.work, { ...booked, at: desk.now })
  const amount = minus(
    nothing,
    plus(
      nothing,
      ...booked.entries.filter((it) => it.account.kind === 'suspense').map((it) => it.amount),
    ),
  )
  if (booked.saleId !== null && amount > nothing) {
    await openClaim(desk, { saleId: booked.saleId, kiosk, amount, posting })
  }
  return posting
}

/** Money was booked into suspense: first they make up for what was paid ahead, the rest is claimed. */
const openClaim = async (
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

/** Open claims for money that postings of this order have put into suspense. */
export const openClaimsOf = (
  { work }: Pick<Desk, 'work'>,
  order: OrderNumber,
): Promise<ClaimRow[]> =>
  work
    .selectFrom('claims')
    .innerJoin('postings', 'postings.posting', 'claims.booked_by')
    .selectAll('claims')
    .where('postings.order_number', '=', order)
    .where('state', '=', 'open')
    .orderBy('claim')
    .execute()

/** Their money went back to whoever paid it, by this posting: nobody is owed it any more. */
export const giveBackClaims = async (
  { work, now }: Desk,
  claims: readonly ClaimRow[],
  posting: number,
): Promise<void> => {
  for (const { claim } of claims) {
    await work
      .updateTable('claims')
      .set({ state: 'given back', settled_at: now, settled_by: posting })
      .where('claim', '=', claim)
      .execute()
  }
}

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
