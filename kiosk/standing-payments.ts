// Pure: what the journal says of the payments of a sale that went through a bank, entry by entry.
import type { PaymentId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { PaymentEnded, PaymentEvidence, PaymentWay } from '../domain/payment.ts'

/**
 * Where a payment is, one place for each, always:
 * - `asked for`: the payer may be charged, and nobody has said so yet
 * - `held`: the bank has agreed, and it is not final
 * - `unknown`: nobody could say; the terminal is asked
 * - the ends: `kept` (charged), `reversed` (certainly not), `given up` (nobody on site can say any more)
 */
export type PaymentPlace = 'asked for' | 'held' | 'unknown' | 'kept' | 'reversed' | 'given up'

export type PaymentStanding = {
  paymentId: PaymentId
  way: PaymentWay
  amount: Minor
  place: PaymentPlace
  /** Null until an approval was heard of. */
  evidence: PaymentEvidence | null
  /** It was begun to keep it, as the goods were out. */
  confirmed: boolean
  /** It was begun to undo it, as nothing was delivered. */
  refused: boolean
  /** An answered closing has told the centre of its end. */
  told: boolean
}

export type PaymentEntry = Extract<JournalEntry, { type: `payment.${string}` }>

/** The payments after one more entry about one of them; a sentence for one that cannot be true. */
export const paymentsAfter = (
  payments: readonly PaymentStanding[],
  entry: PaymentEntry,
): PaymentStanding[] | string => {
  const { paymentId } = entry
  const known = payments.find((each) => each.paymentId === paymentId)
  if (entry.type === 'payment.requesting') {
    if (known !== undefined) return `payment ${paymentId} is asked for twice`
    const { way, amount } = entry
    const place = 'asked for' as const
    const begun = { confirmed: false, refused: false, told: false }
    return [...payments, { paymentId, way, amount, place, evidence: null, ...begun }]
  }
  if (known === undefined) return `payment ${paymentId}: ${entry.type} without a request`
  if (isOver(known)) return `payment ${paymentId} is ${known.place}, yet ${entry.type} follows`
  const now = after(known, entry)
  return payments.map((each) => (each.paymentId === paymentId ? now : each))
}

const after = (
  payment: PaymentStanding,
  entry: Exclude<PaymentEntry, { type: 'payment.requesting' }>,
): PaymentStanding => {
  switch (entry.type) {
    case 'payment.authorised':
      return { ...payment, place: 'held', evidence: entry.evidence }
    case 'payment.keeping':
      return { ...payment, confirmed: true }
    case 'payment.refusing':
      return { ...payment, refused: true }
    case 'payment.kept':
      return { ...payment, place: 'kept', evidence: entry.evidence }
    case 'payment.declined':
    case 'payment.reversed':
      return { ...payment, place: 'reversed' }
    case 'payment.unknown':
      return { ...payment, place: 'unknown' }
    case 'payment.given-up':
      return { ...payment, place: 'given up' }
    default:
      return never(entry)
  }
}

/** It has its end: nothing about it changes any more. */
export const isOver = ({ place }: PaymentStanding): boolean =>
  place === 'kept' || place === 'reversed' || place === 'given up'

/** As a closing tells of it; null while it has no end. */
export const endOf = (payment: PaymentStanding): PaymentEnded | null => {
  const { paymentId, way, amount, evidence, place } = payment
  const ended = { paymentId, way, amount, evidence }
  switch (place) {
    case 'kept':
    case 'reversed':
      return { ...ended, end: place }
    case 'given up':
      return { ...ended, end: 'unknown' }
    case 'asked for':
    case 'held':
    case 'unknown':
      return null
    default:
      return never(place)
  }
}
