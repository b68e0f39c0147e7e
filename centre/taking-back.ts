// The card shows that a load was taken back: the order is undone, and everything it booked is booked back (power-card.md 8.3).
import { postClaimed } from './claim-book.ts'
import { next } from './counters.ts'
import { orderUndone } from './ledger.ts'
import { move, type OrderRow } from './order-states.ts'
import { inBooks } from './orders-in-books.ts'
import { settleReversal } from './payment-settling.ts'
import { cardCarries } from './settling.ts'
import type { Turn } from './turn.ts'
import { loadOf, undoDecided } from './undoing.ts'

/** Proven by RB: the card carries what it did before. The whole order goes to the account, and its count is free again. */
export const takeBack = async (
  turn: Turn,
  order: OrderRow,
  on: { serial: OrderRow['serial']; carries: { count: number; order: OrderRow['order_number'] } },
): Promise<OrderRow> => {
  await undoDecided(turn, order)
  const undone = await move(turn, order, {
    state: 'UNDONE',
    why: 'the card carries the purchase before it',
  })
  await postClaimed(turn, { booked: orderUndone(await inBooks(turn, undone)), kiosk: order.kiosk })
  await settleReversal(turn, undone)
  await chargesBefore(turn, undone)
  await cardCarries(turn, {
    serial: on.serial,
    count: on.carries.count,
    order_number: on.carries.order,
    sequence: await next(turn.work, 'sequence'),
  })
  return undone
}

/** Fixed charges and free units are due as they were. Prices that travelled are on the card for good. */
const chargesBefore = async (turn: Turn, order: OrderRow): Promise<void> => {
  const load = await loadOf(turn, order)
  if (load === undefined) throw new Error(`order ${order.order_number} was never loaded`)
  const { charged_through, charges_unpaid, free_units_given } = load
  await turn.work
    .updateTable('bindings')
    .set({ charged_through, charges_unpaid, free_units_given })
    .where('binding', '=', order.binding)
    .execute()
}
