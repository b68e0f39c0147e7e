// Pure: the exchange of the cash box that stands open by the journal, entry by entry: whoever takes it up goes on from here.
import type { NoteId } from '../identifiers.ts'
import type { JournalEntry } from '../journal-entry.ts'
import type { Minor } from '../money.ts'
import { withNote } from './notes-counted.ts'
import type { PersonNumber } from './person.ts'
import type { ExchangeId, NotesCounted } from './service-entries.ts'

type EntryOf<Type extends JournalEntry['type']> = Extract<JournalEntry, { type: Type }>

export type StandingExchange = Omit<
  EntryOf<'box.exchanging'>,
  'type' | 'visitId' | 'open' | 'person'
> & {
  open: readonly NoteId[]
  /** `notes` null: the box goes sealed to the office. */
  counted: { person: PersonNumber; notes: NotesCounted | null } | null
  removed: { box: string; seal: string } | null
  exchanged: {
    person: PersonNumber
    witness: PersonNumber | null
    box: string
    seal: string
  } | null
  /** Every copy of its slip that was begun, in the order they were. */
  slips: readonly SlipOfExchange[]
}

export type SlipOfExchange = Pick<EntryOf<'box.slip'>, 'jobId' | 'number' | 'copy' | 'printed'>

/** One for whoever takes the box away, one that stays. */
export const slipCopies = 2

/**
 * The latest exchange after one more entry; null where there is none, or it was broken off. Entries of another exchange than
 * the latest change nothing.
 */
export const exchangeAfter = (
  standing: StandingExchange | null,
  entry: JournalEntry,
): StandingExchange | null => {
  if (entry.type === 'box.exchanging') return begun(entry)
  if (standing === null) return null
  if ('exchangeId' in entry) {
    return entry.exchangeId === standing.exchangeId ? afterOwn(standing, entry) : standing
  }
  switch (entry.type) {
    case 'note.stacked':
      return withFound(standing, entry.value)
    case 'note.unexpected':
      return withFound(standing, entry.value)
    case 'fault.cleared':
      return entry.device === 'cashBox'
        ? { ...standing, faults: standing.faults.filter((fault) => fault !== entry.fault) }
        : standing
    default:
      return standing
  }
}

const begun = ({
  type: _type,
  visitId: _visit,
  person: _person,
  ...stock
}: EntryOf<'box.exchanging'>): StandingExchange => ({
  ...stock,
  counted: null,
  removed: null,
  exchanged: null,
  slips: [],
})

type EntryOfExchange = Exclude<
  Extract<JournalEntry, { exchangeId: ExchangeId }>,
  { type: 'box.exchanging' }
>

const afterOwn = (standing: StandingExchange, entry: EntryOfExchange): StandingExchange | null => {
  switch (entry.type) {
    case 'box.counted':
      return { ...standing, counted: { person: entry.person, notes: entry.notes } }
    case 'box.removed':
      return { ...standing, removed: { box: entry.box, seal: entry.seal } }
    case 'box.exchanged': {
      const { person, witness, box, seal } = entry
      return { ...standing, exchanged: { person, witness, box, seal } }
    }
    case 'box.not-exchanged':
      return null
    case 'box.slip':
      return withSlip(standing, entry)
    default:
      return standing
  }
}

const withSlip = (
  standing: StandingExchange,
  { jobId, number, copy, printed }: EntryOf<'box.slip'>,
): StandingExchange => ({
  ...standing,
  slips: [
    ...standing.slips.filter((each) => each.jobId !== jobId),
    { jobId, number, copy, printed },
  ],
})

/** A note that turns up before the box is out is in it; what turns up later is the new box's. */
const withFound = (standing: StandingExchange, value: Minor | null): StandingExchange => {
  if (standing.removed !== null) return standing
  return value === null
    ? { ...standing, unknownValue: standing.unknownValue + 1 }
    : { ...standing, expected: withNote(standing.expected, value) }
}

/** The copy that is still to be told of, on paper or on the screen; null when both were. */
export const copyDue = ({ slips }: Pick<StandingExchange, 'slips'>): number | null => {
  const told = slips.filter(({ printed }) => printed !== 'queued').map(({ copy }) => copy)
  const copies = Array.from({ length: slipCopies }, (_, at) => at + 1)
  return copies.find((copy) => !told.includes(copy)) ?? null
}

/** Something of it is still to be done: whoever comes next goes on with it. */
export const stillOpen = (latest: StandingExchange | null): StandingExchange | null =>
  latest !== null && (latest.exchanged === null || copyDue(latest) !== null) ? latest : null

/** The old box may be out, and nobody has said that the new one is in: no money may be taken. */
export const isBoxOpen = (latest: StandingExchange | null): boolean =>
  latest !== null && latest.exchanged === null
