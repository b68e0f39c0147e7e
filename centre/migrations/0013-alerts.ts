// One place for everything that stands at kiosks and centre: raised, cleared, acknowledged, and told to people.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, neverDone, oneOf, table } from '../../server/making-tables.ts'

export const alerts = async (db: Kysely<unknown>): Promise<void> => {
  // No program had opened the fleet until now: nothing was ever written there.
  await db.schema.dropTable('fleet_alerts').execute()
  await table(
    db,
    'alerts',
    ['alert'],
    {
      alert: 'whole',
      kiosk: 'text?',
      device: 'text',
      code: 'text',
      severity: 'whole',
      raised_at: 'whole',
      last_seen: 'whole',
      count: 'whole',
      cleared_at: 'whole?',
      cleared_by: 'text?',
      acknowledged_at: 'whole?',
      acknowledged_by: 'text?',
      told_at: 'whole?',
      told_over_at: 'whole?',
    },
    (it) => it.addForeignKeyConstraint('alert_of_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  await index(db, 'alerts', ['kiosk', 'device', 'code', 'alert'])
  await sql
    .raw(
      `create unique index one_open_alert on alerts (coalesce(kiosk, ''), device, code)
       where cleared_at is null`,
    )
    .execute(db)
  await sql.raw(`create index open_alerts on alerts (alert) where cleared_at is null`).execute(db)
  await sql
    .raw(
      `create index alerts_to_end on alerts (alert)
       where told_at is not null and told_over_at is null and cleared_at is not null`,
    )
    .execute(db)
  await neverDone(db, {
    name: 'alerts_no_delete',
    deed: 'delete',
    table: 'alerts',
    why: 'alerts are kept for ever',
  })
  await table(
    db,
    'alert_changes',
    ['change'],
    { change: 'whole', alert: 'whole', at: 'whole', what: 'text', by: 'text?' },
    (it) =>
      it
        .addForeignKeyConstraint('change_of_alert', ['alert'], 'alerts', ['alert'])
        .addCheckConstraint('change_what', oneOf('what', ['raised', 'cleared', 'acknowledged'])),
  )
  await index(db, 'alert_changes', ['alert'])
  await neverChanges(db, 'alert_changes')
  await table(
    db,
    'alert_notices',
    ['notice'],
    {
      notice: 'whole',
      id: 'text',
      channel: 'text',
      at: 'whole',
      content: 'text',
      tries: 'whole',
      next_at: 'whole',
      sent_at: 'whole?',
    },
    (it) =>
      it
        .addUniqueConstraint('notice_id', ['id'])
        .addCheckConstraint('notice_channel', oneOf('channel', ['webhook', 'mail'])),
  )
  await sql
    .raw(`create index waiting_notices on alert_notices (next_at) where sent_at is null`)
    .execute(db)
  for (const [column, kind] of [
    ['connections', `text not null default '[]'`],
    ['behind_head', 'bigint'],
    ['behind_since', 'bigint'],
    ['visit_since', 'bigint'],
  ]) {
    await sql.raw(`alter table fleet_kiosks add column ${column} ${kind}`).execute(db)
  }
}
