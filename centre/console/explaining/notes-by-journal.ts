// Notes of a sale that are in no books: handed back, of a fate nobody knows, or in the box and not told to the centre yet.
import type { NoteId } from '../../../domain/identifiers.ts'
import { isOfNote, type NoteEntry } from '../../../domain/journal-entry.ts'
import { never } from '../../../domain/never.ts'
import type { Evidence } from './evidence.ts'

/** Minor units; `valueless`: how many there are whose value the acceptor did not say. */
export type NotesByJournal = {
  handedBack: number
  unknown: number
  notBooked: number
  valueless: number
}

type Place = 'handed back' | 'unknown' | 'in the box'

export const notesByJournal = ({
  journal,
  notes,
}: Pick<Evidence, 'journal' | 'notes'>): NotesByJournal => {
  const booked = new Set<NoteId>(notes.map(({ note }) => note))
  const last = new Map<NoteId, { value: number | null; place: Place }>()
  for (const { entry } of journal.lines) {
    if (entry === null || !isOfNote(entry)) continue
    last.set(entry.noteId, { value: entry.value, place: placeAfter(entry) })
  }
  const open = [...last].filter(([note]) => !booked.has(note)).map(([, known]) => known)
  const sumIn = (place: Place): number =>
    open.reduce((sum, it) => (it.place === place ? sum + (it.value ?? 0) : sum), 0)
  return {
    handedBack: sumIn('handed back'),
    unknown: sumIn('unknown'),
    notBooked: sumIn('in the box'),
    valueless: open.filter(({ value }) => value === null).length,
  }
}

/** An intent without an outcome says nothing: it may have come to either end. */
const placeAfter = (entry: NoteEntry): Place => {
  switch (entry.type) {
    case 'note.returned':
      return 'handed back'
    case 'note.stacked':
    case 'note.unexpected':
      return 'in the box'
    case 'note.escrowed':
    case 'note.stacking':
    case 'note.returning':
    case 'note.unknown':
      return 'unknown'
    default:
      return never(entry)
  }
}
