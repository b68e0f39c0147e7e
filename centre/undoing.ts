// How far the taking back of a load has come: the session it needs, and whether it is out or decided (power-card.md 8.3).
import { fromHex } from '../domain/power-card/bytes.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import type { OrderRow } from './order-states.ts'
import type { Turn } from './turn.ts'

/** What the card carried before: EF02 of the look that its script was made from. */
export const imageBefore = async ({ work }: Pick<Turn, 'work'>, look: number): Promise<string> =>
  (await work.selectFrom('looks').select('ef02').where('look', '=', look).executeTakeFirstOrThrow())
    .ef02

export const loadOf = ({ work }: Pick<Turn, 'work'>, { order_number }: OrderRow) =>
  work.selectFrom('loads').selectAll().where('order_number', '=', order_number).executeTakeFirst()

/** The undo of an order, released and perhaps decided; there is at most one. */
export const undoOf = (
  { work }: Pick<Turn, 'work'>,
  { order_number }: Pick<OrderRow, 'order_number'>,
) =>
  work.selectFrom('undos').selectAll().where('order_number', '=', order_number).executeTakeFirst()

/**
 * An undo that is out and not decided: what the card carried before, since when the load is proven, and whether another
 * card of the binding was issued with the same order meanwhile (12.2).
 */
export type Undoing = {
  previous: { count: number; order: string }
  loaded: number
  issuedAgain: boolean
}

export const undoingOf = async (
  turn: Pick<Turn, 'work'>,
  order: OrderRow,
): Promise<Undoing | null> => {
  if (order.state !== 'LOADED' || order.loaded_sequence === null) return null
  const undone = await undoOf(turn, order)
  if (undone === undefined || undone.decided_at !== null) return null
  const { look } = await turn.work
    .selectFrom('scripts')
    .select('look')
    .where('order_number', '=', order.order_number)
    .orderBy('attempt', 'desc')
    .executeTakeFirstOrThrow()
  if (look === null) throw new Error(`order ${order.order_number} is undone without a look`)
  const { count, orderNumber } = readPurchase(fromHex(await imageBefore(turn, look)))
  const replacement = await turn.work
    .selectFrom('cards')
    .select('serial')
    .where('binding', '=', order.binding)
    .where('serial', '<>', order.serial)
    .where('order_number', '=', order.order_number)
    .executeTakeFirst()
  return {
    previous: { count, order: orderNumber },
    loaded: order.loaded_sequence,
    issuedAgain: replacement !== undefined,
  }
}

/** Another challenge, a SELECT or a reset: the session is gone, and with it every undo (8.3). */
export const sessionIsOver = async (
  { work }: Pick<Turn, 'work'>,
  { order_number }: Pick<OrderRow, 'order_number'>,
): Promise<void> => {
  await work
    .updateTable('loads')
    .set({ session_open: 0 })
    .where('order_number', '=', order_number)
    .execute()
}

/** True when an undo was out until now: the card, or its meter, has shown how it ended. */
export const undoDecided = async (
  turn: Pick<Turn, 'work' | 'now'>,
  { order_number }: Pick<OrderRow, 'order_number'>,
): Promise<boolean> => {
  const { numUpdatedRows } = await turn.work
    .updateTable('undos')
    .set({ decided_at: turn.now })
    .where('order_number', '=', order_number)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
