// Pure: what is in the cash box according to the journal, and how far that count can be trusted.
import { z } from 'zod'
import { NoteId, timeOf } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import { Money } from '../domain/schema.ts'
import { valueOfNotes, withNote } from '../domain/service/notes-counted.ts'

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
  /** The number of this count: the boxes that were put in, and the first. Counters are closed with it and never reset. */
  period: z.int().positive().default(1),
  /** The number on the box; null for the one a kiosk began with. */
  box: z.string().nullable().default(null),
  /** When its exchange was begun, milliseconds since 1970; null for the first. */
  since: z.int().nullable().default(null),
  /** Faults of the cash box that stand. */
  faults: z.array(z.string()).default([]),
  /** Notes whose place nobody knew when a box was taken out: if they were taken at all, they are in that one. */
  elsewhere: z.array(NoteId).default([]),
})
export type CashBox = z.infer<typeof CashBox>

export const emptyCashBox: CashBox = {
  notes: [],
  notesOfUnknownValue: 0,
  accuracy: 'accurate',
  period: 1,
  box: null,
  since: null,
  faults: [],
  elsewhere: [],
}

/** The box after one more entry of the journal. */
export const cashBoxAfter = (box: CashBox, entry: JournalEntry): CashBox => {
  switch (entry.type) {
    case 'note.stacked':
      return box.elsewhere.includes(entry.noteId) ? box : taking(box, entry.value)
    case 'note.unexpected':
      return entry.value === null
        ? lessSure({ ...box, notesOfUnknownValue: box.notesOfUnknownValue + 1 }, 'inaccurate')
        : taking(box, entry.value)
    case 'note.unknown':
      return lessSure(box, 'inaccurate')
    case 'note.tested':
      return entry.end === 'unknown' ? lessSure(box, 'inaccurate') : box
    case 'fault.raised':
      return afterFault(box, entry)
    case 'fault.cleared':
      return entry.device === 'cashBox'
        ? { ...box, faults: box.faults.filter((fault) => fault !== entry.fault) }
        : box
    // What was in it has left with it, whenever the new one comes.
    case 'box.removed': {
      const { period, faults, elsewhere } = box
      const gone = { period: period + 1, faults, elsewhere: [...elsewhere, ...entry.open] }
      return { ...emptyCashBox, ...gone, since: timeOf(entry.exchangeId) }
    }
    // It was out of our sight, and a person says that it came empty.
    case 'box.exchanged':
      return { ...box, box: entry.box, accuracy: 'accurate' }
    default:
      return box
  }
}

/** The value of all notes whose value is known. */
export const valueOf = (box: CashBox): Minor => valueOfNotes(box.notes)

const taking = (box: CashBox, value: Minor): CashBox => ({
  ...box,
  notes: withNote(box.notes, value),
})

const afterFault = (
  box: CashBox,
  { device, fault }: Extract<JournalEntry, { type: 'fault.raised' }>,
): CashBox => {
  const faults =
    device === 'cashBox' && !box.faults.includes(fault) ? [...box.faults, fault] : box.faults
  const now = { ...box, faults }
  if (fault === 'jam' || fault === 'cash differs') return lessSure(now, 'inaccurate')
  return fault === 'cash box removed' ? lessSure(now, 'unknown') : now
}

/** Trust is lost by itself and won back only by a person. */
const lessSure = (box: CashBox, accuracy: Accuracy): CashBox =>
  Accuracy.options.indexOf(accuracy) > Accuracy.options.indexOf(box.accuracy)
    ? { ...box, accuracy }
    : box
