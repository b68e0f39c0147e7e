// Evidence becomes state and books: loaded, credited by the meter, returned, or suspect (power-card.md 8.5, 9.1).
import { raise } from './alarms.ts'
import { postClaimed } from './claim-book.ts'
import { next } from './counters.ts'
import { chargesAfter, type BindingRow } from './dues.ts'
import { orderLoaded, orderReturned, orderReturnedToPayer } from './ledger.ts'
import { fence, move, openStates, outcomeUnknown, type OrderRow } from './order-states.ts'
import { inBooks, quoteOf } from './orders-in-books.ts'
import { settleReversal } from './payment-settling.ts'
import { isReversed, paymentOfOrder, placePayment } from './payments.ts'
import type { Reading, Work } from './store.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'
import { undoDecided } from './undoing.ts'

export type CardRow = Tables['cards']

/** The order is proven on a card: booked as the quote said, and C of that card is its count now. */
export const load = async (
  turn: Turn,
  order: OrderRow,
  on: { serial: CardRow['serial']; why: string; sessionOpen: boolean },
): Promise<OrderRow> => {
  const sequence = await next(turn.work, 'sequence')
  const loaded = await move(turn, order, {
    state: 'LOADED',
    why: on.why,
    also: { loaded_sequence: sequence, loaded_at: turn.now },
  })
  await keepLoad(turn, loaded, on)
  await bookDelivery(turn, loaded)
  const { count, order_number } = loaded
  await cardCarries(turn, { serial: on.serial, count, order_number, sequence })
  return loaded
}

/** What the delivery changes in its binding, as it is before: an undo puts it back (8.3). */
const keepLoad = async (
  { work }: Turn,
  { order_number, binding }: OrderRow,
  { sessionOpen }: { sessionOpen: boolean },
): Promise<void> => {
  const before = await work
    .selectFrom('bindings')
    .select(['charged_through', 'charges_unpaid', 'free_units_given'])
    .where('binding', '=', binding)
    .executeTakeFirstOrThrow()
  await work
    .insertInto('loads')
    .values({ order_number, session_open: sessionOpen ? 1 : 0, ...before })
    .execute()
}

/** C and the order at C of a card, as of `sequence`. */
export const cardCarries = async (
  { work }: Turn,
  of: Pick<OrderRow, 'serial' | 'count' | 'order_number'> & { sequence: number },
): Promise<void> => {
  const { serial, count, order_number, sequence } = of
  await work
    .updateTable('cards')
    .set({ count, order_number, sequence })
    .where('serial', '=', serial)
    .execute()
}

/**
 * The meter has credited everything up to this count: B moves, and open orders at or below it are delivered, whatever
 * the card says (9.1). Returns the orders whose outcome was open until now.
 */
export const creditedByMeter = async (
  turn: Turn,
  binding: BindingRow,
  count: number,
): Promise<OrderRow[]> => {
  if (count <= binding.credited) return []
  await turn.work
    .updateTable('bindings')
    .set({ credited: count })
    .where('binding', '=', binding.binding)
    .execute()
  const orders = await turn.work
    .selectFrom('orders')
    .selectAll()
    .where('binding', '=', binding.binding)
    .where('count', '<=', count)
    .where('state', 'in', openStates)
    .orderBy('count')
    .execute()
  const settled: OrderRow[] = []
  for (const order of orders) {
    const credited = await credit(turn, order)
    const wasOpen = order.state !== 'LOADED' || (await undoDecided(turn, order))
    if (wasOpen && credited.state === 'METER_CREDITED') settled.push(credited)
  }
  return settled
}

const credit = async (turn: Turn, order: OrderRow): Promise<OrderRow> => {
  const why = 'the meter has credited it'
  if (order.state === 'LOADED') return move(turn, order, { state: 'METER_CREDITED', why })
  // No script ever left, so nobody could have brought it to a card, let alone to the meter.
  if (order.scripts === 0) {
    await suspect(turn, { order, why: 'credited by the meter without a script', evidence: {} })
    return { ...order, state: 'SUSPECT' }
  }
  const known = await outcomeUnknown(turn, order, 'no report')
  const credited = await move(turn, known, { state: 'METER_CREDITED', why })
  await bookDelivery(turn, credited)
  return credited
}

/**
 * INV4: nothing goes back while a card could still bring the order to the meter. Proven not loaded, or no script ever
 * left (the fence alone is enough then). A lost card can, until its successor has been in the meter (12.2).
 */
