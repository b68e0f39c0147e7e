// The journals of the kiosks, line by line as they stand on their disks, and what follows from them.
import { sql, type Kysely } from 'kysely'
import { index, neverChanges, oneOf, table } from '../../server/making-tables.ts'

export const journals = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'journals',
    ['kiosk'],
    {
      kiosk: 'text',
      through: 'whole',
      hash: 'text',
      head_sequence: 'whole',
      head_hash: 'text',
      answer: 'whole',
      answered_at: 'whole',
      whole_at: 'whole?',
      finding: 'text?',
      posting_checked: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('journal_of_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint('journal_head_leads', sql`head_sequence >= through`),
  )
  await table(
    db,
    'journal_lines',
    ['kiosk', 'sequence'],
    { kiosk: 'text', sequence: 'whole', line: 'text', hash: 'text', kept_at: 'whole' },
    (it) => it.addForeignKeyConstraint('line_of_kiosk', ['kiosk'], 'kiosks', ['kiosk']),
  )
  await neverChanges(db, 'journal_lines')
  await table(
    db,
    'journal_notes',
    ['kiosk', 'note'],
    {
      kiosk: 'text',
      note: 'text',
      sale: 'text?',
      value: 'whole?',
      place: 'text',
      since: 'whole',
      compared: 'whole',
    },
    (it) =>
      it
        .addForeignKeyConstraint('note_in_journal_of_kiosk', ['kiosk'], 'kiosks', ['kiosk'])
        .addCheckConstraint(
          'journal_note_place',
          oneOf('place', ['held', 'in the box', 'returned', 'unknown']),
        ),
  )
  await index(db, 'journal_notes', ['compared', 'place', 'since'])
  await index(db, 'notes', ['kiosk', 'posting'])
}
