// The states of an order and the only ways from one to another (power-card.md 8.5); every step is kept with its reason.
import type { OrderNumber, SaleId } from '../domain/identifiers.ts'
import { plusEnergy } from '../domain/energy.ts'
import type { OrderState, OrderSummary } from '../domain/order.ts'
import { next } from './counters.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

export type OrderRow = Tables['orders']

/**
 * Where a state may lead. SUSPECT is reachable from every state and left only in the office. Two ways are 9.1's, not
 * 8.5's: whatever the card says, what the meter has credited is delivered.
 */
const ways: Record<OrderState, readonly OrderState[]> = {
  QUOTED: ['FUNDED', 'EXPIRED'],
  FUNDED: ['AWAIT_WRITE', 'RETURNED_TO_ACCOUNT'],
  AWAIT_WRITE: ['LOADED', 'UNKNOWN', 'NOT_LOADED_RETRY', 'RETURNED_TO_ACCOUNT', 'SUSPECT'],
  UNKNOWN: ['LOADED', 'NOT_LOADED_RETRY', 'METER_CREDITED', 'SUSPECT'],
  NOT_LOADED_RETRY: ['AWAIT_WRITE', 'LOADED', 'METER_CREDITED', 'RETURNED_TO_ACCOUNT', 'SUSPECT'],
  LOADED: ['METER_CREDITED', 'UNDONE', 'SUSPECT'],
  METER_CREDITED: ['SUSPECT'],
  UNDONE: ['SUSPECT'],
  RETURNED_TO_ACCOUNT: ['SUSPECT'],
  EXPIRED: ['SUSPECT'],
  SUSPECT: [],
}

/** INV6: at most one order of a binding is in one of these. */
export const openStates: readonly OrderState[] = [
  'AWAIT_WRITE',
  'UNKNOWN',
  'NOT_LOADED_RETRY',
  'LOADED',
]

/** Not proven on the card and not decided. */
export const undecidedStates: readonly OrderState[] = ['AWAIT_WRITE', 'UNKNOWN', 'NOT_LOADED_RETRY']

/** The energy of these orders was not sold after all. */
export const takenBackStates: readonly OrderState[] = ['RETURNED_TO_ACCOUNT', 'UNDONE', 'EXPIRED']

/** Another state, with what changes in the row along with it. A way that 8.5 does not have is a bug, and throws. */
export const move = async (
  { work, now }: Pick<Turn, 'work' | 'now'>,
  order: OrderRow,
  to: { state: OrderState; why: string; also?: Partial<OrderRow> },
): Promise<OrderRow> => {
  if (!ways[order.state].includes(to.state)) {
    throw new Error(`order ${order.order_number} cannot go from ${order.state} to ${to.state}`)
  }
  const moved = { ...order, ...to.also, state: to.state }
  await work
    .updateTable('orders')
    .set({ ...to.also, state: to.state })
    .where('order_number', '=', order.order_number)
    .where('state', '=', order.state)
    .executeTakeFirstOrThrow()
  await note({ work, now }, order.order_number, to)
  return moved
}

/** Adds a line to the story of an order. */
export const note = async (
  { work, now }: Pick<Turn, 'work' | 'now'>,
  orderNumber: OrderNumber,
  of: { state: OrderState; why: string },
): Promise<void> => {
  const { steps } = await work
    .selectFrom('order_states')
    .select(({ fn }) => fn.countAll<number>().as('steps'))
    .where('order_number', '=', orderNumber)
    .executeTakeFirstOrThrow()
  await work
    .insertInto('order_states')
    .values({ order_number: orderNumber, step: steps + 1, state: of.state, at: now, why: of.why })
    .execute()
}

/**
 * The fence (8.6): from here on no script is released for the running attempt, and only a nonce younger than this proves
 * that the card does not carry the order. It stands until a new attempt: a younger one would only make good proofs old.
 */
export const fence = async (
  turn: Pick<Turn, 'work' | 'now'>,
  order: OrderRow,
): Promise<OrderRow> => {
  if (order.fence_sequence !== null) return order
  const marks = { fence_sequence: await next(turn.work, 'sequence'), fence_at: turn.now }
  await turn.work
    .updateTable('orders')
    .set(marks)
    .where('order_number', '=', order.order_number)
    .execute()
  return { ...order, ...marks }
}

/** Fenced; and UNKNOWN, if a script is out and nobody can say what became of it. The card or the meter decides. */
export const outcomeUnknown = async (
  turn: Pick<Turn, 'work' | 'now'>,
  order: OrderRow,
  why: string,
): Promise<OrderRow> => {
  const fenced = await fence(turn, order)
  return fenced.state === 'AWAIT_WRITE' && scriptIsOut(fenced)
    ? move(turn, fenced, { state: 'UNKNOWN', why })
    : fenced
}

export const orderOf = (
  { work }: Pick<Turn, 'work'>,
  orderNumber: OrderNumber,
): Promise<OrderRow | undefined> =>
  work.selectFrom('orders').selectAll().where('order_number', '=', orderNumber).executeTakeFirst()

export const orderOfSale = (
  { work }: Pick<Turn, 'work'>,
  sale: SaleId,
): Promise<OrderRow | undefined> =>
  work.selectFrom('orders').selectAll().where('sale', '=', sale).executeTakeFirst()

/** The open order of a binding, of which there is at most one (INV6). */
export const openOrderOf = (
  { work }: Pick<Turn, 'work'>,
  binding: string,
): Promise<OrderRow | undefined> =>
  work
    .selectFrom('orders')
    .selectAll()
    .where('binding', '=', binding)
    .where('state', 'in', openStates)
    .executeTakeFirst()

/** A script left the centre since the last proof, so the order may come onto the card at any moment. */
export const scriptIsOut = ({ state, scripts }: OrderRow): boolean =>
  state === 'UNKNOWN' || (state === 'AWAIT_WRITE' && scripts > 0)

export const summaryOf = (order: OrderRow): OrderSummary => ({
  orderNumber: order.order_number,
  saleId: order.sale,
  state: order.state,
  count: order.count,
  tender: order.tender,
  charged: order.charged,
  energy: plusEnergy(order.energy, order.free_energy),
})
