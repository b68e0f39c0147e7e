// What the exchange of a cash box knows: what stands in the journal of it, what was typed and not yet written, and its paper.
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import { notesAgree } from '../domain/service/notes-counted.ts'
import type { Person, PersonNumber } from '../domain/service/person.ts'
import type { ExchangeId, NotesCounted, VisitId } from '../domain/service/service-entries.ts'
import { copyDue, type StandingExchange } from '../domain/service/standing-exchange.ts'
import type { NoteAcceptorEvent } from '../drivers/note-acceptor/note-acceptor.ts'
import type {
  ReceiptDocument,
  ReceiptPrinterEvent,
} from '../drivers/receipt-printer/receipt-printer.ts'
import type { PressEvent } from './casting.ts'

export type ExchangingInput = { visitId: VisitId; person: PersonNumber }

/** What the journal has in the box at this moment, under the id and number of a new exchange. */
export type Stock = Omit<
  Extract<JournalEntry, { type: 'box.exchanging' }>,
  'type' | 'visitId' | 'person'
>

/** What the records, the configuration and the acceptor say when somebody comes to exchange the box. */
export type TakenUp = {
  /** An exchange that was broken off: it goes on. Null: a new one begins. */
  standing: StandingExchange | null
  stock: Stock
  /** The values of notes that are counted, the smallest first. */
  values: readonly Minor[]
  /** A second person has to be there. */
  twoPersons: boolean
  /** The acceptor has a sensor, and it says so. */
  boxIsOut: boolean
}

/** One copy of the slip, under a number that was given to no other. */
export type ExchangeSlip = { jobId: string; number: number; paper: ReceiptDocument }

export type ExchangingEvent = PressEvent | NoteAcceptorEvent | ReceiptPrinterEvent

/** Why a second person was not let through. */
export type WitnessRefused = 'wrong' | 'locked' | 'same person' | 'not allowed'

export type ExchangingContext = ExchangingInput &
  Pick<TakenUp, 'values' | 'twoPersons' | 'boxIsOut'> & {
    stock: Stock | null
    /** As the journal has it now. */
    exchange: StandingExchange | null
    /** It was begun before, and nothing was added to it yet. */
    resumed: boolean
    /** Somebody was asked to count, so the box may have been out, whatever a sensor says. */
    asked: boolean
    /** The sensor has seen the box go out. */
    sensed: boolean
    typed: string
    /** So many of the values as were counted, in their order. */
    counts: readonly number[]
    box: string
    seal: string
    witness: { number: string; person: Person | null; refused: WitnessRefused | null }
    /** Of the second person, until it is checked. */
    pin: string
    /** A wrong try of a second person, to be journalled. */
    refusal: JournalEntry[]
    /** The copy that is printed now. */
    copy: number
    slip: ExchangeSlip | null
    /** The last copy is on paper. */
    printed: boolean
    /** The comparison was looked at. */
    compared: boolean
    end: ExchangingOutput
  }

export type ExchangingOutput =
  | { kind: 'exchanged' }
  /** The old box is in as before. */
  | { kind: 'not exchanged' }
  /** It goes on with whoever comes next; until then no notes are taken. */
  | { kind: 'left open' }

/** Longer than any number of a box, a seal or a person, and any count. */
export const mostDigits = 12
/** Of one value; a box holds fewer. */
export const mostDigitsOfCount = 5

/** Asking before there is one is a fault of ours. */
export const exchangeOf = ({ exchange }: Pick<ExchangingContext, 'exchange'>): StandingExchange => {
  if (exchange === null) throw new Error('no exchange is begun')
  return exchange
}

const idOf = (context: ExchangingContext): ExchangeId => exchangeOf(context).exchangeId

/** What was typed, value by value. */
export const typedCount = ({
  values,
  counts,
}: Pick<ExchangingContext, 'values' | 'counts'>): NotesCounted =>
  values.flatMap((value, at) => {
    const count = counts[at]
    return count === undefined ? [] : [{ value, count }]
  })

export const begunBy = ({ stock, visitId, person }: ExchangingContext): JournalEntry[] =>
  stock === null ? [] : [{ type: 'box.exchanging', ...stock, visitId, person }]

export const countBy = (context: ExchangingContext): JournalEntry[] => [
  {
    type: 'box.counted',
    exchangeId: idOf(context),
    person: context.person,
    notes: typedCount(context),
  },
]

export const sealedBy = (context: ExchangingContext): JournalEntry[] => [
  { type: 'box.counted', exchangeId: idOf(context), person: context.person, notes: null },
]

export const removedBy = (context: ExchangingContext): JournalEntry[] => {
  const { box, seal } = context
  const { exchangeId, open } = exchangeOf(context)
  return [{ type: 'box.removed', exchangeId, box, seal, open: [...open] }]
}

/** The faults first: a stop in between leaves the exchange open, and nothing is cleared twice. */
export const exchangedBy = (context: ExchangingContext): JournalEntry[] => {
  const { person, witness, box, seal } = context
  const { exchangeId, faults } = exchangeOf(context)
  return [
    ...(countAgrees(exchangeOf(context)) === true
      ? faults.map((fault) => ({ type: 'fault.cleared' as const, device: 'cashBox', fault }))
      : []),
    {
      type: 'box.exchanged',
      exchangeId,
      person,
      witness: witness.person?.number ?? null,
      box,
      seal,
    },
  ]
}

export const stoppedBy = (context: ExchangingContext): JournalEntry[] => [
  { type: 'box.not-exchanged', exchangeId: idOf(context), person: context.person },
]

/** What was begun before stands in the journal already. */
export const queuedSlip = (context: ExchangingContext): JournalEntry[] =>
  begunSlip(context) === null ? slipEntry(context, 'queued') : []

export const slipEntry = (
  context: ExchangingContext,
  printed: 'queued' | 'yes' | 'no',
): JournalEntry[] => {
  const { slip, copy } = context
  if (slip === null) return []
  const { jobId, number } = slip
  return [{ type: 'box.slip', exchangeId: idOf(context), jobId, copy, printed, number }]
}

/** A job is one piece of paper: what was begun before is asked for again under its own number. */
export const begunSlip = (
  context: Pick<ExchangingContext, 'exchange' | 'copy'>,
): { jobId: string; number: number } | null =>
  exchangeOf(context).slips.find(
    ({ copy, printed }) => copy === context.copy && printed === 'queued',
  ) ?? null

export const nextCopy = ({ exchange }: ExchangingContext): number => {
  const slips = exchange?.slips ?? []
  return copyDue({ slips }) ?? Math.max(...slips.map(({ copy }) => copy)) + 1
}

/** Null where the office counts, and nobody here may know. */
export const countAgrees = (
  exchange: Pick<StandingExchange, 'counted' | 'expected' | 'unknownValue'>,
): boolean | null => {
  const { counted, expected, unknownValue } = exchange
  if (counted === null || counted.notes === null) return null
  return unknownValue === 0 && notesAgree(expected, counted.notes)
}
