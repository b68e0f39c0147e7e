// Every note of the journals against the books (P2): what is in a box is booked, and what is booked is in a box.
import type { NoteId } from '../domain/identifiers.ts'
import { isOfNote, type JournalEntry } from '../domain/journal-entry.ts'
import { raise } from './alarms.ts'
import type { KnownEntry } from './journal-judging.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

/** So long after its line came here a note may still wait for the closing of its sale. */
export const bookingLimitMs = 3_600_000
/** Notes looked at in one go. */
const notesAtOnce = 500

type JournalNote = Tables['journal_notes']
type BookedNote = Pick<Tables['notes'], 'note' | 'sale' | 'value' | 'place'>

/** Notes where the journal now has them. */
export const followNotes = async (
  { work, kiosk, now }: Turn,
  entries: readonly KnownEntry[],
): Promise<void> => {
  const rows = new Map<NoteId, Omit<JournalNote, 'exchange'>>()
  for (const { entry, sequence } of entries) {
    const place = placeAfter(entry)
    if (place === null || !isOfNote(entry)) continue
    const { noteId: note, saleId: sale, value } = entry
    // One that nobody owns, or whose value nobody knows, is held for a person: it can be in no books.
    const compared = sale === null || value === null ? 1 : 0
    rows.set(note, { kiosk, note, sale, value, place, since: now, compared, sequence })
  }
  if (rows.size === 0) return
  await work
    .insertInto('journal_notes')
    .values([...rows.values()])
    .onConflict((it) =>
      it.columns(['kiosk', 'note']).doUpdateSet((row) => ({
        sale: row.ref('excluded.sale'),
        value: row.ref('excluded.value'),
        place: row.ref('excluded.place'),
        since: row.ref('excluded.since'),
        compared: row.ref('excluded.compared'),
        sequence: row.ref('excluded.sequence'),
      })),
    )
    .execute()
}

const placeAfter = ({ type }: JournalEntry): JournalNote['place'] | null => {
  switch (type) {
    case 'note.escrowed':
    case 'note.stacking':
    case 'note.returning':
      return 'held'
    case 'note.stacked':
    case 'note.unexpected':
      return 'in the box'
    case 'note.returned':
      return 'returned'
    case 'note.unknown':
      return 'unknown'
    default:
      return null
  }
}

/**
 * Notes booked before the kiosk's journal was last whole here: each was journalled before it was told to the centre, so the
 * journal has it. Says through which posting all are looked at.
 */
export const bookedNotesInJournal = async (
  turn: Turn,
  {
    kiosk,
    whole_at,
    posting_checked,
  }: Pick<Tables['journals'], 'kiosk' | 'whole_at' | 'posting_checked'>,
): Promise<number> => {
  const booked = await turn.work
    .selectFrom('notes')
    .innerJoin('postings', 'postings.posting', 'notes.posting')
    .leftJoin('journal_notes', (it) =>
      it
        .onRef('journal_notes.note', '=', 'notes.note')
        .onRef('journal_notes.kiosk', '=', 'notes.kiosk')
        .on('journal_notes.place', '=', 'in the box'),
    )
    .select(['notes.note', 'notes.sale', 'notes.value', 'notes.place', 'notes.posting'])
    .select('journal_notes.sale as journalSale')
    .where('notes.kiosk', '=', kiosk)
    .where('notes.posting', '>', posting_checked)
    .where('postings.at', '<', whole_at ?? 0)
    .orderBy('notes.posting')
    .execute()
  for (const { journalSale, note, ...booking } of booked) {
    // Whether it is there as it is booked is looked at from the other side.
    if (journalSale === null) await alarm(turn, note, { booked: booking, journal: null })
  }
  return booked.at(-1)?.posting ?? posting_checked
}

/** Notes that lie in a box by the journal, of every kiosk: booked as they are there, or told when they are not in time. */
export const journalNotesInBooks = async (turn: Pick<Turn, 'work' | 'now'>): Promise<void> => {
  const open = await turn.work
    .selectFrom('journal_notes')
    .leftJoin('notes', 'notes.note', 'journal_notes.note')
    .select(['journal_notes.kiosk', 'journal_notes.note', 'journal_notes.sale'])
    .select(['journal_notes.value', 'journal_notes.since'])
    .select(['notes.sale as bookedSale', 'notes.value as bookedValue', 'notes.place as bookedIn'])
    .where('compared', '=', 0)
    .where('journal_notes.place', '=', 'in the box')
    .where((it) =>
      it.or([
        it('notes.note', 'is not', null),
        it('journal_notes.since', '<', turn.now - bookingLimitMs),
      ]),
    )
    .limit(notesAtOnce)
    .execute()
  for (const { kiosk, note, sale, value, bookedSale, bookedValue, bookedIn } of open) {
    if (sale !== bookedSale || value !== bookedValue) {
      const booked: Partial<BookedNote> | null =
        bookedSale === null || bookedValue === null || bookedIn === null
          ? null
          : { sale: bookedSale, value: bookedValue, place: bookedIn }
      await alarm({ ...turn, kiosk }, note, { booked, journal: { sale, value } })
    }
    await turn.work
      .updateTable('journal_notes')
      .set({ compared: 1 })
      .where('kiosk', '=', kiosk)
      .where('note', '=', note)
      .execute()
  }
}

const alarm = (
  { work, now, kiosk }: Pick<Turn, 'work' | 'now' | 'kiosk'>,
  note: NoteId,
  evidence: Record<string, unknown>,
): Promise<void> =>
  raise(work, { kind: 'note against books', at: now, kiosk, evidence: { note, ...evidence } })
