// Sends what is ordered: to kiosks that are there, once more at each of their births, until it is answered or late.
import { CommandMessage } from '../../../domain/fleet/host-messages.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { Store } from '../../store.ts'
import { readingCommands, withCommands } from './command-tables.ts'

/** Nobody has answered: it may have been lost behind the broker. */
export const againAfterMs = 60_000

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

/** A kiosk that has answered says itself how it ended. */
const endLate = async ({ store, now }: { store: Store; now: number }): Promise<void> => {
  const late = await readingCommands(store.read)
    .selectFrom('fleet_commands')
    .select('command')
    .where('ended_at', 'is', null)
    .where('st', '=', 'ordered')
    .where('exp', '<', now)
    .executeTakeFirst()
  if (late === undefined) return
  await store.transact((work) =>
    withCommands(work)
      .updateTable('fleet_commands')
      .set({ st: 'unanswered', changed_at: now, ended_at: now })
      .where('ended_at', 'is', null)
      .where('st', '=', 'ordered')
      .where('exp', '<', now)
      .execute(),
  )
}
