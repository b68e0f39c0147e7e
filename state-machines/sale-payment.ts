// What a payment through a bank means for the sale it pays for, as pure questions: what is due to it, and where its money is.
import type { Funding } from '../domain/centre-messages.ts'
import type { PaymentEnded, PaymentWay } from '../domain/payment.ts'
import { nothing, type Minor } from '../domain/money.ts'
import { referenceOf } from '../domain/reference.ts'
import type {
  Mishap,
  MoneyPlace,
  Outcome,
  PaymentProblem,
  Tender,
  TenderTrouble,
} from '../ui/kiosk/screen.ts'
import type { Payment } from './payment.ts'
import type { PaymentAsked } from './payment-words.ts'
import type { SaleContext } from './sale-context.ts'

/** Payments that one customer may try in one visit. */
export const paymentsMost = 3

export const isPaymentWay = (tender: Tender | null): tender is PaymentWay =>
  tender === 'bank card' || tender === 'bank account'

/** The payment that pays for this sale, or may; null where another tender was chosen after it had come to nothing. */
export const paymentIn = ({
  tender,
  payments,
}: Pick<SaleContext, 'tender' | 'payments'>): Payment | null =>
  isPaymentWay(tender) ? (payments.at(-1) ?? null) : null

export const isEnded = ({ phase }: Payment): boolean =>
  phase === 'kept' || phase === 'not charged' || phase === 'unknown'

/** Every payment of the sale as the closing tells of it; null while one of them has no end that is known. */
export const paymentsEnded = (payments: readonly Payment[]): PaymentEnded[] | null => {
  const ended = payments.flatMap(({ paymentId, way, amount, evidence, phase }): PaymentEnded[] => {
    if (phase === 'kept') return [{ paymentId, way, amount, evidence, end: 'kept' }]
    return phase === 'not charged' ? [{ paymentId, way, amount, evidence, end: 'reversed' }] : []
  })
  return ended.length === payments.length ? ended : null
}

/** Everything of this sale that the centre is told with its closing: every note, and every payment with its end. */
export const toldAtClosing = ({
  saleId,
  firstInsertionId: insertionId,
  notes,
  payments,
}: SaleContext) => ({
  saleId,
  insertionId,
  notes,
  ...(payments.length > 0 && { payments: paymentsEnded(payments) ?? [] }),
})

/** The payment that has just begun, as it is asked for. */
export const askedNow = (context: SaleContext): PaymentAsked => {
  const { saleId, firstInsertionId: insertionId, serial, language } = context
  const payment = paymentIn(context)
  if (payment === null || serial === null) throw new Error('a payment is for a card that was read')
  const { paymentId, way, amount } = payment
  return { saleId, insertionId, serial, paymentId, way, amount, language }
}

/** What the order is paid with. */
export const fundingOf = (context: SaleContext): Funding => {
  const { tender, notes } = context
  if (tender === 'cash') return { kind: 'cash', notes }
  if (!isPaymentWay(tender)) return { kind: 'account' }
  const payment = paymentIn(context)
  if (payment === null || payment.evidence === null) throw new Error('no bank has agreed')
  const { paymentId, way, amount, evidence } = payment
  return { kind: 'payment', payment: { paymentId, way, amount, evidence } }
}

/** The order was made in this sale and is paid for by its payment. */
export const ownPaidOrder = (context: SaleContext) => {
  const { order, saleId } = context
  return order !== null && order.saleId === saleId && paymentIn(context) !== null ? order : null
}

export type Due =
  /** The energy is on the card, or may be, or the order stands: the payer is to be charged. */
  | 'keep'
  /** Nothing was delivered: first the order goes back, so that no card can take it up any more. */
  | 'return the order'
  | 'refuse'
  /** It has its end, or there is none. */
  | 'nothing'

/**
 * What is to be done about the payment before the sale is closed. Refusing is safe as long as no command of a script was
 * sent to the card; after that only if the centre has the order back.
 */
