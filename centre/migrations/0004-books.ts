// The ledger and the notes in it: written once, never changed.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, oneOf, table } from '../../server/making-tables.ts'

export const books = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'accounts', ['account'], { account: 'text', kind: 'text', owner: 'text' })
  await table(db, 'postings', ['posting'], {
    posting: 'whole',
    at: 'whole',
    kind: 'text',
    order_number: 'text?',
    sale: 'text?',
  })
  await table(
    db,
    'entries',
    ['posting', 'line'],
    { posting: 'whole', line: 'whole', account: 'text', amount: 'whole' },
    (it) =>
      it
        .addForeignKeyConstraint('entry_of_posting', ['posting'], 'postings', ['posting'])
        .addForeignKeyConstraint('entry_in_account', ['account'], 'accounts', ['account'])
        .addCheckConstraint('entry_has_amount', sql`amount <> 0`),
  )
  await index(db, 'entries', ['account', 'amount'])
  await index(db, 'postings', ['order_number'])
  // One posting of a kind for an order: nothing is delivered or returned twice.
  await sql`create unique index one_posting_a_step on postings (order_number, kind)
    where order_number is not null`.execute(db)
  await table(
    db,
    'notes',
    ['note'],
    {
      note: 'text',
      kiosk: 'text',
      sale: 'text',
      value: 'whole',
      place: 'text',
      posting: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('note_in_posting', ['posting'], 'postings', ['posting'])
        .addForeignKeyConstraint('note_from_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('note_has_value', sql`value > 0`)
        .addCheckConstraint('note_place', oneOf('place', ['order', 'account', 'suspense'])),
  )
  await index(db, 'notes', ['sale'])
  await neverChanges(db, 'postings')
  await neverChanges(db, 'entries')
  await neverChanges(db, 'notes')
}
