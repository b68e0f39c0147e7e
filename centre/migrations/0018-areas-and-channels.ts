// What areas are called, and what kind of point of sale each kiosk number stands for (domain.md 2).
import { sql, type Kysely } from 'kysely'
import { oneOf, table } from '../../server/making-tables.ts'

const channels = ['terminal', 'pc', 'phone', 'bank agent', 'payment hall', 'office'] as const

export const areasAndChannels = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'areas', ['area'], { area: 'whole', name: 'text' })
  await sql`alter table kiosks add column channel text not null default 'terminal'
    check (${oneOf('channel', channels)})`.execute(db)
}
