// Why a proposal could not be carried out: a code with its values, worded for whoever reads it.
import type { Kysely } from 'kysely'

export const whyNotDone = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('approvals').addColumn('refusal', 'text').execute()
}
