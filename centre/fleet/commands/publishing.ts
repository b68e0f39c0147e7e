// Sends what is ordered: to kiosks that are there, once more at each of their births, until it is answered or late.
import { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { Store } from '../../store.ts'
import { readingCommands, withCommands, type CommandState } from './command-tables.ts'

/** Nobody has answered: it may have been lost behind the broker. */
export const againAfterMs = 60_000
/** From its deadline: a kiosk that has taken a command may be busy with it, or off the line. */
export const unknownAfterMs = 24 * 3_600_000
const taken: readonly CommandState[] = ['accepted', 'waiting', 'running']

export const sendCommands = async (of: {
  store: Store
  now: number
  /** Resolves when the broker has it. */
  send: (kiosk: KioskNumber, command: CommandMessage) => Promise<void>
}): Promise<void> => {
  const { store, now, send } = of
  const open = await readingCommands(store.read)
    .selectFrom('fleet_commands')
    .innerJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'fleet_commands.kiosk')
    .select(['command', 'fleet_commands.kiosk', 'message', 'exp', 'sent_at', 'sent_bd'])
    .select(['fleet_commands.st as answered', 'fleet_kiosks.st', 'bd'])
    .where('ended_at', 'is', null)
    .orderBy('command')
    .execute()
  for (const each of open) {
    const { command, kiosk, exp, sent_at, sent_bd, answered, st, bd } = each
    if (now > exp || st !== 'online') continue
    const isNew = sent_bd !== bd
    const isLost = answered === 'ordered' && (sent_at === null || now - sent_at >= againAfterMs)
    if (!isNew && !isLost) continue
    await send(kiosk, CommandMessage.parse(JSON.parse(each.message)))
    await store.transact((work) =>
      withCommands(work)
        .updateTable('fleet_commands')
        .set({ sent_at: now, sent_bd: bd })
        .where('command', '=', command)
        .execute(),
    )
  }
  await endLate({ store, now })
}

/** Neither is sent any more; a late answer is believed all the same. */
const endLate = async ({ store, now }: { store: Store; now: number }): Promise<void> => {
  await endSilent({ store, now }, { are: ['ordered'], expBefore: now, st: 'unanswered' })
  const expBefore = now - unknownAfterMs
  await endSilent({ store, now }, { are: taken, expBefore, st: 'unknown' })
}

const endSilent = async (
  { store, now }: { store: Store; now: number },
  { are, expBefore, st }: { are: readonly CommandState[]; expBefore: number; st: CommandState },
): Promise<void> => {
  const late = await readingCommands(store.read)
    .selectFrom('fleet_commands')
    .select('command')
    .where('ended_at', 'is', null)
    .where('st', 'in', are)
    .where('exp', '<', expBefore)
    .executeTakeFirst()
  if (late === undefined) return
  await store.transact((work) =>
    withCommands(work)
      .updateTable('fleet_commands')
      .set({ st, changed_at: now, ended_at: now })
      .where('ended_at', 'is', null)
      .where('st', 'in', are)
      .where('exp', '<', expBefore)
      .execute(),
  )
}
