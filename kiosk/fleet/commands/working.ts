// Works on one command: waits where it has to, says that it runs, does it, and says how it ended.
import type { Order } from '../../../domain/fleet/commands.ts'
import type { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import { operations } from '../../../domain/fleet/operations.ts'
import { never } from '../../../domain/never.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { KeptCommand } from './command-store.ts'
import { planOf, type Hands, type Plan } from './doing.ts'
import { idleBefore } from './idle-before.ts'
import type { Keeping } from './keeping.ts'

export type WorkingParts = {
  hands: Hands
  clock: Pick<Clock, 'now' | 'after'>
  log: Log
  stopping: AbortController
}

export type Work = { kept: KeptCommand; order: Order; message: CommandMessage }

/** Resolves when the command has ended, or the program is about to. Rejects only when nothing can be kept. */
export const working = (
  { hands, clock, log, stopping }: WorkingParts,
  { change, end }: Keeping,
): ((work: Work) => Promise<void>) => {
  const idle = ({ exp, onIdle }: Order) =>
    onIdle ? idleBefore(exp, { kiosk: hands.kiosk, clock, stopping }) : 'idle'

  const carryOut = async ({ kept, order, message }: Work): Promise<void> => {
    const by = { kind: 'command', command: order.id } as const
    const plan = await planOf(order, { by, hands })
    if (plan.kind === 'over') return end(kept, plan.end)
    const isSlow = operations[order.operation.op].slow === true
    const target = plan.kind === 'restart' ? { target: plan.target } : {}
    if (order.onIdle && !hands.kiosk.isIdle()) {
      await change(kept, { st: 'waiting', message }, 'told')
    }
    for (const turn of ['first', 'again'] as const) {
      const waited = await idle(order)
      if (waited === 'stopped') return change(kept, { st: 'waiting', message }, 'untold')
      if (waited === 'expired') return end(kept, { st: 'expired' })
      // Somebody may come while it is put on the disk: so it is looked at again.
      if (turn === 'first') {
        await change(kept, { st: 'running', ...target }, isSlow ? 'told' : 'untold')
      }
    }
    return perform(kept, plan)
  }
  const perform = async (kept: KeptCommand, plan: Exclude<Plan, { kind: 'over' }>) => {
    switch (plan.kind) {
      case 'work':
        return end(kept, await plan.work())
      case 'restart':
        // The answer is on its way already: what comes next is another start.
        return plan.begin()
      default:
        return never(plan)
    }
  }
  return async (work) => {
    try {
      await carryOut(work)
    } catch (error) {
      const { id, op } = work.kept
      log.error({ err: error, command: id, op }, 'a command has failed')
      await end(work.kept, { st: 'failed', code: 'notDone' })
    }
  }
}