export const mayReturn = async (
  { work }: { work: Reading | Work },
  order: OrderRow,
): Promise<boolean> => {
  const isOff =
    order.state === 'NOT_LOADED_RETRY' || (order.state === 'AWAIT_WRITE' && order.scripts === 0)
  if (!isOff) return false
  if (order.scripts === 0) return true
  const { serial, in_meter } = await work
    .selectFrom('cards')
    .select(['serial', 'in_meter'])
    .where('binding', '=', order.binding)
    .where('status', '=', 'in use')
    .executeTakeFirstOrThrow()
  return serial === order.serial || in_meter === 1
}

/**
 * The whole order goes to the customer's account, never out as cash; and from there to the payer, where its payment was or
 * is going to be reversed. Its count is free again (INV2).
 */
export const returnToAccount = async (
  turn: Pick<Turn, 'work' | 'now'>,
  order: OrderRow,
  { why, toPayer = false }: { why: string; toPayer?: boolean },
): Promise<OrderRow> => {
  const fenced = await fence(turn, order)
  const returned = await move(turn, fenced, { state: 'RETURNED_TO_ACCOUNT', why })
  const known = await inBooks(turn, returned)
  const payment = await paymentOfOrder(turn, order)
  if (payment !== undefined && (toPayer || payment.ended === 'reversed')) {
    const booked = orderReturnedToPayer(known, payment.kiosk)
    const posting = await postClaimed(turn, { booked, kiosk: order.kiosk })
    await placePayment(turn, payment, { place: 'payer', posting })
    return returned
  }
  await postClaimed(turn, { booked: orderReturned(known), kiosk: order.kiosk })
  return returned
}

/** Nobody pays for it any more: as soon as it may go back, it does. Else as it is. */
export const returnIfReversed = async (turn: Turn, order: OrderRow): Promise<OrderRow> =>
  (await isReversed(turn, order)) && (await mayReturn(turn, order))
    ? returnToAccount(turn, order, { why: 'its payment was reversed', toPayer: true })
    : order

/**
 * The card and the books contradict each other: the orders concerned are SUSPECT, nothing is sold to the binding until
 * two persons in the office have decided, and what was seen is kept. No money moves.
 */
export const suspect = async (
  turn: Turn,
  of: {
    why: string
    evidence: Record<string, unknown>
    order?: OrderRow | undefined
    also?: OrderRow | undefined
    binding?: string
    serial?: CardRow['serial']
  },
): Promise<void> => {
  const binding = of.order?.binding ?? of.binding
  for (const order of [of.order, of.also]) {
    if (order === undefined || order.state === 'SUSPECT') continue
    await move(turn, order, { state: 'SUSPECT', why: of.why })
  }
  if (binding !== undefined) {
    await turn.work
      .updateTable('bindings')
      .set({ inquiry: of.why })
      .where('binding', '=', binding)
      .where('inquiry', 'is', null)
      .execute()
  }
  const serial = of.order?.serial ?? of.serial
  await raise(turn.work, {
    kind: 'card against books',
    at: turn.now,
    kiosk: turn.kiosk,
    ...(serial === undefined ? {} : { serial }),
    ...(binding === undefined ? {} : { binding }),
    ...(of.order === undefined ? {} : { orderNumber: of.order.order_number }),
    evidence: { why: of.why, ...of.evidence },
  })
}

/** The credit side of an order, and what it leaves of the charges that were due with it. */
const bookDelivery = async (turn: Turn, order: OrderRow): Promise<void> => {
  const { quote, fixedDue } = await quoteOf(turn, order)
  await postClaimed(turn, { booked: orderLoaded(await inBooks(turn, order)), kiosk: order.kiosk })
  await settleReversal(turn, order)
  const { charged_through } = await turn.work
    .selectFrom('bindings')
    .select('charged_through')
    .where('binding', '=', order.binding)
    .executeTakeFirstOrThrow()
  const { prices } =
    (await turn.work
      .selectFrom('scripts')
      .select('prices')
      .where('order_number', '=', order.order_number)
      .orderBy('attempt', 'desc')
      .executeTakeFirst()) ?? {}
  await turn.work
    .updateTable('bindings')
    .set({
      ...chargesAfter({
        chargedThrough: charged_through,
        businessDay: order.business_day,
        fixedDue,
        fixedPaid: quote.fixed.amount,
        freeUnits: order.free_energy,
      }),
      ...(typeof prices === 'string' ? { prices_sent: prices } : {}),
    })
    .where('binding', '=', order.binding)
    .execute()
}
