// Pure: the notes that tests of the acceptor let in, from their intent until it is known that they came back or were kept.
import type { JournalEntry } from '../domain/journal-entry.ts'

/** `place`: `moving`, no outcome yet; `unknown`, there is none to be had: it may be in the cash box. */
export type TestNote = Omit<Extract<JournalEntry, { type: 'note.testing' }>, 'type'> & {
  place: 'moving' | 'unknown'
}

export const testNotesAfter = (
  notes: readonly TestNote[],
  entry: JournalEntry,
): readonly TestNote[] => {
  switch (entry.type) {
    case 'note.testing': {
      const { visitId, noteId, value } = entry
      return [...notes, { visitId, noteId, value, place: 'moving' }]
    }
    case 'note.tested':
      return entry.end === 'unknown'
        ? notes.map((note) => (note.noteId === entry.noteId ? { ...note, place: 'unknown' } : note))
        : notes.filter(({ noteId }) => noteId !== entry.noteId)
    // In the box under its own id: it stands among those that nobody asked for.
    case 'note.unexpected':
      return notes.filter(({ noteId }) => noteId !== entry.noteId)
    default:
      return notes
  }
}

/** What is journalled of each that the stop of the kiosk left without an outcome. */
export const unknownTests = (notes: readonly TestNote[]): JournalEntry[] =>
  notes
    .filter(({ place }) => place === 'moving')
    .map(({ visitId, noteId }) => ({ type: 'note.tested', visitId, noteId, end: 'unknown' }))
