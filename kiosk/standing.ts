// Pure: the journal as what is owed at this moment, to whom, and what is unknown.
import type { ClosingRequest, NoteTendered } from '../domain/centre-messages.ts'
import type { InsertionId, NoteId, OrderNumber, RequestId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { plus, type Minor } from '../domain/money.ts'
import type { OpenNote } from '../state-machines/kiosk.ts'
import { noTrail, trailAfter, type NoteTrail } from './note-trail.ts'
import {
  Contradiction,
  newSale,
  notesAfter,
  saleAfter,
  type EntryOfSale,
  type NoteStanding,
  type SaleStanding,
} from './standing-sale.ts'

export type Standing = {
  /** Every sale of the journal, in the order of their first entries. */
  sales: ReadonlyMap<SaleId, SaleStanding>
  /** Notes taken while nobody was paying. */
  strayNotes: readonly NoteStanding[]
  trail: NoteTrail
}

/** Follows the journal entry by entry. `enter` throws a `Contradiction` for an entry that cannot be true. */
export type StandingBook = { enter: (entry: JournalEntry) => void; standing: () => Standing }

export const standingBook = (): StandingBook => {
  const sales = new Map<SaleId, SaleStanding>()
  const noteIds = new Map<NoteId, SaleId | null>()
  /** Sales that somebody may still be at. */
  const open = new Set<SaleId>()
  let strayNotes: NoteStanding[] = []
  let trail = noTrail

  const oneSaleANote = (noteId: NoteId, saleId: SaleId | null) => {
    const before = noteIds.get(noteId)
    if (before !== undefined && before !== saleId) {
      throw new Contradiction(`note ${noteId} is of sale ${before} and of sale ${saleId}`)
    }
    noteIds.set(noteId, saleId)
  }

  return {
    enter: (entry) => {
      if ('noteId' in entry) oneSaleANote(entry.noteId, entry.saleId)
      if (entry.type === 'kiosk.started') {
        for (const saleId of open) sales.set(saleId, { ...saleOf(sales, saleId), over: true })
        open.clear()
      } else if (isOfSale(entry)) {
        const { saleId } = entry
        const sale = saleAfter(saleOf(sales, saleId), entry)
        sales.set(saleId, sale)
        if (sale.over) open.delete(saleId)
        else open.add(saleId)
      } else if (entry.type === 'note.unexpected') {
        strayNotes = notesAfter(strayNotes, entry)
      }
      trail = trailAfter(trail, entry, countersOf(sales, entry))
    },
    standing: () => ({ sales, strayNotes, trail }),
  }
}

export const standingOf = (entries: Iterable<JournalEntry>): Standing => {
  const book = standingBook()
  for (const entry of entries) book.enter(entry)
  return book.standing()
}

const saleOf = (sales: ReadonlyMap<SaleId, SaleStanding>, saleId: SaleId): SaleStanding =>
  sales.get(saleId) ?? newSale(saleId)

const countersOf = (sales: ReadonlyMap<SaleId, SaleStanding>, entry: JournalEntry) =>
  'noteId' in entry && entry.saleId !== null
    ? (sales.get(entry.saleId)?.notes.find(({ noteId }) => noteId === entry.noteId)?.counters ??
      null)
    : null

const isOfSale = (entry: JournalEntry): entry is EntryOfSale =>
  'saleId' in entry && entry.saleId !== null

/** Notes whose stacking was begun and has no outcome: the acceptor is asked about each before anything else. */
export const openNotes = (standing: Standing): OpenNote[] =>
  [...standing.sales.values()].flatMap((sale) =>
    sale.notes.flatMap(({ noteId, value, place, counters }) =>
      place === 'moving' && value !== null
        ? [{ type: 'note.stacking', saleId: sale.saleId, noteId, value, counters } as const]
        : [],
    ),
  )

/** A closing that has to be sent until the centre answers. `requestId` is null when none was journalled for it yet. */
export type UnsettledSale = Pick<ClosingRequest, 'saleId' | 'insertionId' | 'notes'> & {
  requestId: RequestId | null
}

/**
 * Sales that are over and have money or an order in them that no answered closing covers. A sale with a note whose
 * verdict is still open waits for that verdict: what is told to the centre must be final.
 */
export const unsettledSales = (standing: Standing): UnsettledSale[] =>
  [...standing.sales.values()].filter(needsClosing).map((sale) => {
    const { saleId, closing } = sale
    const notes = takenNotes(sale)
    // An id names one content for ever: with other notes it needs another id.
    return closing !== null && !closing.answered && sameNotes(closing.notes, notes)
      ? { saleId, insertionId: closing.insertionId, notes, requestId: closing.requestId }
      : { saleId, insertionId: sale.insertionId, notes, requestId: null }
  })

const needsClosing = (sale: SaleStanding): boolean => {
  const { over, notes, order, closing, settled } = sale
  if (!over || notes.some((note) => note.place === 'moving')) return false
  if (notes.some((note) => note.place === 'unsettled')) return true
  if (closing !== null && !closing.answered) return true
  return settled === null && order !== null && order.state !== 'refused'
}

/** The notes of a sale that are in the cash box for certain, with the values that are known. */
export const takenNotes = ({ notes }: SaleStanding): NoteTendered[] =>
  notes.flatMap(({ noteId, value, place }) =>
    value !== null && (place === 'unsettled' || place === 'in order' || place === 'settled')
      ? [{ noteId, value }]
      : [],
  )

const sameNotes = (some: readonly NoteTendered[], others: readonly NoteTendered[]): boolean =>
  some.length === others.length &&
  some.every(({ noteId, value }) =>
    others.some((other) => other.noteId === noteId && other.value === value),
  )

/** What the kiosk has to say after a start (P4): an intent without outcome, or an outcome that nobody knows. */
export type Unresolved =
  | { kind: 'note moving'; saleId: SaleId; noteId: NoteId; value: Minor | null }
  | { kind: 'note unknown'; saleId: SaleId | null; noteId: NoteId; value: Minor | null }
  | { kind: 'order requested'; saleId: SaleId; requestId: RequestId; amount: Minor }
  | { kind: 'card being written'; saleId: SaleId; orderNumber: OrderNumber }
  | { kind: 'card unknown'; saleId: SaleId; orderNumber: OrderNumber }
  | { kind: 'order being returned'; saleId: SaleId; orderNumber: OrderNumber }
  | { kind: 'sale not settled'; saleId: SaleId; insertionId: InsertionId | null; cash: Minor }
  | { kind: 'receipt not printed'; saleId: SaleId; jobId: string; number: number | null }

export const unresolved = (standing: Standing): Unresolved[] => [
  ...[...standing.sales.values()].flatMap((sale) => [
    ...sale.notes.flatMap(unresolvedNote),
    ...unresolvedOrder(sale),
    ...unresolvedPaper(sale),
  ]),
  ...standing.strayNotes.flatMap(unresolvedNote),
  ...unsettledSales(standing).map(({ saleId, insertionId, notes }): Unresolved => {
    const cash = plus(...notes.map(({ value }) => value))
    return { kind: 'sale not settled', saleId, insertionId, cash }
  }),
]

const unresolvedNote = ({ noteId, saleId, value, place }: NoteStanding): Unresolved[] => {
  if (place === 'moving' && saleId !== null) return [{ kind: 'note moving', saleId, noteId, value }]
  // A note without a sale has no owner that is known, whatever its value.
  return place === 'unknown' || saleId === null
    ? [{ kind: 'note unknown', saleId, noteId, value }]
    : []
}

const unresolvedOrder = (sale: SaleStanding): Unresolved[] => {
  const { saleId, order, card, returning } = sale
  const open: Unresolved[] = []
  if (order !== null && orderOpen(sale)) {
    open.push({
      kind: 'order requested',
      saleId,
      requestId: order.requestId,
      amount: order.offered,
    })
  }
  if (card?.state === 'writing') {
    open.push({ kind: 'card being written', saleId, orderNumber: card.orderNumber })
  }
  if (card?.state === 'unknown') {
    open.push({ kind: 'card unknown', saleId, orderNumber: card.orderNumber })
  }
  if (returning?.state === 'asked') {
    open.push({ kind: 'order being returned', saleId, orderNumber: returning.orderNumber })
  }
  return open
}

/** Nobody knows whether the order was made. The closing fences it, so an answered closing decides. */
const orderOpen = ({ order, settled }: SaleStanding): boolean =>
  settled === null && (order?.state === 'requested' || order?.state === 'unknown')

const unresolvedPaper = ({ saleId, receipts }: SaleStanding): Unresolved[] =>
  receipts
    .filter(({ state }) => state !== 'printed')
    .map(({ jobId, number }) => ({ kind: 'receipt not printed', saleId, jobId, number }))

/**
 * The outcomes of what was begun before the kiosk stopped, to be journalled right after `kiosk.started`: nobody saw how an
 * order or a card write ended, so they are unknown until the centre and the card are asked. Notes are not among them:
 * the acceptor is asked first (`openNotes`).
 */
export const outcomesOfStop = (standing: Standing): JournalEntry[] =>
  [...standing.sales.values()].flatMap(({ saleId, order, card, settled }): JournalEntry[] => {
    const why = 'the kiosk stopped'
    return [
      ...(order?.state === 'requested' && settled === null
        ? [{ type: 'order.unknown' as const, saleId, why }]
        : []),
      ...(card?.state === 'writing'
        ? [{ type: 'card.unknown' as const, saleId, orderNumber: card.orderNumber, why }]
        : []),
    ]
  })
