// Customers of a bank's edition have no capital account; a claim whose payment was reversed is nobody's any more.
import { sql, type Kysely } from 'kysely'
import { oneOf } from '../../server/making-tables.ts'
import { claimStates } from './0007-claims.ts'

export const withoutAccount = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('customers')
    .addColumn('has_account', 'bigint', (it) => it.notNull().defaultTo(1))
    .execute()
  await sql`alter table claims drop constraint claim_state`.execute(db)
  await sql`alter table claims add constraint claim_state
    check (${oneOf('state', [...claimStates, 'given back'])})`.execute(db)
}
