// What wears out shows from day to day: what each kiosk did on each day, when its line came and went, and how a configuration
// is brought to many kiosks in stages. Kiosks stand in a region, and whoever acknowledges an alarm may say why.
import { sql, type Kysely } from 'kysely'
import { index, oneOf, table } from '../../server/making-tables.ts'

export const daysOfTheFleet = async (db: Kysely<unknown>): Promise<void> => {
  for (const [of, column, kind] of [
    ['kiosks', 'area', 'bigint'],
    ['fleet_kiosks', 'svc', 'text'],
    ['fleet_kiosks', 'version', 'text'],
    ['alert_changes', 'note', 'text'],
  ]) {
    await sql.raw(`alter table ${of} add column ${column} ${kind}`).execute(db)
  }
  await days(db)
  await table(
    db,
    'fleet_lines',
    ['kiosk', 'at', 'bd', 'st'],
    { kiosk: 'text', at: 'whole', bd: 'whole', st: 'text', why: 'text' },
    (it) =>
      it
        .addForeignKeyConstraint('line_of_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('line_state', oneOf('st', ['online', 'offline'])),
  )
  await rollouts(db)
  await index(db, 'fleet_records', ['kiosk', 'topic', 'at'])
}

const days = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'fleet_days',
    ['kiosk', 'day'],
    {
      kiosk: 'text',
      day: 'text',
      notes: 'whole',
      taken: 'whole',
      rejects: 'whole',
      receipts: 'whole',
      line_errors: 'whole',
      retries: 'whole',
      connections: 'whole',
      faults: 'whole',
      unit: 'text?',
      unit_rejected: 'whole?',
    },
    (it) => it.addForeignKeyConstraint('day_of_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  // With what the plan of collections adds up for every kiosk at once.
  await index(db, 'fleet_days', ['day', 'kiosk', 'notes', 'taken'])
}

const rollouts = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'fleet_rollouts',
    ['rollout'],
    {
      rollout: 'text',
      started_by: 'text',
      started_at: 'whole',
      what: 'text',
      config_hash: 'text',
      watch_ms: 'whole',
      state: 'text',
      stage: 'whole',
      stage_since: 'whole',
      ended_at: 'whole?',
      ended_by: 'text?',
      why: 'text?',
    },
    (it) =>
      it.addCheckConstraint(
        'rollout_state',
        oneOf('state', ['running', 'stopped', 'done', 'too late']),
      ),
  )
  await sql
    .raw(`create index running_rollouts on fleet_rollouts (rollout) where state = 'running'`)
    .execute(db)
  await table(
    db,
    'fleet_rollout_kiosks',
    ['rollout', 'kiosk'],
    {
      rollout: 'text',
      kiosk: 'text',
      stage: 'whole',
      command: 'text',
      exp: 'whole',
      message: 'text',
      released_at: 'whole?',
    },
    (it) =>
      it
        .addForeignKeyConstraint('kiosk_of_rollout', ['rollout'], 'fleet_rollouts', ['rollout'])
        .addForeignKeyConstraint('rollout_at_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('rollout_stage', sql`stage between 1 and 3`)
        .addUniqueConstraint('command_of_rollout', ['command']),
  )
  await index(db, 'fleet_rollout_kiosks', ['rollout', 'stage'])
}
