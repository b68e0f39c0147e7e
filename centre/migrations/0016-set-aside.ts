// How often each kiosk is to be heard, and notices of alarms that nobody takes.
import { sql, type Kysely } from 'kysely'

export const setAside = async (db: Kysely<unknown>): Promise<void> => {
  for (const change of [
    // As often as the centre has asked for until now.
    `alter table fleet_kiosks add column every bigint not null default 60`,
    `alter table alert_notices add column set_aside_at bigint`,
    `drop index waiting_notices`,
    `create index waiting_notices on alert_notices (next_at)
     where sent_at is null and set_aside_at is null`,
  ]) {
    await sql.raw(change).execute(db)
  }
}
