// Counted cash boxes, and notes that kiosks took or gave back, as they stand at the end of a day.
import { NoteId, ulidOf, type KioskNumber } from '../../domain/identifiers.ts'
import { valueOfNotes } from '../../domain/service/notes-counted.ts'
import { notesOf } from '../cash-boxes.ts'
import type { Reading } from '../store.ts'
import type { NotesShown } from './notes-refused.ts'
import type { CountedBox } from './short-boxes.ts'

/** Boxes that the office has counted in that time. */
export const readCountedBoxes = async (
  read: Reading,
  of: { from: number; until: number; dayOf: (at: number) => string },
): Promise<CountedBox[]> => {
  const rows = await read
    .selectFrom('box_exchanges')
    .select([
      'exchange',
      'kiosk',
      'person',
      'exchanged_by',
      'by_notes',
      'office_counted',
      'office_at',
    ])
    .where('office_at', '>=', of.from)
    .where('office_at', '<', of.until)
    .orderBy('exchange')
    .execute()
  return rows.flatMap((row) =>
    row.office_counted === null || row.office_at === null
      ? []
      : [
          {
            exchange: row.exchange,
            kiosk: row.kiosk,
            person: row.exchanged_by ?? row.person,
            day: of.dayOf(row.office_at),
            expected: valueOfNotes(notesOf(row.by_notes)),
            counted: valueOfNotes(notesOf(row.office_counted)),
          },
        ],
  )
}

/** No note of that moment or later has a lower id. */
const noteAt = (at: number): NoteId => NoteId.parse(ulidOf(at, new Uint8Array(10)))

/** Notes of one kiosk in that time: a note has its id from the moment it was in escrow. */
export const readNotesShown = async (
  read: Reading,
  of: { kiosk: KioskNumber; from: number; until: number },
): Promise<NotesShown[]> => {
  const [first, next] = [noteAt(of.from), noteAt(of.until)]
  const rows = await read
    .selectFrom('journal_notes')
    .select(({ fn }) => ['value', 'place', fn.countAll<number>().as('count')])
    .where('kiosk', '=', of.kiosk)
    .where('note', '>=', first)
    .where('note', '<', next)
    .where('place', 'in', ['in the box', 'returned'])
    .where('value', 'is not', null)
    .groupBy(['value', 'place'])
    .execute()
  const shown = new Map<number, NotesShown>()
  for (const { value, place, count } of rows) {
    if (value === null) continue
    const row = shown.get(value) ?? { kiosk: of.kiosk, value, refused: 0, taken: 0 }
    if (place === 'returned') row.refused += count
    else row.taken += count
    shown.set(value, row)
  }
  return [...shown.values()]
}
