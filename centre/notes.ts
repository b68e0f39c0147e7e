// Notes as the books know them: each has one value, one sale and one place, for ever.
import type { NoteTendered } from '../domain/centre-messages.ts'
import type { SaleId } from '../domain/identifiers.ts'
import { refused, type Outcome } from './outcome.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

type Notes = readonly NoteTendered[]

/** What is wrong with the notes of a message, as its refusal: none twice, none of no value, none of another sale. */
export const notesProblem = async (
  turn: Turn,
  asked: { saleId: SaleId },
  notes: Notes,
): Promise<Extract<Outcome<never>, { kind: 'refused' }> | null> => {
  const ids = new Set(notes.map(({ noteId }) => noteId))
  if (ids.size !== notes.length) return refused(400, 'notes: the same note is there twice')
  if (notes.some(({ value }) => value === 0)) return refused(400, 'notes: found a note of no value')
  const known = await knownOf(turn, notes)
  for (const { noteId, value } of notes) {
    const row = known.get(noteId)
    if (row === undefined) continue
    if (row.sale !== asked.saleId || row.kiosk !== turn.kiosk || row.value !== value) {
      return refused(409, `notes: note ${noteId} is known with another value, sale or kiosk`)
    }
  }
  return null
}

/** Those that are in no place yet. */
export const newNotes = async (turn: Turn, notes: Notes): Promise<NoteTendered[]> => {
  const known = await knownOf(turn, notes)
  return notes.filter(({ noteId }) => !known.has(noteId))
}

export const keepNotes = async (
  { work, kiosk }: Turn,
  of: { saleId: SaleId; notes: Notes; place: Tables['notes']['place']; posting: number },
): Promise<void> => {
  for (const { noteId, value } of of.notes) {
    await work
      .insertInto('notes')
      .values({
        note: noteId,
        kiosk,
        sale: of.saleId,
        value,
        place: of.place,
        posting: of.posting,
      })
      .execute()
  }
}

const knownOf = async (
  { work }: Turn,
  notes: Notes,
): Promise<Map<NoteTendered['noteId'], Tables['notes']>> => {
  if (notes.length === 0) return new Map()
  const rows = await work
    .selectFrom('notes')
    .selectAll()
    .where(
      'note',
      'in',
      notes.map(({ noteId }) => noteId),
    )
    .execute()
  return new Map(rows.map((row) => [row.note, row]))
}
