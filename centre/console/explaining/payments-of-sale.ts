// Payments of a sale: what the payers were asked for, and how much of it is in the books, undone, or known to nobody.
import type { PaymentId } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { never } from '../../../domain/never.ts'
import type { Evidence } from './evidence.ts'

/** Minor units. `tendered` is the sum of the others: what certainly was never charged is not in it. */
export type PaymentsOfSale = {
  tendered: number
  /** In an order, the account or suspense, or written off there: what banks owe for it stands in the ledger. */
  inBooks: number
  /** Given back, or never kept after the bank had agreed. */
  undone: number
  unknown: number
  /** The kiosk says it was kept, and the centre has not been told. */
  notBooked: number
}

type Place = 'in the books' | 'undone' | 'unknown' | 'not booked' | 'never charged'

export const paymentsOf = ({
  journal,
  payments,
}: Pick<Evidence, 'journal' | 'payments'>): PaymentsOfSale => {
  const told = byJournal(journal.lines.flatMap(({ entry }) => entry ?? []))
  const places = new Map<PaymentId, { amount: number; place: Place }>(told)
  for (const row of payments) {
    const place = placeInBooks(row, told.get(row.payment)?.place ?? null)
    places.set(row.payment, { amount: row.amount, place })
  }
  const sumIn = (place: Place): number =>
    [...places.values()].reduce((sum, it) => (it.place === place ? sum + it.amount : sum), 0)
  const sums = {
    inBooks: sumIn('in the books'),
    undone: sumIn('undone'),
    unknown: sumIn('unknown'),
    notBooked: sumIn('not booked'),
  }
  return { ...sums, tendered: sums.inBooks + sums.undone + sums.unknown + sums.notBooked }
}

const placeInBooks = (row: Evidence['payments'][number], told: Place | null): Place => {
  const { place, ended, evidence } = row
  if (place === 'order' || place === 'account' || place === 'suspense') return 'in the books'
  if (place === 'payer' || place === 'unpaid delivery') return 'undone'
  if (told === 'undone' || told === 'never charged') return told
  if (ended === 'reversed') return evidence === null ? 'never charged' : 'undone'
  return 'unknown'
}

const byJournal = (
  entries: readonly JournalEntry[],
): Map<PaymentId, { amount: number; place: Place }> => {
  const payments = new Map<PaymentId, { amount: number; place: Place }>()
  for (const entry of entries) {
    if (!('paymentId' in entry)) continue
    const { paymentId } = entry
    const asked = entry.type === 'payment.requesting' ? entry.amount : undefined
    const amount = asked ?? payments.get(paymentId)?.amount
    if (amount !== undefined) payments.set(paymentId, { amount, place: placeAfter(entry.type) })
  }
  return payments
}

/** One that was undone may have been seen by its payer, also where the kiosk never heard that the bank had agreed. */
const placeAfter = (type: Extract<JournalEntry, { paymentId: unknown }>['type']): Place => {
  switch (type) {
    case 'payment.declined':
      return 'never charged'
    case 'payment.reversed':
      return 'undone'
    case 'payment.kept':
      return 'not booked'
    case 'payment.requesting':
    case 'payment.authorised':
    case 'payment.keeping':
    case 'payment.refusing':
    case 'payment.unknown':
    case 'payment.given-up':
      return 'unknown'
    default:
      return never(type)
  }
}
