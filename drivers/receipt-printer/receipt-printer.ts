// What any receipt printer can be told and can tell, and what a piece of paper is made of.
import type { Language } from '../../domain/language.ts'
import type { ReceiptPrinterFault } from './faults.ts'

/** A receipt as content, before any printer's language. Texts are final: formatted, translated, masked. */
export type ReceiptDocument = {
  language: Language
  lines: readonly ReceiptLine[]
}

export type ReceiptLine =
  | {
      kind: 'text'
      text: string
      size?: 'normal' | 'large'
      weight?: 'normal' | 'bold'
      align?: 'start' | 'centre' | 'end'
    }
  /** A label at the reading start and a value at the reading end of one line. */
  | { kind: 'pair'; label: string; value: string; weight?: 'normal' | 'bold' }
  | { kind: 'rule' }
  | { kind: 'space' }
  | { kind: 'qr'; data: string }

export type ReceiptPrinterCommand =
  /**
   * Print and cut one job. A job id is printed once: asking again for a printed one prints nothing and is told
   * `receipt.printed`; asking again for one that was not printed tries again.
   */
  | { type: 'receipt.print'; jobId: string; paper: ReceiptDocument }
  /** Take back a receipt nobody took (presenters only). */
  | { type: 'receipt.retract' }

export type ReceiptPrinterEvent =
  | { type: 'receipt-printer.ready'; model: string }
  /** The printer confirmed the end of the job: it is on paper and cut. */
  | { type: 'receipt.printed'; jobId: string }
  /** It is not known to be on paper: offered on screen with its reference. Never tried again unasked. */
  | { type: 'receipt.not-printed'; jobId: string; why: ReceiptPrinterFault['kind'] }
  /** The customer has taken it (presenters only). */
  | { type: 'receipt.taken' }
  /** Nobody took it: it was drawn back in, and the next customer does not find it (presenters only). */
  | { type: 'receipt.retracted' }
  | { type: 'receipt-printer.failed'; fault: ReceiptPrinterFault }
  | { type: 'receipt-printer.cleared'; fault: ReceiptPrinterFault['kind'] }
