// An order that is proven not on the card goes back to the account, at the customer's wish (power-card.md 9.1).
import type { z } from 'zod'
import type { Answered, ReturnRequest } from '../domain/centre-messages.ts'
import { shownBalance } from './books.ts'
import { concerns, notTheirs } from './insertions.ts'
import { orderOf, summaryOf, type OrderRow } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { customerOf, mayReturn, returnToAccount } from './settling.ts'
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

const returned = async (turn: Turn, order: OrderRow): Promise<Outcome<Answered<'return'>>> =>
  answered({
    kind: 'returned',
    order: summaryOf(order),
    balance: await shownBalance(turn.work, await customerOf(turn, order)),
  })
