// The end of a sale in which money moved: fenced, and every note and kept payment of it in exactly one place.
import type { z } from 'zod'
import type { Answered, ClosingRequest } from '../domain/centre-messages.ts'
import type { CustomerNumber } from '../domain/identifiers.ts'
import { minus, nothing, plus, type Minor } from '../domain/money.ts'
import { hasAccount, shownBalance } from './books.ts'
import { awaitNoMore, paidAhead, postClaimed, rememberSale } from './claim-book.ts'
import { insertionOf } from './insertions.ts'
import { notesBooked } from './ledger.ts'
import { keepNotes, newNotes, notesProblem } from './notes.ts'
import {
  orderOfSale,
  outcomeUnknown,
  scriptIsOut,
  summaryOf,
  type OrderRow,
} from './order-states.ts'
import { customerOf as ownerOf } from './orders-in-books.ts'
import { answered, type Outcome } from './outcome.ts'
import { bookKept, settleReversal } from './payment-settling.ts'
import { keepEnds, paymentOf, paymentsProblem, type PaymentRow } from './payments.ts'
import { returnIfReversed, returnToAccount } from './settling.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof ClosingRequest>

/**
 * Sum of the notes and of the kept payments = money in the order (with its own remainder) + toAccount + toSuspense. A second
 * closing of the same sale books only what the first did not know.
 */
export const closing = async (turn: Turn, asked: Asked): Promise<Outcome<Answered<'closing'>>> => {
  const problem =
    (await notesProblem(turn, asked, asked.notes)) ??
    (await paymentsProblem(turn, asked, asked.payments ?? []))
  if (problem !== null) return problem
  const isFirst = await markClosed(turn, asked)
  const payments = await keepEnds(turn, asked, asked.payments ?? [])
  const order = await settleOrder(turn, asked)
  await fenceOthers(turn, asked)
  await rememberSale(turn, { saleId: asked.saleId, kiosk: turn.kiosk })
  // Who was paid ahead at the office has the money: what now comes in makes up for it, whoever's account is known.
  const ahead = await paidAhead(turn.work, asked.saleId)
  const customer = ahead > nothing ? null : await customerOf(turn, asked, order)
  const amount = await bookHomeless(turn, { asked, payments, customer })
  if (amount > nothing && customer !== null) await awaitNoMore(turn, asked.saleId)
  const remainder =
    isFirst && order !== undefined ? await remainderInSuspense(turn, order) : nothing
  return answered({
    order: order === undefined ? null : summaryOf(order),
    toAccount: customer === null ? nothing : amount,
    toSuspense: plus(remainder, customer === null ? amount : nothing),
    balance: customer === null ? null : await shownBalance(turn.work, customer),
  })
}

/** Notes and kept payments that are in no order yet: to the account, or in suspense. Gives their sum. */
const bookHomeless = async (
  turn: Turn,
  of: { asked: Asked; payments: readonly PaymentRow[]; customer: CustomerNumber | null },
): Promise<Minor> => {
  const { asked, payments, customer } = of
  const { saleId } = asked
  const { kiosk } = turn
  const notes = await newNotes(turn, asked.notes)
  let sum = plus(nothing, ...notes.map(({ value }) => value))
  if (sum > nothing) {
    const booked = notesBooked({ saleId, kiosk, amount: sum, customer })
    const posting = await postClaimed(turn, { booked, kiosk })
    const place = customer === null ? 'suspense' : 'account'
    await keepNotes(turn, { saleId, notes, place, posting })
  }
  for (const { payment } of payments) {
    // As it is after the order was settled: it may have gone to the payer with it.
    const now = await paymentOf(turn, payment)
    if (now !== undefined) sum = plus(sum, await bookKept(turn, now, customer))
  }
  return sum
}

/** What the notes of an order exceed it by, where there is no account it could have gone to. */
const remainderInSuspense = async (turn: Turn, order: OrderRow): Promise<Minor> => {
  if (order.funding !== 'cash' || (await hasAccount(turn.work, await ownerOf(turn, order)))) {
    return nothing
  }
  const { sum } = await turn.work
    .selectFrom('notes')
    .select(({ fn }) => fn.sum<Minor | null>('value').as('sum'))
    .where('sale', '=', order.sale)
    .where('place', '=', 'order')
    .executeTakeFirstOrThrow()
  return minus(sum ?? nothing, order.tender)
}

/** The tombstone: an order of this sale that comes later is refused (domain.md 9.1). False when it stood already. */
const markClosed = async ({ work, now, kiosk }: Turn, { saleId }: Asked): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await work
    .insertInto('closed_sales')
    .values({ sale: saleId, kiosk, closed_at: now })
    .onConflict((it) => it.column('sale').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/**
 * No script released: the fence alone is enough to return the money (8.6). A script out: the card decides. An order whose
 * payment was reversed, as this closing may have told, is settled with it wherever it is.
 */
const settleOrder = async (turn: Turn, { saleId }: Asked): Promise<OrderRow | undefined> => {
  const order = await orderOfSale(turn, saleId)
  if (order === undefined) return undefined
  if (order.state === 'NOT_LOADED_RETRY') return returnIfReversed(turn, order)
  if (order.state !== 'AWAIT_WRITE') {
    await settleReversal(turn, order)
    return order
  }
  if (scriptIsOut(order)) {
    return outcomeUnknown(turn, order, 'the kiosk closed the sale without a proof')
  }
  const why = 'no script was released before the sale was closed'
  return returnToAccount(turn, order, { why })
}

/** An older order that this sale tried to finish: its script is fenced too. */
const fenceOthers = async (turn: Turn, { saleId }: Asked): Promise<void> => {
  const orders = await turn.work
    .selectFrom('orders')
    .selectAll()
    .where('state', '=', 'AWAIT_WRITE')
    .where('scripts', '>', 0)
    .where('order_number', 'in', (it) =>
      it.selectFrom('scripts').select('order_number').where('sale', '=', saleId),
    )
    .orderBy('order_number')
    .execute()
  for (const order of orders) await outcomeUnknown(turn, order, 'the kiosk closed the sale')
}

/**
 * Whose account it goes to: the order says it, else the card that was proven genuine in this insertion; else nobody can say,
 * as where the customer has no account.
 */
const customerOf = async (
  turn: Turn,
  { insertionId }: Asked,
  order: OrderRow | undefined,
): Promise<CustomerNumber | null> => {
  const insertion = insertionId === null ? undefined : await insertionOf(turn, insertionId)
  const inserted = insertion?.kiosk === turn.kiosk ? insertion.binding : null
  const binding = order?.binding ?? inserted
  if (binding === null) return null
  const customer = await ownerOf(turn, { binding })
  return (await hasAccount(turn.work, customer)) ? customer : null
}
