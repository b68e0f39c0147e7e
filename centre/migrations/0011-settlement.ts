// Settlement files of bank and front machine, as they came: what the match of a business day is made from.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, oneOf, table } from '../../server/making-tables.ts'

export const settlement = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'settlement_files',
    ['file'],
    {
      file: 'whole',
      name: 'text',
      hash: 'text',
      party: 'text',
      leg: 'text',
      business_date: 'text',
      number: 'whole',
      total: 'whole',
      read_at: 'whole',
    },
    (it) =>
      it
        .addUniqueConstraint('one_file_a_name', ['name'])
        .addUniqueConstraint('one_file_a_content', ['hash'])
        .addCheckConstraint('settlement_party', oneOf('party', ['bank', 'front'])),
  )
  await table(
    db,
    'settlement_rows',
    ['file', 'row'],
    {
      file: 'whole',
      row: 'whole',
      order_number: 'text',
      reference: 'text',
      terminal: 'text',
      stan: 'whole',
      kind: 'text',
      amount: 'whole',
      fee: 'whole',
      state: 'text',
      delivery: 'text',
      at: 'text',
    },
    (it) => it.addForeignKeyConstraint('row_of_file', ['file'], 'settlement_files', ['file']),
  )
  await index(db, 'settlement_files', ['party', 'business_date'])
  await sql`create index settlement_reversals on settlement_rows (file) where kind = 'reversal'`.execute(
    db,
  )
  await neverChanges(db, 'settlement_files')
  await neverChanges(db, 'settlement_rows')
}
