// Payments of a sale: what the payers were asked for, and how much of it is in the books, undone, or known to nobody.
import type { PaymentId } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
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
  if (ended === 'reversed') {
    return told === 'never charged' || evidence === null ? 'never charged' : 'undone'
  }
  return told === 'undone' || told === 'never charged' ? told : 'unknown'
}

const byJournal = (
  entries: readonly JournalEntry[],
): Map<PaymentId, { amount: number; place: Place }> => {
  const payments = new Map<PaymentId, { amount: number; place: Place; agreed: boolean }>()
  for (const entry of entries) {
    if (!('paymentId' in entry)) continue
    if (entry.type === 'payment.requesting') {
      const { amount } = entry
      payments.set(entry.paymentId, { amount, place: 'unknown', agreed: false })
      continue
    }
    const known = payments.get(entry.paymentId)
    if (known !== undefined) payments.set(entry.paymentId, after(known, entry))
  }
  return payments
}

const after = (
  known: { amount: number; place: Place; agreed: boolean },
  { type }: JournalEntry,
): { amount: number; place: Place; agreed: boolean } => {
  switch (type) {
    case 'payment.authorised':
      return { ...known, agreed: true }
    case 'payment.declined':
      return { ...known, place: 'never charged' }
    case 'payment.reversed':
      return { ...known, place: known.agreed ? 'undone' : 'never charged' }
    case 'payment.kept':
      return { ...known, place: 'not booked' }
    default:
      return { ...known, place: 'unknown' }
  }
}
