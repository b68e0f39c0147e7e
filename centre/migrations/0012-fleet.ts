// The fleet as its kiosks told it: how each stands, every record it ever numbered, and what an operator is alarmed of.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, neverDone, oneOf, table } from '../../server/making-tables.ts'

export const fleet = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'fleet_kiosks',
    ['kiosk'],
    {
      kiosk: 'text',
      bd: 'whole',
      st: 'text',
      st_since: 'whole',
      why: 'text',
      heard_at: 'whole',
      birth: 'text?',
      birth_bd: 'whole',
      serials: 'text?',
      serials_before: 'text?',
      serials_changed_at: 'whole?',
      heartbeat: 'text?',
      wedged: 'whole',
      ev: 'whole',
      res: 'whole',
      gap_since: 'whole?',
      unreadable: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('fleet_of_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('fleet_state', oneOf('st', ['online', 'offline'])),
  )
  // Two records of one number are evidence of two outboxes: both are kept.
  await table(
    db,
    'fleet_records',
    ['kiosk', 'topic', 'seq', 'id'],
    { kiosk: 'text', topic: 'text', seq: 'whole', id: 'text', at: 'whole', content: 'text' },
    (it) =>
      it
        .addForeignKeyConstraint('record_of_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('record_topic', oneOf('topic', ['ev', 'res']))
        .addCheckConstraint('record_number', sql`seq > 0`),
  )
  await neverChanges(db, 'fleet_records')
  await table(
    db,
    'fleet_alerts',
    ['alert'],
    {
      alert: 'whole',
      kiosk: 'text',
      device: 'text',
      code: 'text',
      severity: 'whole',
      raised_at: 'whole',
      last_seen: 'whole',
      count: 'whole',
      cleared_at: 'whole?',
      cleared_by: 'text?',
    },
    (it) => it.addForeignKeyConstraint('alert_of_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  await index(db, 'fleet_alerts', ['kiosk', 'device', 'code'])
  await sql
    .raw(
      `create unique index one_open_alert on fleet_alerts (kiosk, device, code) where cleared_at is null`,
    )
    .execute(db)
  await neverDone(db, {
    name: 'fleet_alerts_no_delete',
    deed: 'delete',
    table: 'fleet_alerts',
    why: 'alerts are kept for ever',
  })
}
