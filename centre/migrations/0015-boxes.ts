// The cash boxes that left the kiosks: what was in each by the journal, by whoever counted there, and by the office.
import { sql, type Kysely } from 'kysely'
import { index, oneOf, table } from '../../server/making-tables.ts'

export const boxes = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .alterTable('journal_notes')
    .addColumn('sequence', 'bigint', (it) => it.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('journal_notes').addColumn('exchange', 'text').execute()
  await index(db, 'journal_notes', ['exchange'])
  await index(db, 'journal_notes', ['kiosk', 'exchange', 'place'])
  await table(
    db,
    'box_exchanges',
    ['exchange'],
    {
      exchange: 'text',
      kiosk: 'text',
      period: 'whole',
      state: 'text',
      person: 'text',
      expected: 'text',
      by_notes: 'text',
      unknown_value: 'whole',
      accuracy: 'text',
      counted: 'text?',
      counted_by: 'text?',
      box: 'text?',
      seal: 'text?',
      new_box: 'text?',
      new_seal: 'text?',
      exchanged_by: 'text?',
      witness: 'text?',
      moved: 'whole',
      office_counted: 'text?',
      office_by: 'text?',
      office_at: 'whole?',
    },
    (it) =>
      it
        .addForeignKeyConstraint('exchange_at_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint(
          'exchange_state',
          oneOf('state', ['begun', 'counted', 'removed', 'exchanged', 'not exchanged']),
        )
        .addCheckConstraint('exchange_moved', sql`moved >= 0`)
        .addCheckConstraint(
          'exchange_counted_once',
          sql`(office_counted is null) = (office_at is null) and (office_at is null) = (office_by is null)`,
        ),
  )
  await index(db, 'box_exchanges', ['kiosk'])
}
