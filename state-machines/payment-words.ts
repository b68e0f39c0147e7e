// What a payment is told and tells, whichever way it goes: at the bank terminal, or through the front machine. Pure.
//
// Both ways have the same acts and the same ends, so that one machine charges them and one finds out about them.
import type { CardSerial, InsertionId, PaymentId, SaleId } from '../domain/identifiers.ts'
import type { Language } from '../domain/language.ts'
import type { Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { PaymentEvidence, PaymentWay } from '../domain/payment.ts'
import type {
  BankTerminalCommand,
  BankTerminalEvent,
  PaymentReceipt,
} from '../drivers/bank-terminal/bank-terminal.ts'
import type { PaymentHint, PaymentProblem } from '../ui/kiosk/screen.ts'

/** A payment as it is asked for. */
export type PaymentAsked = {
  saleId: SaleId
  insertionId: InsertionId
  /** Of the power card. */
  serial: CardSerial
  paymentId: PaymentId
  way: PaymentWay
  amount: Minor
  language: Language
}

/** The account that is linked to the power card, at the front machine. The same acts as at a bank terminal. */
export type AccountPaymentCommand =
  | ({ type: 'account-payment.authorise' } & PaymentAsked)
  /** The payer is charged since it was authorised: nothing is sent. */
  | { type: 'account-payment.confirm'; paymentId: PaymentId }
  | { type: 'account-payment.refuse'; paymentId: PaymentId }
  | { type: 'account-payment.abort'; paymentId: PaymentId }
  | { type: 'account-payment.find'; paymentId: PaymentId }
  | { type: 'account-payment.reverse'; paymentId: PaymentId }

/** What it asks of the terminal's PIN pad, by way of the kiosk machine. */
export type PinRequest =
  | { type: 'pin.wanted'; paymentId: PaymentId; amount: Minor; language: Language }
  | { type: 'pin.stop'; paymentId: PaymentId }

/** Told by either of the two ways; `evidence` and `receipt` say the same, each in its own words. */
export type PaymentEvent =
  | Extract<BankTerminalEvent, { type: `payment.${string}` }>
  | AccountPaymentEvent

export type AccountPaymentEvent =
  | { type: 'payment.hint'; paymentId: PaymentId; hint: PaymentHint }
  | { type: 'payment.authorised'; paymentId: PaymentId; evidence: PaymentEvidence }
  | { type: 'payment.declined'; paymentId: PaymentId; why: PaymentProblem['why'] }
  | { type: 'payment.stored'; paymentId: PaymentId; evidence: PaymentEvidence | null }
  | { type: 'payment.reversed'; paymentId: PaymentId }
  | { type: 'payment.unknown'; paymentId: PaymentId; why: string }
  | {
      type: 'payment.found'
      paymentId: PaymentId
      where:
        | { kind: 'stored'; evidence: PaymentEvidence }
        | { kind: 'not charged' }
        | { kind: 'cannot say'; why: string }
    }

/** By what the payment is known; null where whoever told it did not say so again. */
export const evidenceIn = (
  told: { receipt: PaymentReceipt } | { evidence: PaymentEvidence | null },
): PaymentEvidence | null => ('receipt' in told ? evidenceOf(told.receipt) : told.evidence)

const evidenceOf = ({ terminalId, receiptNumber, trace, at }: PaymentReceipt): PaymentEvidence => ({
  kind: 'terminal',
  terminalId,
  receiptNumber,
  trace,
  at,
})

/** What a terminal is asked by; null for a payment of the other way, or one it never told an approval of. */
const receiptOf = (evidence: PaymentEvidence | null, amount: Minor): PaymentReceipt | null => {
  if (evidence?.kind !== 'terminal') return null
  const { terminalId, receiptNumber, trace, at } = evidence
  return { terminalId, receiptNumber, trace, at, amount }
}

/** One of the acts, in the words of the way. */
export type PaymentCommand =
  | { to: 'bankTerminal'; command: BankTerminalCommand }
  | { to: 'accountPayments'; command: AccountPaymentCommand }

export type PaymentAct = 'confirm' | 'refuse' | 'abort'

export const askedOf = (asked: PaymentAsked): PaymentCommand => {
  const { way, paymentId, amount, language } = asked
  switch (way) {
    case 'bank card':
      return {
        to: 'bankTerminal',
        command: { type: 'bank-terminal.authorise', paymentId, amount, language },
      }
    case 'bank account':
      return { to: 'accountPayments', command: { type: 'account-payment.authorise', ...asked } }
    default:
      return never(way)
  }
}

export const actOf = (
  act: PaymentAct,
  { way, paymentId }: Pick<PaymentAsked, 'way' | 'paymentId'>,
): PaymentCommand =>
  way === 'bank card'
    ? { to: 'bankTerminal', command: { type: `bank-terminal.${act}`, paymentId } }
    : { to: 'accountPayments', command: { type: `account-payment.${act}`, paymentId } }

/** What is known of a payment whose end is not. */
export type Findable = {
  paymentId: PaymentId
  way: PaymentWay
  amount: Minor
  /** When it was asked for, milliseconds since 1970. */
  since: number
  evidence: PaymentEvidence | null
  /** It was begun to keep it: whoever holds it may have been told so. */
  confirmed: boolean
  /** Of the payments before it: what a terminal shows of them is not this one. */
  before?: readonly { evidence: PaymentEvidence; amount: Minor }[]
}

export const findOf = ({
  paymentId,
  way,
  amount,
  since,
  evidence,
  confirmed,
  before = [],
}: Findable): PaymentCommand =>
  way === 'bank card'
    ? {
        to: 'bankTerminal',
        command: {
          type: 'bank-terminal.find',
          paymentId,
          amount,
          since,
          receipt: receiptOf(evidence, amount),
          confirmed,
          others: before.flatMap((other) => receiptOf(other.evidence, other.amount) ?? []),
        },
      }
    : { to: 'accountPayments', command: { type: 'account-payment.find', paymentId } }

/** Null where nothing is known that a terminal could reverse. */
export const reverseOf = ({
  paymentId,
  way,
  amount,
  evidence,
}: Findable): PaymentCommand | null => {
  if (way === 'bank account') {
    return { to: 'accountPayments', command: { type: 'account-payment.reverse', paymentId } }
  }
  const receipt = receiptOf(evidence, amount)
  return receipt === null
    ? null
    : { to: 'bankTerminal', command: { type: 'bank-terminal.reverse', paymentId, receipt } }
}
