// Pure: every open act of the journal by name, with the reference a person finds it by (P4).
import type { NoteId, SaleId } from '../domain/identifiers.ts'
import { plus, type Minor } from '../domain/money.ts'
import type { PaymentEnded } from '../domain/payment.ts'
import { referenceTo } from '../domain/reference.ts'
import { owesSlip } from './interrupted.ts'
import { fateOf } from './order-fate.ts'
import { unsettledSales, type Standing } from './standing.ts'
import { isOver } from './standing-payments.ts'
import type { TestNote } from './standing-tests.ts'
import type { NoteStanding, SaleStanding } from './standing-sale.ts'

/** An intent without outcome, or an outcome that nobody knows. Nothing in it says who the customer is. */
export type Unresolved = {
  what:
    | 'note moving'
    | 'note unknown'
    /** Asked for or agreed to, and not known yet as charged or not. */
    | 'payment unknown'
    | 'order asked for'
    | 'card being written'
    | 'card unknown'
    | 'order open'
    | 'order being returned'
    | 'sale not settled'
    | 'claim being redeemed'
    | 'slip not printed'
  /** Null for a note that was taken while nobody was paying, or in a test. */
  saleId: SaleId | null
  noteId: NoteId | null
  /** The number on screen and slip; of the note, where there is no sale. */
  reference: string
  /** Null where the journal does not know how much. */
  amount: Minor | null
}

/** Of every sale that is over; whoever is at one that is not is told by its screens. Empty at rest. */
export const unresolved = (standing: Standing): Unresolved[] => {
  const over = [...standing.sales.values()].filter((sale) => sale.over)
  const notSettled = new Map(
    unsettledSales(standing).map(({ saleId, notes, payments = [] }) => [
      saleId,
      plus(...notes.map(({ value }) => value), ...keptOf(payments)),
    ]),
  )
  return [
    ...over.flatMap((sale) => [
      ...sale.notes.flatMap(ofNote),
      ...sale.payments.flatMap((payment) =>
        isOver(payment) ? [] : [ofSale(sale, 'payment unknown', payment.amount)],
      ),
      ...ofOrder(sale),
      ...(notSettled.has(sale.saleId)
        ? [ofSale(sale, 'sale not settled', notSettled.get(sale.saleId) ?? null)]
        : []),
      ...(sale.redeeming === null ? [] : [ofSale(sale, 'claim being redeemed', null)]),
      ...(owesSlip(sale) ? [ofSale(sale, 'slip not printed', null)] : []),
    ]),
    ...standing.strayNotes.flatMap(ofNote),
    ...standing.testNotes.map(ofTest),
  ]
}

const keptOf = (payments: readonly PaymentEnded[]): Minor[] =>
  payments.flatMap(({ end, amount }) => (end === 'kept' ? [amount] : []))

const ofNote = ({ noteId, saleId, value, place }: NoteStanding): Unresolved[] => {
  const open = (what: Unresolved['what']): Unresolved => ({
    what,
    saleId,
    noteId,
    reference: referenceTo(saleId ?? noteId).number,
    amount: value,
  })
  if (place === 'moving' && saleId !== null) return [open('note moving')]
  // A note without a sale has no owner that is known, whatever its value.
  return place === 'unknown' || saleId === null ? [open('note unknown')] : []
}

const ofTest = ({ noteId, value, place }: TestNote): Unresolved => ({
  what: place === 'moving' ? 'note moving' : 'note unknown',
  saleId: null,
  noteId,
  reference: referenceTo(noteId).number,
  amount: value,
})

const ofOrder = (sale: SaleStanding): Unresolved[] => {
  const { order, card, returning } = sale
  const amount = order === null ? null : order.state === 'reserved' ? order.amount : order.offered
  const open = (what: Unresolved['what']) => [ofSale(sale, what, amount)]
  switch (fateOf(sale)) {
    case 'asked for':
      return open('order asked for')
    case 'card decides':
      return open(card?.state === 'writing' ? 'card being written' : 'card unknown')
    case 'not on the card':
      return open(returning?.state === 'asked' ? 'order being returned' : 'order open')
    default:
      return []
  }
}

const ofSale = (
  { saleId }: SaleStanding,
  what: Unresolved['what'],
  amount: Minor | null,
): Unresolved => ({ what, saleId, noteId: null, reference: referenceTo(saleId).number, amount })
