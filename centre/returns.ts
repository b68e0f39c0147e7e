// An order that is proven not on the card goes back to the account, at the customer's wish (power-card.md 9.1).
import type { z } from 'zod'
import type { Answered, ReturnRequest } from '../domain/centre-messages.ts'
import { accountBalance } from './books.ts'
import { concerns, notTheirs } from './insertions.ts'
import { orderOf, summaryOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { returnToAccount } from './settling.ts'
import type { Turn } from './turn.ts'

export const returnOrder = async (
  turn: Turn,
  asked: z.infer<typeof ReturnRequest>,
): Promise<Outcome<Answered<'return'>>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  if (!(await concerns(turn, order))) return notTheirs
  // Asked for twice under two ids: it is in the account, and stays there once.
  if (order.state === 'RETURNED_TO_ACCOUNT') return returned(turn, order)
  if (!(await mayReturn(turn, order))) return answered({ kind: 'refused', state: order.state })
  return returned(turn, await returnToAccount(turn, order, 'returned at the wish of the customer'))
}

/**
 * INV4: nothing goes back while the card could still carry the order. Proven not loaded, or no script ever left (the
 * fence alone is enough then). Of a lost card's order only the meter can tell (12.2).
 */
export const mayReturn = async ({ work }: Turn, order: OrderRow): Promise<boolean> => {
  const isOff =
    order.state === 'NOT_LOADED_RETRY' || (order.state === 'AWAIT_WRITE' && order.scripts === 0)
  if (!isOff) return false
  if (order.scripts === 0) return true
  const { status } = await work
    .selectFrom('cards')
    .select('status')
    .where('serial', '=', order.serial)
    .executeTakeFirstOrThrow()
  return status === 'in use'
}

const returned = async (turn: Turn, order: OrderRow): Promise<Outcome<Answered<'return'>>> => {
  const { customer } = await turn.work
    .selectFrom('bindings')
    .select('customer')
    .where('binding', '=', order.binding)
    .executeTakeFirstOrThrow()
  return answered({
    kind: 'returned',
    order: summaryOf(order),
    balance: await accountBalance(turn.work, customer),
  })
}
