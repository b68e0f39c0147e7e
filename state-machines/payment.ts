// A payment through a bank as the sale sees it: where it stands, and what it is told.
import type { PaymentEvidence } from '../domain/payment.ts'
import type { PaymentHint, PaymentProblem } from '../ui/kiosk/screen.ts'
import type { PaymentAsked } from './payment-words.ts'

/**
 * - `asking`: the payer may be charged from here on
 * - `held`: the bank has agreed, and the terminal waits for the goods
 * - `keeping`, `refusing`: told so
 * - the ends: `kept` (charged), `not charged`, `unknown`
 */
export type PaymentPhase =
  | 'asking'
  | 'held'
  | 'keeping'
  | 'refusing'
  | 'kept'
  | 'not charged'
  | 'unknown'

/** A payment as the sale sees it. */
export type Payment = Pick<PaymentAsked, 'paymentId' | 'way' | 'amount'> & {
  phase: PaymentPhase
  hint: PaymentHint
  /** Nobody has told it to stop yet. */
  mayCancel: boolean
  /** Why it was not agreed to. */
  why: PaymentProblem['why'] | null
  /** Null until the bank has agreed. */
  evidence: PaymentEvidence | null
  /** The bank's text for the customer's receipt, line by line. */
  slip: readonly string[]
}

export type ChargingCommand =
  | { type: 'charging.cancel' }
  /** The goods are out. */
  | { type: 'charging.keep' }
  /** Nothing was delivered. */
  | { type: 'charging.refuse' }

/** Nobody has been asked yet. */
export const newPayment = (
  paymentId: Payment['paymentId'],
  way: Payment['way'],
  amount: Payment['amount'],
): Payment => ({
  paymentId,
  way,
  amount,
  phase: 'asking',
  hint: 'please wait',
  mayCancel: true,
  why: null,
  evidence: null,
  slip: [],
})

/** What the sale is to know of it. */
export const paymentOf = ({
  paymentId,
  way,
  amount,
  phase,
  hint,
  mayCancel,
  why,
  evidence,
  slip,
}: Payment): Payment => ({ paymentId, way, amount, phase, hint, mayCancel, why, evidence, slip })
