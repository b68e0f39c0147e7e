// The rows of the front machine's database, table by table.
//
// Text and whole numbers only: money in minor units, moments in ms since 1970, business dates as YYYY-MM-DD, yes and no as
// 1 and 0. `number` counts up and says what was before what. No card number of a bank stands anywhere, and no PIN block.
import type {
  CardSerial,
  InsertionId,
  KioskNumber,
  OrderNumber,
  PaymentId,
  RequestId,
  SaleId,
} from '../domain/identifiers.ts'
import type { Minor } from '../domain/money.ts'
import type { OrderState } from '../domain/order.ts'
import type { WhyDeclined } from '../domain/front-messages.ts'
import type { RequestRow } from '../server/once-only.ts'
import type { Channel } from './config.ts'

/** One row for every time the store was opened. */
type Starts = { number: number }

/** The account behind a power card: a token of the bank, by which nobody but the bank knows an account. */
type Accounts = { serial: CardSerial; account: string }

/** The last STAN given out (domain.md 13.2, field 11). */
type Stans = { terminal: string; business_date: string; last: number }

/** What the bank last wanted of a terminal: a digit (domain.md 13.1). */
type Pending = { terminal: string; action: number }

/**
 * `asking`: the 0200 is perhaps on its way and there is no end yet. `reversing`: a 0420 is in the queue, or was answered so
 * that only the settlement file can tell; either way the payer counts as not charged.
 */
export const paymentStates = ['asking', 'approved', 'declined', 'reversing', 'reversed'] as const
export type PaymentState = (typeof paymentStates)[number]

type Payments = {
  payment: PaymentId
  kiosk: KioskNumber
  channel: Channel
  /** Field 41. */
  terminal: string
  sale: SaleId
  insertion: InsertionId
  serial: CardSerial
  amount: Minor
  business_date: string
  /** Null when nothing was ever to be sent. */
  stan: number | null
  /** Field 7 of the 0200. */
  sent_time: string | null
  state: PaymentState
  why: WhyDeclined | null
  /** Field 37, and the business date of the bank: of an approval, also of one that came too late to be one. */
  reference: string | null
  bank_date: string | null
  /** 1: somebody wants it back who could not wait for the answer to the 0200. */
  reversal_wanted: number
  /** Of the order that it may pay for; nothing else it may pay for then. */
  order_request: RequestId | null
  order_number: OrderNumber | null
  /** As the centre last told it. */
  order_state: OrderState | null
  /** Whereto the centre returned the money of the order. */
  returned: 'account' | 'payer' | null
  /** What the closing of the sale says of it. */
  closing: 'kept' | 'reversed' | 'unknown' | null
  at: number
}

/** Every state a payment went through. Written once. */
type PaymentHistory = {
  payment: PaymentId
  step: number
  state: PaymentState
  at: number
  why: string
}

/** Asked about before it was heard of: refused ever after (domain.md 9.1). */
type Tombstones = { payment: PaymentId; at: number }

/** Sales whose closing has passed: nothing more is paid for them. */
type ClosedSales = { sale: SaleId; at: number }

/**
 * Scripts that were asked for. `asked` and `released`: perhaps on the card. `not loaded`: a proof says it is not.
 * `tries`: how often it was sent to the centre and may have arrived.
 */
type Scripts = {
  number: number
  request: RequestId
  order_number: OrderNumber
  state: 'asked' | 'released' | 'refused' | 'not loaded'
  tries: number
}

/** `script`: the last script of the order that had been asked for when the proof first passed; it speaks of none after. */
type Proofs = { request: RequestId; order_number: OrderNumber; script: number }

/** Messages that must arrive. `open`: sent until answered. `not found`: the bank knows no original (25). */
type Queue = {
  number: number
  terminal: string
  kind: 'reversal' | 'advice'
  payment: PaymentId
  business_date: string
  stan: number
  /** IsoMessage as JSON, as it is sent the first time. */
  message: string
  attempts: number
  state: 'open' | 'done' | 'not found'
  at: number
  ended_at: number | null
}

/** What a person has to look at. `subject`: a payment, or a business date. */
type ManualList = { number: number; subject: string; why: string; at: number }

/** An answer that nobody waited for: evidence. */
type LateAnswers = {
  number: number
  mti: string
  stan: string
  terminal: string
  code: string
  reference: string
  mac: 'right' | 'wrong'
  at: number
}

/** `closing`: the next one has begun, and bank and file do not have everything yet. */
type BusinessDays = {
  business_date: string
  state: 'open' | 'closing' | 'closed'
  began_at: number
  ended_at: number | null
  /** 1: the bank knows that the next one has begun. */
  cut_over: number
  /** Whether the bank has the same sum; null before it has said. */
  totals: 'agree' | 'differ' | null
}

/** The file of a day, kept so that it is the same whenever it is written. */
type DayFiles = { business_date: string; name: string; content: string }

export type Tables = {
  starts: Starts
  requests: RequestRow
  accounts: Accounts
  stans: Stans
  pending: Pending
  payments: Payments
  payment_history: PaymentHistory
  tombstones: Tombstones
  closed_sales: ClosedSales
  scripts: Scripts
  proofs: Proofs
  queue: Queue
  manual_list: ManualList
  late_answers: LateAnswers
  business_days: BusinessDays
  day_files: DayFiles
}
