// The auditor on notes: the life of each, what the box holds, and what the centre has booked of them.
import type { JournalEntry } from '../domain/journal-entry.ts'
import { never } from '../domain/never.ts'
import type { Evidence } from './auditor.ts'

export type NoteLife = {
  note: string
  sale: string | null
  /** Null: the acceptor did not say. */
  value: number | null
  is: 'escrowed' | 'stacking' | 'in the box' | 'returned' | 'unknown'
}

type EntryOfNote = Extract<JournalEntry, { noteId: unknown; saleId: unknown }>

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0)

/** Every note of the journal, where it says the note is, and what no note can live through. */
export const noteLives = (
  entries: readonly JournalEntry[],
): { notes: NoteLife[]; flaws: string[] } => {
  const notes = new Map<string, NoteLife>()
  const flaws: string[] = []
  for (const entry of entries) {
    // A note in a test pays for nothing.
    if (!('noteId' in entry) || !('saleId' in entry)) continue
    const { noteId: note, saleId: sale, value } = entry
    const before = notes.get(note)
    const is = placeAfter(before?.is, entry)
    if (is === null) {
      flaws.push(`note ${note} was ${before?.is ?? 'never seen'}, and then ${entry.type}`)
    }
    if (before !== undefined && before.value !== value) {
      flaws.push(`note ${note} was worth ${before.value} and then ${value}`)
    }
    if (before !== undefined && before.sale !== sale) {
      flaws.push(`note ${note} was of sale ${before.sale} and then of sale ${sale}`)
    }
    notes.set(note, { note, sale, value, is: is ?? before?.is ?? 'unknown' })
  }
  return { notes: [...notes.values()], flaws }
}

type Place = NoteLife['is']

/** Null for what cannot follow: an act without its intent, or a second end. */
const placeAfter = (before: Place | undefined, entry: EntryOfNote): Place | null => {
  const after = (is: Place, ...allowed: (Place | undefined)[]) =>
    allowed.includes(before) ? is : null
  switch (entry.type) {
    case 'note.escrowed':
      return after('escrowed', undefined)
    case 'note.stacking':
      return after('stacking', undefined, 'escrowed')
    case 'note.stacked':
      return after('in the box', 'stacking', 'unknown')
    case 'note.unexpected':
      return after('in the box', undefined, 'escrowed', 'stacking')
    case 'note.returning':
      return after(before ?? 'escrowed', 'escrowed', 'stacking')
    case 'note.returned':
      return after('returned', 'escrowed', 'stacking', 'unknown')
    case 'note.unknown':
      return after('unknown', 'escrowed', 'stacking')
    default:
      return never(entry)
  }
}

export const isInBox = (note: NoteLife): note is NoteLife & { value: number } =>
  note.is === 'in the box' && note.value !== null

const mayBeInBox = ({ is }: NoteLife): boolean => is === 'unknown' || is === 'stacking'

/**
 * P2: of every value the box holds what the journal says, give or take the notes whose place it does not know. Notes it
 * names without a value are in the box too, whatever they are: so many more, and no others.
 */
export const notesAgainstBox = (
  notes: readonly NoteLife[],
  { cashBox }: Pick<Evidence, 'cashBox'>,
): string[] => {
  const known = notes.filter(isInBox)
  const open = notes.filter(mayBeInBox)
  const nameless = notes.filter((note) => note.is === 'in the box' && note.value === null).length
  const values = new Set([...cashBox, ...known, ...open].map(({ value }) => value ?? 0))
  const counted = [...values].map((value) => {
    const real = sum(cashBox.filter((each) => each.value === value).map(({ count }) => count))
    const least = known.filter((note) => note.value === value).length
    const most = least + open.filter((note) => note.value === value).length
    return { value, real, least, most }
  })
  const missing = counted.filter(({ real, least }) => real < least)
  const surplus = counted.filter(({ real, most }) => real > most)
  const unclaimed = sum(surplus.map(({ real, most }) => real - most))
  const all = sum(cashBox.map(({ count }) => count))
  const atLeast = known.length + nameless
  return [
    ...missing.map(told),
    ...(unclaimed > nameless ? surplus.map(told) : []),
    ...(missing.length === 0 && all < atLeast
      ? [`the cash box holds ${all} notes, the journal says ${atLeast}`]
      : []),
  ]
}

const told = (of: { value: number; real: number; least: number; most: number }): string => {
  const { value, real, least, most } = of
  const said = most > least ? `${least} to ${most}` : String(least)
  return `the cash box holds ${real} notes of ${value}, the journal says ${said}`
}

/** P2: what the centre has booked is in the box, once, as what it is and for the sale it is of. */
export const notesAgainstCentre = (
  notes: readonly NoteLife[],
  { centre }: Pick<Evidence, 'centre'>,
): string[] => {
  const found: string[] = []
  const seen = new Set<string>()
  for (const booked of centre.notes) {
    const real = notes.find(({ note }) => note === booked.note)
    if (seen.has(booked.note)) found.push(`note ${booked.note} is booked twice`)
    seen.add(booked.note)
    if (real === undefined || !isInBox(real)) {
      found.push(`note ${booked.note} is booked but the journal does not have it in the box`)
    } else if (real.value !== booked.value) {
      found.push(`note ${booked.note} is worth ${real.value} and booked as ${booked.value}`)
    } else if (real.sale !== booked.sale) {
      found.push(`note ${booked.note} is of sale ${real.sale} and booked for ${booked.sale}`)
    }
  }
  return found
}
