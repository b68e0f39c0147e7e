// The end of a sale in which money moved: fenced, and every note of it in exactly one place.
import type { z } from 'zod'
import type { Answered, ClosingRequest } from '../domain/centre-messages.ts'
import type { CustomerNumber } from '../domain/identifiers.ts'
import { nothing, plus } from '../domain/money.ts'
import { shownBalance, post } from './books.ts'
import { awaitNoMore, openClaim, paidAhead, rememberSale } from './claim-book.ts'
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
import { answered, type Outcome } from './outcome.ts'
import { returnToAccount } from './settling.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof ClosingRequest>

/**
 * Sum of the notes = money in the order (with its own remainder) + toAccount + toSuspense. A second closing of the same
 * sale books only what the first did not know.
 */
export const closing = async (turn: Turn, asked: Asked): Promise<Outcome<Answered<'closing'>>> => {
  const problem = await notesProblem(turn, asked, asked.notes)
  if (problem !== null) return problem
  await markClosed(turn, asked)
  const order = await settleOrder(turn, asked)
  await fenceOthers(turn, asked)
  await rememberSale(turn, { saleId: asked.saleId, kiosk: turn.kiosk })
  // Who was paid ahead at the office has the money: what now comes in makes up for it, whoever's account is known.
  const ahead = await paidAhead(turn.work, asked.saleId)
  const customer = ahead > nothing ? null : await customerOf(turn, asked, order)
  const notes = await newNotes(turn, asked.notes)
  const amount = plus(nothing, ...notes.map(({ value }) => value))
  if (amount > nothing) {
    const booking = notesBooked({ saleId: asked.saleId, kiosk: turn.kiosk, amount, customer })
    const posting = await post(turn.work, { ...booking, at: turn.now })
    const place = customer === null ? 'suspense' : 'account'
    await keepNotes(turn, { saleId: asked.saleId, notes, place, posting })
    if (customer === null) {
      await openClaim(turn, { saleId: asked.saleId, kiosk: turn.kiosk, amount, posting })
    } else await awaitNoMore(turn, asked.saleId)
  }
  return answered({
    order: order === undefined ? null : summaryOf(order),
    toAccount: customer === null ? nothing : amount,
    toSuspense: customer === null ? amount : nothing,
    balance: customer === null ? null : await shownBalance(turn.work, customer),
  })
}

/** The tombstone: an order of this sale that comes later is refused (domain.md 9.1). */
const markClosed = async ({ work, now, kiosk }: Turn, { saleId }: Asked): Promise<void> => {
  await work
    .insertInto('closed_sales')
    .values({ sale: saleId, kiosk, closed_at: now })
    .onConflict((it) => it.column('sale').doNothing())
    .execute()
}

/** No script released: the fence alone is enough to return the money (8.6). A script out: the card decides. */
const settleOrder = async (turn: Turn, { saleId }: Asked): Promise<OrderRow | undefined> => {
  const order = await orderOfSale(turn, saleId)
  if (order === undefined || order.state !== 'AWAIT_WRITE') return order
  return scriptIsOut(order)
    ? outcomeUnknown(turn, order, 'the kiosk closed the sale without a proof')
    : returnToAccount(turn, order, 'no script was released before the sale was closed')
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
    .execute()
  for (const order of orders) await outcomeUnknown(turn, order, 'the kiosk closed the sale')
}

/** Whose money it is: the order says it, else the card that was proven genuine in this insertion; else nobody can say. */
const customerOf = async (
  turn: Turn,
  { insertionId }: Asked,
  order: OrderRow | undefined,
): Promise<CustomerNumber | null> => {
  const insertion = insertionId === null ? undefined : await insertionOf(turn, insertionId)
  const inserted = insertion?.kiosk === turn.kiosk ? insertion.binding : null
  const binding = order?.binding ?? inserted
  if (binding === null) return null
  const { customer } = await turn.work
    .selectFrom('bindings')
    .select('customer')
    .where('binding', '=', binding)
    .executeTakeFirstOrThrow()
  return customer
}
