// What any certified bank terminal can be told and can tell, whatever protocol it speaks. No bank card number passes here.
import type { PaymentId } from '../../domain/identifiers.ts'
import type { Language } from '../../domain/language.ts'
import type { Minor } from '../../domain/money.ts'
import type { BankTerminalFault } from './faults.ts'

/** Identifies a payment at the terminal; recovery matches all of it, never "the last one" (devices.md 10.8). */
export type PaymentReceipt = {
  /** 8 digits. */
  terminalId: string
  /** 1 to 9999; counts on with every payment and begins again at 1. */
  receiptNumber: number
  /** 0 to 999999. */
  trace: number
  amount: Minor
  /** `MMDDhhmmss` as the terminal told it, in its local time. */
  at: string
}

/** Commands; each says whether it may be repeated when its outcome is unknown. */
export type BankTerminalCommand =
  /**
   * Ask for a card and authorise. The id is ours, made and journalled before. Never repeated: answered once by
   * `payment.authorised`, `payment.declined`, `payment.reversed` or `payment.unknown`.
   */
  | { type: 'bank-terminal.authorise'; paymentId: PaymentId; amount: Minor; language: Language }
  /**
   * The goods are out: the terminal may store the payment. Sent once the outcome is journalled as intent; answered by
   * `payment.stored`, `payment.reversed` or `payment.unknown`. Saying it again changes nothing.
   */
  | { type: 'bank-terminal.confirm'; paymentId: PaymentId }
  /** Nothing was delivered: the terminal reverses. Answered by `payment.reversed` or `payment.unknown`. Safe to repeat. */
  | { type: 'bank-terminal.refuse'; paymentId: PaymentId }
  /** Stop asking for a card, while nothing is authorised. Its end is told as that of the payment. Safe to repeat. */
  | { type: 'bank-terminal.abort'; paymentId: PaymentId }
  /**
   * Where is this payment? After a stop, or an outcome unknown; answered by `payment.found`. Matches by the whole receipt;
   * `receipt` null: never heard of an approval, so by amount and by time from `since` (ms since 1970). `confirmed`: the terminal
   * was told that the goods are out, or may have been; without that it has stored nothing. `others`: receipts that are known to
   * be of other payments, whatever a clock says. Safe to repeat.
   */
  | {
      type: 'bank-terminal.find'
      paymentId: PaymentId
      amount: Minor
      since: number
      receipt: PaymentReceipt | null
      confirmed: boolean
      others?: readonly PaymentReceipt[]
    }
  /**
   * Reverse a stored payment that was found and matched; answered by `payment.reversed`, or `payment.unknown` when the
   * terminal cannot (the day was ended, the bank is away). Safe to repeat: already reversed counts as done.
   */
  | { type: 'bank-terminal.reverse'; paymentId: PaymentId; receipt: PaymentReceipt }
  /** End the business day, after the list of open pre-authorisations is empty. Not while a payment is under way. */
  | { type: 'bank-terminal.end-day' }
  /**
   * Be registered anew, look at itself, and say what is still open in its books: the test of a technician. Answered once by
   * `bank-terminal.diagnosed`, after the payment that is under way. Charges nothing. Safe to repeat.
   */
  | { type: 'bank-terminal.diagnose' }
  /**
   * Ask at the PIN pad for the PIN of a power-purchase card that is linked to a bank account. Yields only a block encrypted in
   * the terminal; answered by `pin.entered` or `pin.not-entered`. Charges nothing.
   */
  | { type: 'bank-terminal.ask-pin'; paymentId: PaymentId; amount: Minor; language: Language }

export type BankTerminalEvent =
  /** Registered, capable and ready to sell. Comes at start and again after each re-open. */
  | { type: 'bank-terminal.ready'; unit: BankTerminalUnit }
  /** What the customer should be told now, in our own words. */
  | { type: 'payment.hint'; paymentId: PaymentId; hint: PaymentHint }
  /**
   * The bank has agreed and the terminal waits: deliver, then `confirm`, or `refuse`. Told once. Without either the terminal
   * reverses by itself in the end.
   */
  | {
      type: 'payment.authorised'
      paymentId: PaymentId
      receipt: PaymentReceipt
      /** The brand as the terminal names it, `MAESTRO`; null where it does not. */
      cardType: string | null
    }
  /** Certainly not charged. */
  | { type: 'payment.declined'; paymentId: PaymentId; why: DeclineReason }
  /** Final: charged. `slip` is the bank's text for the customer's receipt, line by line; empty where the terminal gives none. */
  | {
      type: 'payment.stored'
      paymentId: PaymentId
      receipt: PaymentReceipt
      slip: readonly string[]
    }
  /** Final: certainly not charged, though it had been authorised. */
  | { type: 'payment.reversed'; paymentId: PaymentId }
  /** Neither known as charged nor as not charged: resolve it with `bank-terminal.find`. */
  | { type: 'payment.unknown'; paymentId: PaymentId; why: string }
  /** The answer to `bank-terminal.find`. 'cannot say': ask again later, or a person decides. */
  | { type: 'payment.found'; paymentId: PaymentId; where: PaymentPlace }
  | {
      type: 'pin.entered'
      paymentId: PaymentId
      /** 16 bytes in hex, encrypted in the terminal. */
      block: string
      /** Names the key the block is encrypted under, in hex; another one with every block. */
      keySerial: string
    }
  | { type: 'pin.not-entered'; paymentId: PaymentId; why: DeclineReason }
  /** The terminal's own count and sum of the day it has ended. */
  | { type: 'day.ended'; payments: number; total: Minor }
  | { type: 'day.not-ended'; why: string }
  | { type: 'bank-terminal.diagnosed'; diagnosis: BankTerminalDiagnosis }
  | { type: 'bank-terminal.failed'; fault: BankTerminalFault }
  | { type: 'bank-terminal.cleared'; fault: BankTerminalFault['kind'] }

export type BankTerminalUnit = {
  terminalId: string
  /** Of its software; null where it does not say. */
  version: string | null
  /** It waits for the goods before it stores a payment. */
  vending: boolean
  /** It can ask for the PIN of a power-purchase card. */
  canAskPin: boolean
}

export type BankTerminalDiagnosis =
  | {
      kind: 'diagnosed'
      unit: BankTerminalUnit
      /** The code, in hex, that ended its own diagnosis or that it is not ready for (devices.md 10.6); null: all is well. */
      trouble: string | null
      /** Whether a pre-authorisation is open in its books; null: it does not say. */
      paymentsOpen: boolean | null
    }
  /** It is not the terminal it must be, or cannot what it must: told as a fault too. */
  | { kind: 'refused'; fault: BankTerminalFault['kind'] }
  /** In the middle of something older, or not there. */
  | { kind: 'busy' }
  | { kind: 'no answer' }

export type PaymentHint =
  | 'insert card'
  | 'enter pin'
  | 'wrong pin'
  | 'please wait'
  | 'asking the bank'
  | 'remove card'
  | 'reversing'
  | 'approved'
  | 'declined'
  | 'not possible'

export type DeclineReason =
  | 'declined'
  | 'customer cancelled'
  | 'timed out'
  | 'card not readable'
  | 'card not accepted'
  | 'not enough money'
  | 'no connection'
  | 'terminal busy'

export type PaymentPlace =
  | { kind: 'stored'; receipt: PaymentReceipt }
  | { kind: 'not charged' }
  | { kind: 'cannot say'; why: string }
