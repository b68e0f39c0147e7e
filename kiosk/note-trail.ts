// Pure: what the journal says of the last notes, for an acceptor that tells something again after a start.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { LastStacked, LostNote } from '../state-machines/stray-notes.ts'

export type NoteTrail = {
  /** The last note in the box; null when there is none, or when another was begun since. */
  lastStacked: LastStacked | null
  /** Notes without a verdict since then: an acceptor takes no other before it has said what became of one. */
  lost: readonly LostNote[]
}

export const noTrail: NoteTrail = { lastStacked: null, lost: [] }

/** The trail after one more entry. `counters`: the acceptor's, when the stacking of the note was begun. */
export const trailAfter = (
  trail: NoteTrail,
  entry: JournalEntry,
  counters: LastStacked['counters'],
): NoteTrail => {
  switch (entry.type) {
    case 'note.stacking':
    case 'note.testing':
      return { ...trail, lastStacked: null }
    case 'note.stacked':
      return { lastStacked: { value: entry.value, counters }, lost: [] }
    case 'note.unexpected':
      return {
        lastStacked: entry.value === null ? null : { value: entry.value, counters },
        lost: [],
      }
    case 'note.unknown': {
      const { saleId, noteId, value } = entry
      return { ...trail, lost: [...trail.lost, { saleId, noteId, value }] }
    }
    case 'note.returned':
      return { ...trail, lost: trail.lost.filter(({ noteId }) => noteId !== entry.noteId) }
    // At rest the unit has told every note, and been told that each is known: what it tells from now on is another one.
    case 'cash.compared':
      return { ...trail, lastStacked: null }
    default:
      return trail
  }
}
