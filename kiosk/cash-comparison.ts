// Pure: the notes that the acceptor's own lifelong counter has gained against those that the journal has in the box.
//
// Both records are compared while the acceptor is at rest. A note whose taking was begun before such a moment is physically
// settled by then, whatever was known of it: so each comparison is about the notes begun since the one before, and a verdict
// that comes later changes nothing in it.
import type { NoteId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'

export type CashCompared = Extract<JournalEntry, { type: 'cash.compared' }>

/** What the journal says since the last comparison. */
export type CashRecord = {
  /** The acceptor and its counters then; null when there was none yet. */
  last: { unit: string; counters: NoteCounters } | null
  /** Notes whose taking was begun since then. */
  notes: ReadonlyMap<NoteId, { sale: SaleId | null; place: 'in the box' | 'returned' | 'open' }>
}

export const noCashRecord: CashRecord = { last: null, notes: new Map() }

export const cashRecordAfter = (record: CashRecord, entry: JournalEntry): CashRecord => {
  switch (entry.type) {
    case 'cash.compared':
      return { last: { unit: entry.unit, counters: entry.counters }, notes: new Map() }
    case 'note.escrowed':
    case 'note.stacking':
      return withNote(record, entry, 'open')
    // Nobody pays with it, and the acceptor counts it all the same where it keeps it. What is unknown of it stays open.
    case 'note.testing':
      return withNote(record, { noteId: entry.noteId, saleId: null }, 'open')
    case 'note.tested':
      return entry.end === 'returned' && record.notes.has(entry.noteId)
        ? withNote(record, { noteId: entry.noteId, saleId: null }, 'returned')
        : record
    case 'note.unexpected':
      return withNote(record, entry, 'in the box')
    case 'note.stacked':
      return record.notes.has(entry.noteId) ? withNote(record, entry, 'in the box') : record
    case 'note.returned':
      return record.notes.has(entry.noteId) ? withNote(record, entry, 'returned') : record
    default:
      return record
  }
}

const withNote = (
  record: CashRecord,
  { noteId, saleId }: { noteId: NoteId; saleId: SaleId | null },
  place: 'in the box' | 'returned' | 'open',
): CashRecord =>
  // Before the first comparison there is nothing to count from.
  record.last === null
    ? record
    : { ...record, notes: new Map([...record.notes, [noteId, { sale: saleId, place }]]) }

/** What an acceptor at rest says against what the journal says. */
export const compareCash = (
  { last, notes }: CashRecord,
  { serialNumber: unit, counters }: { serialNumber: string; counters: NoteCounters },
): CashCompared => {
  const all = [...notes.values()]
  const expected = all.filter(({ place }) => place === 'in the box').length
  const open = all.filter(({ place }) => place === 'open').length
  const sales = new Set(all.map(({ sale }) => sale))
  const [sale = null] = sales.size === 1 ? sales : []
  const compared = { type: 'cash.compared' as const, sale, unit, counters, expected, open }
  if (last === null) return { ...compared, difference: 0, verdict: 'first' }
  if (last.unit !== unit) return { ...compared, difference: 0, verdict: 'another unit' }
  const gained = counters.stacked - last.counters.stacked
  // A lifelong counter only grows. One that went back was reset: it says nothing about the notes in between.
  if (gained < 0) return { ...compared, difference: 0, verdict: 'counters went back' }
  const difference = gained < expected ? gained - expected : Math.max(0, gained - expected - open)
  return { ...compared, difference, verdict: difference === 0 ? 'agrees' : 'differs' }
}

/** Nothing happened since the last comparison, and both records say so. */
export const saysNothingNew = ({ last, notes }: CashRecord, compared: CashCompared): boolean =>
  notes.size === 0 &&
  compared.verdict === 'agrees' &&
  last?.counters.rejected === compared.counters.rejected
