// What the postings of a sale come to, by where the money is: the ledger's own word, from entries alone.
import type { Evidence } from './evidence.ts'

/** Minor units. What came in and what the authority carries is above zero, and so is where it went. */
export type LedgerOfSale = {
  /** Notes that came into the box of a kiosk. */
  cash: number
  /** What banks owe. */
  bank: number
  /** Energy with a customer that nobody pays. */
  unpaidDelivery: number
  /** Taken over from earlier books. */
  earlierBooks: number
  /** In orders: pending, or as energy, tax, fees, charges and debt. */
  order: number
  /** Credited to customers' accounts, less what was taken out of them. */
  customerAccounts: number
  /** Below zero where a claim was paid ahead of its kiosk. */
  suspense: number
  /** Handed out at the office. */
  paidOut: number
}

const inOrders = new Set([
  'pending orders',
  'arrears',
  'fixed charges',
  'VAT',
  'energy',
  'other levies',
  'fees',
])

export const inLedger = ({ postings }: Pick<Evidence, 'postings'>): LedgerOfSale => {
  const entries = postings.flatMap((posting) => posting.entries)
  const debits = (isOne: (kind: string) => boolean): number =>
    entries.reduce((total, { kind, amount }) => (isOne(kind) ? total + amount : total), 0)
  const credits = (isOne: (kind: string) => boolean): number => 0 - debits(isOne)
  return {
    cash: debits((kind) => kind === 'kiosk cash'),
    bank: debits((kind) => kind === 'bank payments'),
    unpaidDelivery: debits((kind) => kind === 'unpaid deliveries'),
    earlierBooks: debits((kind) => kind === 'opening balances'),
    order: credits((kind) => inOrders.has(kind)),
    customerAccounts: credits((kind) => kind === 'customer account'),
    suspense: credits((kind) => kind === 'suspense'),
    paidOut: credits((kind) => kind === 'office cash'),
  }
}
