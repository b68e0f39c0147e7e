// A script is out and no report has come: after a while the order is UNKNOWN, and card or meter decides (power-card.md 8.1).
import { outcomeUnknown } from './order-states.ts'
import type { Turn } from './turn.ts'

/** So long the centre waits for the report of a script. */
export const reportLimitMs = 90_000

export const giveUpOverdue = async (turn: Pick<Turn, 'work' | 'now'>): Promise<void> => {
  const overdue = await turn.work
    .selectFrom('orders')
    .selectAll()
    .where('state', '=', 'AWAIT_WRITE')
    .where('script_at', '<', turn.now - reportLimitMs)
    .orderBy('script_at')
    .orderBy('order_number')
    .execute()
  for (const order of overdue) await outcomeUnknown(turn, order, 'no report within the time')
}
