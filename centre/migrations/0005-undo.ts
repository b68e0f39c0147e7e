// What is needed to take a load back: the session it was written in, and what the books were before it (power-card.md 8.3).
import type { Kysely } from 'kysely'
import { table } from '../../server/making-tables.ts'

export const undo = async (db: Kysely<unknown>): Promise<void> => {
  // Empty for scripts that left before this step: their sessions are long over.
  await db.schema.alterTable('scripts').addColumn('random', 'text').execute()
  await db.schema.alterTable('scripts').addColumn('writes', 'bigint').execute()
  await db.schema.alterTable('scripts').addColumn('look', 'bigint').execute()
  await table(
    db,
    'loads',
    ['order_number'],
    {
      order_number: 'text',
      session_open: 'whole',
      charged_through: 'text',
      charges_unpaid: 'whole',
      free_units_given: 'text?',
    },
    (it) =>
      it.addForeignKeyConstraint('load_of_order', ['order_number'], 'orders', ['order_number']),
  )
  await table(
    db,
    'undos',
    ['order_number'],
    {
      order_number: 'text',
      kiosk: 'text',
      sale: 'text',
      insertion: 'text',
      at: 'whole',
      sequence: 'whole',
      decided_at: 'whole?',
    },
    (it) =>
      it.addForeignKeyConstraint('undo_of_order', ['order_number'], 'orders', ['order_number']),
  )
}
