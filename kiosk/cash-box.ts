// Pure: what is in the cash box according to the journal, and how far that count can be trusted.
import { z } from 'zod'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor, plus, type Minor } from '../domain/money.ts'
import { Money } from '../domain/schema.ts'

/**
 * A count says how far it can be trusted: `accurate`, every note was seen going in; `inaccurate`, a jam or a note without
 * a verdict may have changed it by a few; `unknown`, the box was out of our sight. A person who counts makes it accurate.
 */
export const Accuracy = z.enum(['accurate', 'inaccurate', 'unknown'])
export type Accuracy = z.infer<typeof Accuracy>

export const CashBox = z.object({
  /** Notes of each value, the smallest first. */
  notes: z.array(z.object({ value: Money, count: z.int().nonnegative() })),
  /** Notes that the acceptor took without saying what they were. */
  notesOfUnknownValue: z.int().nonnegative(),
  accuracy: Accuracy,
})
export type CashBox = z.infer<typeof CashBox>

export const emptyCashBox: CashBox = { notes: [], notesOfUnknownValue: 0, accuracy: 'accurate' }

/** The box after one more entry of the journal. */
export const cashBoxAfter = (box: CashBox, entry: JournalEntry): CashBox => {
  switch (entry.type) {
    case 'note.stacked':
      return withNote(box, entry.value)
    case 'note.unexpected':
      return entry.value === null
        ? lessSure({ ...box, notesOfUnknownValue: box.notesOfUnknownValue + 1 }, 'inaccurate')
        : withNote(box, entry.value)
    case 'note.unknown':
      return lessSure(box, 'inaccurate')
    case 'fault.raised':
      if (entry.fault === 'jam') return lessSure(box, 'inaccurate')
      if (entry.fault === 'cash differs') return lessSure(box, 'inaccurate')
      return entry.fault === 'cash box removed' ? lessSure(box, 'unknown') : box
    default:
      return box
  }
}

/** The value of all notes whose value is known. */
export const valueOf = (box: CashBox): Minor =>
  plus(...box.notes.map(({ value, count }) => minor(value * count)))

const withNote = (box: CashBox, value: Minor): CashBox => {
  const others = box.notes.filter((notes) => notes.value !== value)
  const count = 1 + (box.notes.find((notes) => notes.value === value)?.count ?? 0)
  return { ...box, notes: [...others, { value, count }].sort((a, b) => a.value - b.value) }
}

/** Trust is lost by itself and won back only by a person. */
const lessSure = (box: CashBox, accuracy: Accuracy): CashBox =>
  Accuracy.options.indexOf(accuracy) > Accuracy.options.indexOf(box.accuracy)
    ? { ...box, accuracy }
    : box
