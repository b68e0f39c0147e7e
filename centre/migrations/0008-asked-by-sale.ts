// Indexes for what is asked at every sale and claim: without them its time would grow with all that was ever sold.
import type { Kysely } from 'kysely'
import { index } from '../../server/making-tables.ts'

export const askedBySale = async (db: Kysely<unknown>): Promise<void> => {
  await index(db, 'scripts', ['sale'])
  await index(db, 'postings', ['sale'])
  await index(db, 'cards', ['binding'])
  await index(db, 'bindings', ['customer'])
  await index(db, 'write_backs', ['binding', 'count', 'meter_time'])
}
