// What kiosks were told to do: by whom, signed, and how it ended. Each is a row of its own and none replaces another (C9).
import { sql, type Kysely } from 'kysely'
import { index, neverDone, table } from '../../server/making-tables.ts'

export const commands = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'fleet_commands',
    ['command'],
    {
      command: 'text',
      kiosk: 'text',
      op: 'text',
      ordered_by: 'text',
      ordered_at: 'whole',
      exp: 'whole',
      message: 'text',
      st: 'text',
      code: 'text?',
      changed_at: 'whole',
      ended_at: 'whole?',
      sent_at: 'whole?',
      sent_bd: 'whole?',
    },
    (it) => it.addForeignKeyConstraint('command_of_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  await index(db, 'fleet_commands', ['kiosk', 'ordered_at'])
  await sql
    .raw(`create index open_commands on fleet_commands (kiosk) where ended_at is null`)
    .execute(db)
  await neverDone(db, {
    name: 'fleet_commands_no_delete',
    deed: 'delete',
    table: 'fleet_commands',
    why: 'commands are kept for ever',
  })
  await neverDone(db, {
    name: 'fleet_commands_as_ordered',
    deed: 'update of command, kiosk, op, ordered_by, ordered_at, exp, message',
    table: 'fleet_commands',
    why: 'a command stays as it was ordered',
  })
}