export const dueTo = (context: SaleContext): Due => {
  const payment = paymentIn(context)
  if (payment === null) return 'nothing'
  const held = !isEnded(payment)
  if (context.written) return held ? 'keep' : 'nothing'
  const order = ownPaidOrder(context)
  const back = order === null || order.state === 'RETURNED_TO_ACCOUNT'
  if (!back && context.cardState === 'undecided') return held ? 'keep' : 'nothing'
  if (!back && !context.returnAsked && payment.phase !== 'kept') return 'return the order'
  if (!held) return 'nothing'
  return back || context.cardState === 'untouched' ? 'refuse' : 'keep'
}

/** Why the last payment came to nothing, for whoever chooses another tender. */
export const problemOfPayment = ({
  payments,
}: Pick<SaleContext, 'payments'>): PaymentProblem | null => {
  const last = payments.at(-1)
  if (last?.phase !== 'not charged') return null
  return { way: last.way, why: last.why ?? 'not possible' }
}

/** Why a way that works is not offered to this customer; null when it is. */
export const troubleInVisit = (
  { payments }: Pick<SaleContext, 'payments'>,
  tender: Tender,
): TenderTrouble | null => {
  if (!isPaymentWay(tender)) return null
  if (payments.length >= paymentsMost) return 'refused too often'
  return payments.some(({ way, why }) => way === tender && why === 'no connection')
    ? 'bank away'
    : null
}

/** Where the money of a payment is; null where the order or the closing says so. */
export const placeOfPayment = (context: SaleContext): MoneyPlace | null => {
  const payment = paymentIn(context)
  if (payment === null) return null
  const { phase, amount, evidence } = payment
  if (phase === 'not charged') {
    return evidence === null ? { kind: 'not taken' } : { kind: 'not charged', amount }
  }
  if (!isHomeless(context)) return null
  if (phase !== 'kept') return { kind: 'asking the bank', amount }
  const { closing } = context
  if (closing === null) return { kind: 'on its way to the account', amount }
  return closing.toSuspense > nothing
    ? { kind: 'held', amount: closing.toSuspense }
    : { kind: 'in the account', amount, balance: closing.balance }
}

/** No order has it: none was made, or it went back. */
const isHomeless = (context: SaleContext): boolean => {
  const order = context.closing?.order ?? ownPaidOrder(context)
  return order === null || order.state === 'RETURNED_TO_ACCOUNT' || order.state === 'EXPIRED'
}

/** What this payment makes of the end of the sale; null where it ends as it does with other money. */
export const outcomeOfPayment = (
  context: SaleContext,
): { outcome: Outcome; mishap: Mishap | null } | null => {
  const payment = paymentIn(context)
  if (payment === null) return null
  const { phase, way, amount, evidence } = payment
  const { mishap, written, order } = context
  if (phase === 'not charged') {
    if (written) {
      const energy = order?.energy ?? null
      return { outcome: { kind: 'not charged', way, amount, energy }, mishap }
    }
    // Of an order that may still turn out to be on the card that is said instead.
    if (!isHomeless(context) && context.cardState === 'undecided') return null
    if (evidence === null) return { outcome: { kind: 'nothing bought' }, mishap }
    return { outcome: { kind: 'not charged', way, amount, energy: null }, mishap }
  }
  if (written || !isHomeless(context)) return null
  const reference = referenceOf(context.saleId)
  if (phase !== 'kept') {
    return {
      outcome: { kind: 'payment unknown', way, amount, reference },
      mishap: 'payment unknown',
    }
  }
  return { outcome: keptOutcome(context, amount), mishap: 'payment kept' }
}

const keptOutcome = ({ closing, saleId }: SaleContext, amount: Minor): Outcome => {
  const reference = referenceOf(saleId)
  if (closing === null) return { kind: 'deposited', amount, balance: null, pending: reference }
  return closing.toSuspense > nothing
    ? { kind: 'kept', amount: closing.toSuspense, reference }
    : { kind: 'deposited', amount, balance: closing.balance, pending: null }
}
