// A kiosk asks what has become of an order it had a part in: read, and nothing changed.
import type { z } from 'zod'
import type { Answered, OrderStateRequest } from '../domain/centre-messages.ts'
import { concerns, notTheirs } from './insertions.ts'
import { orderOf, summaryOf } from './order-states.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import type { Turn } from './turn.ts'
import { undoingOf } from './undoing.ts'

export const orderState = async (
  turn: Turn,
  asked: z.infer<typeof OrderStateRequest>,
): Promise<Outcome<Answered<'orderState'>>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  if (!(await concerns(turn, order))) return notTheirs
  return answered({
    order: summaryOf(order),
    undoOpen: (await undoingOf(turn, order)) !== null,
  })
}
