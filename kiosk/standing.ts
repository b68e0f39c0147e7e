// Pure: the journal as what is owed at this moment, to whom, and what is unknown.
import type { ClosingRequest, NoteTendered } from '../domain/centre-messages.ts'
import type { NoteId, OrderNumber, RequestId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { OpenNote } from '../state-machines/kiosk-context.ts'
import { fateOf, orderNumberOf } from './order-fate.ts'
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
  /** Interrupted sales whose customers may still be standing there. */
  const waiting = new Set<SaleId>()
  let strayNotes: NoteStanding[] = []
  let trail = noTrail

  const oneSaleANote = (noteId: NoteId, saleId: SaleId | null) => {
    const before = noteIds.get(noteId)
    if (before !== undefined && before !== saleId) {
      throw new Contradiction(`note ${noteId} is of sale ${before} and of sale ${saleId}`)
    }
    noteIds.set(noteId, saleId)
  }

  const someoneServed = () => {
    for (const saleId of waiting) {
      sales.set(saleId, { ...saleOf(sales, saleId), interrupted: 'customer has gone' })
    }
    waiting.clear()
  }

  return {
    enter: (entry) => {
      if ('noteId' in entry) oneSaleANote(entry.noteId, entry.saleId)
      if (entry.type === 'kiosk.started') {
        for (const saleId of open) {
          const interrupted = 'customer may be there'
          sales.set(saleId, { ...saleOf(sales, saleId), over: true, interrupted })
          waiting.add(saleId)
        }
        open.clear()
      } else if (isOfSale(entry)) {
        const { saleId } = entry
        if (entry.type === 'session.opened') someoneServed()
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
    // The centre may have booked it, and says so under its id alone: a note that came later waits for another closing.
    if (closing !== null && !closing.answered) {
      const { insertionId, notes, requestId } = closing
      return { saleId, insertionId, notes, requestId }
    }
    return { saleId, insertionId: sale.insertionId, notes: takenNotes(sale), requestId: null }
  })

const needsClosing = (sale: SaleStanding): boolean => {
  const { over, notes, order, card, closing, settled } = sale
  if (!over || notes.some((note) => note.place === 'moving')) return false
  if (notes.some((note) => note.place === 'unsettled')) return true
  if (closing !== null && !closing.answered) return true
  if (settled !== null) return false
  // The closing also fences an older order that was being written on the card.
  return (order !== null && order.state !== 'refused') || card?.state === 'unknown'
}

/** An order that was on its way back to the account when its sale ended, and no answer is known. */
export type OpenReturn = {
  saleId: SaleId
  orderNumber: OrderNumber
  /** Null when none was journalled. */
  requestId: RequestId | null
}

export const openReturns = (standing: Standing): OpenReturn[] =>
  [...standing.sales.values()].flatMap(({ saleId, over, returning }) =>
    over && returning?.state === 'asked'
      ? [{ saleId, orderNumber: returning.orderNumber, requestId: returning.requestId }]
      : [],
  )

/** An order that is paid for, and neither proven on its card nor back in the account. */
export type UndecidedOrder = { saleId: SaleId; orderNumber: OrderNumber }

export const undecidedOrders = (standing: Standing): UndecidedOrder[] =>
  [...standing.sales.values()].flatMap((sale) => {
    const orderNumber = orderNumberOf(sale)
    const fate = fateOf(sale)
    const undecided = fate === 'card decides' || fate === 'not on the card'
    return sale.over && orderNumber !== null && undecided
      ? [{ saleId: sale.saleId, orderNumber }]
      : []
  })

/** The notes of a sale that are in the cash box for certain, with the values that are known. */
export const takenNotes = ({ notes }: SaleStanding): NoteTendered[] =>
  notes.flatMap(({ noteId, value, place }) =>
    value !== null && (place === 'unsettled' || place === 'in order' || place === 'settled')
      ? [{ noteId, value }]
      : [],
  )

/**
 * The outcomes of what was begun before the kiosk stopped, to be journalled right after `kiosk.started`: nobody saw how an
 * order or a card write ended, so they are unknown until the centre and the card are asked. Notes are not among them:
 * the acceptor is asked first (`openNotes`).
 */
export const outcomesOfStop = (standing: Standing): JournalEntry[] =>
  [...standing.sales.values()].flatMap(({ saleId, order, card, undoing, settled }) => {
    const why = 'the kiosk stopped'
    return [
      ...(order?.state === 'requested' && settled === null
        ? [{ type: 'order.unknown' as const, saleId, why }]
        : []),
      ...(card?.state === 'writing'
        ? [{ type: 'card.unknown' as const, saleId, orderNumber: card.orderNumber, why }]
        : []),
      ...(undoing?.state === 'asked'
        ? [{ type: 'card.undo-unknown' as const, saleId, orderNumber: undoing.orderNumber, why }]
        : []),
    ]
  })
