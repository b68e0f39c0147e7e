// Pure: what the journal says of one sale and of each of its notes, entry by entry.
import type { NoteTendered } from '../domain/centre-messages.ts'
import type { ReferenceNumber } from '../domain/claim.ts'
import type {
  CardSerial,
  InsertionId,
  NoteId,
  OrderNumber,
  QuoteId,
  RequestId,
  SaleId,
} from '../domain/identifiers.ts'
import type { JournalEntry, NoteEntry } from '../domain/journal-entry.ts'
import { nothing, plus, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { PaymentEnded } from '../domain/payment.ts'
import type { OrderState } from '../domain/order.ts'
import type { NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import type { Tender } from '../ui/kiosk/screen.ts'
import { paymentsAfter, type PaymentStanding } from './standing-payments.ts'

/**
 * Where a note is, one place for each note, always (P2):
 * - `offered`: in escrow or on its way back; it is still the customer's
 * - `moving`: its stacking was begun and nobody has said yet how it ended
 * - `unsettled`: in the cash box, and in no order and no closing yet
 * - `in order`: paid for an order the centre has reserved
 * - `settled`: booked by the closing of its sale, to the account or to suspense
 * - `unknown`: a verdict could not be had, or the note has no value or no sale that is known; a person decides
 * - `returned`: with the customer again
 */
export type NotePlace =
  | 'offered'
  | 'moving'
  | 'unsettled'
  | 'in order'
  | 'settled'
  | 'unknown'
  | 'returned'

export type NoteStanding = {
  noteId: NoteId
  saleId: SaleId | null
  /** Null when the acceptor did not say. */
  value: Minor | null
  place: NotePlace
  /** The acceptor's own counters when its stacking was begun. */
  counters: NoteCounters | null
}

export type SaleStanding = {
  saleId: SaleId
  /** The insertion the sale began with: whose account the money belongs to. */
  insertionId: InsertionId | null
  serial: CardSerial | null
  /** The session was closed, or the kiosk has started since: nobody is at it any more. */
  over: boolean
  /**
   * It was open when the kiosk stopped. Its customer may still be standing there, as long as nobody else has been served
   * since; null for a sale that came to its own end.
   */
  interrupted: 'customer may be there' | 'customer has gone' | null
  notes: NoteStanding[]
  /** Those that went through a bank, in the order they were tried. */
  payments: PaymentStanding[]
  order: {
    requestId: RequestId
    quoteId: QuoteId
    tender: Tender
    offered: Minor
    /** With cash: the notes it was offered. */
    notes: NoteId[]
    state: 'requested' | 'reserved' | 'refused' | 'unknown'
    orderNumber: OrderNumber | null
    /** Once reserved: what the order holds, and what of the offer went to the account. */
    amount: Minor
    toAccount: Minor
  } | null
  /** The writing of an order, of this sale or of an older one that is open on the card. */
  card: {
    orderNumber: OrderNumber
    state: 'writing' | 'written' | 'not written' | 'unknown'
  } | null
  /** A load that is taken back: of this sale, or of an older order that was finished in it. */
  undoing: {
    orderNumber: OrderNumber
    state: 'asked' | 'undone' | 'not undone' | 'unknown'
  } | null
  /** An order going back to the account, of this sale or an older one. */
  returning: {
    orderNumber: OrderNumber
    /** Null in journals from before it was kept. */
    requestId: RequestId | null
    state: 'asked' | 'returned' | 'not returned'
  } | null
  /** The last closing that was begun, and whether the centre has answered it. */
  closing: {
    requestId: RequestId
    insertionId: InsertionId | null
    notes: NoteTendered[]
    payments: PaymentEnded[]
    answered: boolean
  } | null
  /** What all answered closings have said so far; `orderState` is null when none named it. */
  settled: {
    orderNumber: OrderNumber | null
    orderState: OrderState | null
    toAccount: Minor
    toSuspense: Minor
  } | null
  /** A claim slip that its customer redeems, asked for and not answered. */
  redeeming: {
    insertionId: InsertionId
    requestId: RequestId
    reference: ReferenceNumber
  } | null
  receipts: {
    jobId: string
    number: number | null
    state: 'queued' | 'printed' | 'not printed'
    /** The purchase it is the receipt of. */
    purchase: OrderNumber | null
    /** Money or a load was moved after it was begun: it does not say where the money is now. */
    outdated: boolean
  }[]
}

/** An entry that names its sale. */
export type EntryOfSale =
  | Exclude<Extract<JournalEntry, { saleId: unknown }>, { type: 'note.unexpected' }>
  | (Extract<JournalEntry, { type: 'note.unexpected' }> & { saleId: SaleId })

export const newSale = (saleId: SaleId): SaleStanding => ({
  saleId,
  insertionId: null,
  serial: null,
  over: false,
  interrupted: null,
  notes: [],
  payments: [],
  order: null,
  card: null,
  undoing: null,
  returning: null,
  closing: null,
  settled: null,
  redeeming: null,
  receipts: [],
})

/** The sale after one more entry. Throws a `Contradiction` when the entry cannot be true after those before it. */
export const saleAfter = (sale: SaleStanding, entry: EntryOfSale): SaleStanding => {
  const after = factsAfter(sale, entry)
  return { ...after, receipts: stillTrue(after, entry) }
}

const factsAfter = (sale: SaleStanding, entry: EntryOfSale): SaleStanding => {
  switch (entry.type) {
    case 'session.opened':
      // A card that is put back opens a second insertion of the same sale.
      return sale.insertionId === null
        ? { ...sale, insertionId: entry.insertionId, serial: entry.serial }
        : sale
    case 'session.closed':
      return { ...sale, over: true }
    case 'note.escrowed':
    case 'note.stacking':
    case 'note.stacked':
    case 'note.returning':
    case 'note.returned':
    case 'note.unknown':
    case 'note.unexpected':
      return { ...sale, notes: notesAfter(sale.notes, entry) }
    case 'payment.requesting':
    case 'payment.authorised':
    case 'payment.declined':
    case 'payment.keeping':
    case 'payment.refusing':
    case 'payment.kept':
    case 'payment.reversed':
    case 'payment.unknown':
    case 'payment.given-up': {
      const payments = paymentsAfter(sale.payments, entry)
      if (typeof payments === 'string') throw new Contradiction(payments)
      return { ...sale, payments }
    }
    case 'order.requesting':
    case 'order.reserved':
    case 'order.refused':
    case 'order.unknown':
      return orderAfter(sale, entry)
    case 'card.writing':
      return { ...sale, card: { orderNumber: entry.orderNumber, state: 'writing' } }
    case 'card.written':
      return {
        ...sale,
        card: { orderNumber: entry.orderNumber, state: 'written' },
        // The card has shown that it still carries what was to be taken back.
        undoing: stillThere(sale.undoing),
      }
    case 'card.not-written':
      return { ...sale, card: { orderNumber: entry.orderNumber, state: 'not written' } }
    case 'card.unknown':
      return { ...sale, card: { orderNumber: entry.orderNumber, state: 'unknown' } }
    case 'card.undoing':
    case 'card.undone':
    case 'card.not-undone':
    case 'card.undo-unknown':
      return {
        ...sale,
        undoing: { orderNumber: entry.orderNumber, state: undoStates[entry.type] },
      }
    case 'order.returning': {
      const { orderNumber, requestId = null } = entry
      return { ...sale, returning: { orderNumber, requestId, state: 'asked' } }
    }
    case 'order.returned':
      return { ...sale, returning: returnEnded(sale, entry.orderNumber, 'returned') }
    case 'order.not-returned':
      return { ...sale, returning: returnEnded(sale, entry.orderNumber, 'not returned') }
    case 'sale.closing': {
      const { requestId, insertionId, notes, payments = [] } = entry
      return { ...sale, closing: { requestId, insertionId, notes, payments, answered: false } }
    }
    case 'sale.settled':
      return settledAfter(sale, entry)
    case 'receipt.queued':
    case 'receipt.printed':
    case 'receipt.not-printed':
      return { ...sale, receipts: receiptsAfter(sale.receipts, entry) }
    case 'claim.made':
      return sale
    case 'claim.redeeming': {
      const { insertionId, requestId, reference } = entry
      return { ...sale, redeeming: { insertionId, requestId, reference } }
    }
    case 'claim.redeemed':
    case 'claim.refused':
      return { ...sale, redeeming: null }
    default:
      return never(entry)
  }
}

/** Two entries that cannot both be true: the program or the journal is wrong, and nobody may go on selling with it. */
export class Contradiction extends Error {}

/** The notes after one more entry about one of them. */
export const notesAfter = (notes: NoteStanding[], entry: NoteEntry): NoteStanding[] => {
  const { noteId, saleId, value } = entry
  const known = notes.find((note) => note.noteId === noteId)
  const place = placeAfter(known?.place ?? null, entry)
  if (place === null) {
    throw new Contradiction(`note ${noteId} is ${known?.place ?? 'new'}, yet ${entry.type} follows`)
  }
  if (known !== undefined && known.value !== value) {
    throw new Contradiction(`note ${noteId} was ${known.value} and is ${value}`)
  }
  const counters = entry.type === 'note.stacking' ? entry.counters : (known?.counters ?? null)
  const note: NoteStanding = { noteId, saleId, value, place, counters }
  return known === undefined
    ? [...notes, note]
    : notes.map((each) => (each.noteId === noteId ? note : each))
}

/** The life of a note; null for what cannot follow. */
const placeAfter = (place: NotePlace | null, entry: NoteEntry): NotePlace | null => {
  switch (entry.type) {
    case 'note.escrowed':
      return place === null ? 'offered' : null
    case 'note.stacking':
      return place === 'offered' || place === null ? 'moving' : null
    case 'note.stacked':
      return place === 'moving' || place === 'unknown' ? 'unsettled' : null
    case 'note.unexpected': {
      const known = entry.saleId !== null && entry.value !== null
      return place === null || place === 'offered' || place === 'moving'
        ? known
          ? 'unsettled'
          : 'unknown'
        : null
    }
    case 'note.returning':
      return place === 'offered' || place === 'moving' ? place : null
    case 'note.returned':
      return place === 'offered' || place === 'moving' || place === 'unknown' ? 'returned' : null
    case 'note.unknown':
      return place === 'offered' || place === 'moving' ? 'unknown' : null
    default:
      return never(entry)
  }
}

type OrderEntry = Extract<
  JournalEntry,
  { type: 'order.requesting' | 'order.reserved' | 'order.refused' | 'order.unknown' }
>

const orderAfter = (sale: SaleStanding, entry: OrderEntry): SaleStanding => {
  if (entry.type === 'order.requesting') return { ...sale, order: requested(sale, entry) }
  const { order } = sale
  if (order === null)
    throw new Contradiction(`sale ${sale.saleId}: ${entry.type} without a request`)
  switch (entry.type) {
    case 'order.reserved': {
      const { orderNumber, amount, toAccount } = entry
      const notes = placed(sale.notes, order.notes, 'in order')
      return {
        ...sale,
        notes,
        order: { ...order, state: 'reserved', orderNumber, amount, toAccount },
      }
    }
    case 'order.refused':
      return { ...sale, order: { ...order, state: 'refused' } }
    case 'order.unknown':
      return { ...sale, order: { ...order, state: 'unknown' } }
    default:
      return never(entry)
  }
}

const requested = (
  { notes }: SaleStanding,
  entry: Extract<OrderEntry, { type: 'order.requesting' }>,
): SaleStanding['order'] => ({
  requestId: entry.requestId,
  quoteId: entry.quoteId,
  tender: entry.tender,
  offered: entry.amount,
  notes: entry.tender === 'cash' ? (entry.notes ?? unsettledIds(notes)) : [],
  state: 'requested',
  orderNumber: null,
  amount: nothing,
  toAccount: nothing,
})

const unsettledIds = (notes: readonly NoteStanding[]): NoteId[] =>
  notes.filter(({ place }) => place === 'unsettled').map(({ noteId }) => noteId)

/** Books unsettled notes; what is booked already stays where it is. */
const placed = (notes: NoteStanding[], which: NoteId[], place: NotePlace): NoteStanding[] =>
  notes.map((note) =>
    note.place === 'unsettled' && which.includes(note.noteId) ? { ...note, place } : note,
  )

const returnEnded = (
  { returning }: SaleStanding,
  orderNumber: OrderNumber,
  state: 'returned' | 'not returned',
): SaleStanding['returning'] => ({ orderNumber, requestId: returning?.requestId ?? null, state })

const settledAfter = (
  sale: SaleStanding,
  entry: Extract<JournalEntry, { type: 'sale.settled' }>,
): SaleStanding => {
  const { closing, settled } = sale
  if (closing === null) throw new Contradiction(`sale ${sale.saleId} is settled and was not closed`)
  // The same answer again, to the same request.
  if (closing.answered) return sale
  return {
    ...sale,
    notes: placed(
      sale.notes,
      closing.notes.map(({ noteId }) => noteId),
      'settled',
    ),
    payments: sale.payments.map((payment) =>
      closing.payments.some(({ paymentId }) => paymentId === payment.paymentId)
        ? { ...payment, told: true }
        : payment,
    ),
    closing: { ...closing, answered: true },
    settled: {
      orderNumber: entry.orderNumber ?? settled?.orderNumber ?? null,
      orderState: entry.orderState ?? settled?.orderState ?? null,
      toAccount: plus(settled?.toAccount ?? nothing, entry.toAccount),
      toSuspense: plus(settled?.toSuspense ?? nothing, entry.toSuspense),
    },
  }
}

const receiptsAfter = (
  receipts: SaleStanding['receipts'],
  entry: Extract<JournalEntry, { type: `receipt.${string}` }>,
): SaleStanding['receipts'] => {
  const known = receipts.find(({ jobId }) => jobId === entry.jobId)
  const others = receipts.filter(({ jobId }) => jobId !== entry.jobId)
  const number = entry.type === 'receipt.queued' ? entry.number : (known?.number ?? null)
  const purchase =
    entry.type === 'receipt.queued' ? (entry.purchase ?? null) : (known?.purchase ?? null)
  const state = receiptStates[entry.type]
  const outdated = known?.outdated ?? false
  return [...others, { jobId: entry.jobId, number, state, purchase, outdated }]
}

/**
 * Which slips of a sale still say where the money is: one that was printed before the customer paid, or before a load was
 * taken back, is no word about it. What is found out after the visit moves nothing.
 */
const stillTrue = (
  { over, receipts }: SaleStanding,
  entry: EntryOfSale,
): SaleStanding['receipts'] => {
  switch (entry.type) {
    case 'note.stacking':
    case 'note.unexpected':
    case 'payment.requesting':
    case 'order.requesting':
    case 'order.returning':
    case 'card.writing':
    case 'card.undoing':
      return over ? receipts : receipts.map((slip) => ({ ...slip, outdated: true }))
    // The load is there after all, as the receipt of the purchase says.
    case 'card.written':
    case 'card.not-undone':
      return receipts.map((slip) =>
        slip.purchase === entry.orderNumber ? { ...slip, outdated: false } : slip,
      )
    default:
      return receipts
  }
}

const receiptStates = {
  'receipt.queued': 'queued',
  'receipt.printed': 'printed',
  'receipt.not-printed': 'not printed',
} as const

const stillThere = (undoing: SaleStanding['undoing']): SaleStanding['undoing'] =>
  undoing === null || undoing.state === 'undone' ? undoing : { ...undoing, state: 'not undone' }

const undoStates = {
  'card.undoing': 'asked',
  'card.undone': 'undone',
  'card.not-undone': 'not undone',
  'card.undo-unknown': 'unknown',
} as const
