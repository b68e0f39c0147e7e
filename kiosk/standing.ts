// Pure: the journal as what is owed at this moment, to whom, and what is unknown.
import type { ClosingRequest, NoteTendered } from '../domain/centre-messages.ts'
import {
  timeOf,
  type NoteId,
  type OrderNumber,
  type RequestId,
  type SaleId,
} from '../domain/identifiers.ts'
import { isOfNote, type JournalEntry } from '../domain/journal-entry.ts'
import { never } from '../domain/never.ts'
import type { PaymentEnded } from '../domain/payment.ts'
import type { OpenPayment } from '../state-machines/finding-payments.ts'
import type { OpenNote } from '../state-machines/kiosk-context.ts'
import { isPaymentWay } from '../state-machines/sale-payment.ts'
import { fateOf, orderNumberOf } from './order-fate.ts'
import { testNotesAfter, unknownTests, type TestNote } from './standing-tests.ts'
import { noTrail, trailAfter, type NoteTrail } from './note-trail.ts'
import { endOf, isOver } from './standing-payments.ts'
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
  /** Notes that a test of the acceptor let in, and of which nobody knows that they came back. */
  testNotes: readonly TestNote[]
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
  let testNotes: readonly TestNote[] = []
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
      if (isOfNote(entry)) oneSaleANote(entry.noteId, entry.saleId)
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
      testNotes = testNotesAfter(testNotes, entry)
      trail = trailAfter(trail, entry, countersOf(sales, entry))
    },
    standing: () => ({ sales, strayNotes, testNotes, trail }),
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
  isOfNote(entry) && entry.saleId !== null
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
export type UnsettledSale = Pick<
  ClosingRequest,
  'saleId' | 'insertionId' | 'notes' | 'payments'
> & {
  requestId: RequestId | null
}

/**
 * Sales that are over and have money or an order in them that no answered closing covers. A sale with a note whose
 * verdict is still open waits for that verdict, and so does one with a payment whose end is not known: what is told to the
 * centre must be final.
 */
export const unsettledSales = (standing: Standing): UnsettledSale[] =>
  [...standing.sales.values()].filter(needsClosing).map((sale) => {
    const { saleId, closing } = sale
    // The centre may have booked it, and says so under its id alone: a note that came later waits for another closing.
    if (closing !== null && !closing.answered) {
      const { insertionId, notes, payments, requestId } = closing
      return { saleId, insertionId, notes, ...told(payments), requestId }
    }
    const { insertionId } = sale
    const payments = told(sale.payments.flatMap((payment) => endOf(payment) ?? []))
    return { saleId, insertionId, notes: takenNotes(sale), ...payments, requestId: null }
  })

const told = (payments: PaymentEnded[]) => (payments.length > 0 ? { payments } : {})

const needsClosing = (sale: SaleStanding): boolean => {
  const { over, notes, payments, order, card, closing, settled } = sale
  if (!over || notes.some((note) => note.place === 'moving')) return false
  if (!payments.every(isOver)) return false
  if (notes.some((note) => note.place === 'unsettled')) return true
  if (payments.some(({ told }) => !told)) return true
  if (closing !== null && !closing.answered) return true
  if (settled !== null) return false
  // The closing also fences an older order that was being written on the card.
  return (order !== null && order.state !== 'refused') || card?.state === 'unknown'
}

/** The terminal's books are looked at from their end: these are enough. */
const paymentsBefore = 20

/** Payments whose end nobody knows, of sales that are over: whoever was asked to charge them is asked about each. */
export const openPayments = (standing: Standing): OpenPayment[] => {
  const sales = [...standing.sales.values()]
  if (sales.every(({ payments }) => payments.every(isOver))) return []
  const before = sales
    .flatMap(({ payments }) => payments)
    .flatMap((payment) =>
      isOver(payment) && payment.evidence !== null
        ? [{ evidence: payment.evidence, amount: payment.amount }]
        : [],
    )
    .slice(-paymentsBefore)
  return sales.flatMap((sale) =>
    sale.over
      ? sale.payments
          .filter((payment) => !isOver(payment))
          .map(({ paymentId, way, amount, evidence, confirmed, refused }) => ({
            saleId: sale.saleId,
            paymentId,
            way,
            amount,
            since: timeOf(paymentId),
            evidence,
            confirmed,
            delivered: !refused && isDeliveredFor(sale),
            before,
          }))
      : [],
  )
}

/**
 * The energy is on the card, or may be, or the order stands so that its card can still take it up: then its payer is charged.
 * Of an order that no card was touched for nobody has had anything.
 */
const isDeliveredFor = (sale: SaleStanding): boolean => {
  const fate = fateOf(sale)
  switch (fate) {
    case 'on the card':
    case 'card decides':
      return true
    case 'not on the card':
      return sale.returning === null ? sale.card !== null : sale.returning.state === 'not returned'
    // Given back by its card at another kiosk, to the account: then it had been paid for.
    case 'back':
      return sale.returning?.requestId == null
    case 'none':
    case 'asked for':
      return false
    default:
      return never(fate)
  }
}

/** An order that was on its way back when its sale ended, and no answer is known. */
export type OpenReturn = {
  saleId: SaleId
  orderNumber: OrderNumber
  /** Its payment was to be undone: the money goes back to its payer and not to the account. */
  toPayer: boolean
  /** Null when none was journalled. */
  requestId: RequestId | null
}

export const openReturns = (standing: Standing): OpenReturn[] =>
  [...standing.sales.values()].flatMap((sale) => {
    const { saleId, over, returning } = sale
    if (!over || returning?.state !== 'asked') return []
    const { orderNumber, requestId } = returning
    return [{ saleId, orderNumber, toPayer: paidThroughBank(sale, orderNumber), requestId }]
  })

/** The order of this very sale, paid for by its payment. */
const paidThroughBank = ({ order }: SaleStanding, orderNumber: OrderNumber): boolean =>
  order?.orderNumber === orderNumber && isPaymentWay(order.tender)

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
 * the acceptor is asked first (`openNotes`). One that was in a test is no customer's: nobody asks, and what the acceptor says
 * of it is heard as of a note nobody waits for.
 */
export const outcomesOfStop = (standing: Standing): JournalEntry[] => [
  ...unknownTests(standing.testNotes),
  ...[...standing.sales.values()].flatMap(({ saleId, payments, order, card, undoing, settled }) => {
    const why = 'the kiosk stopped'
    return [
      ...payments
        .filter((payment) => !isOver(payment) && payment.place !== 'unknown')
        .map(({ paymentId }) => ({ type: 'payment.unknown' as const, saleId, paymentId, why })),
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
  }),
]
