// Every trouble a receipt printer can have. None of them touches money: a sale is journalled before its paper.
import type { Worded } from '../../domain/faults/device-faults.ts'

export type ReceiptPrinterFault = Worded<
  'receiptPrinter',
  /** No answer on the line, or the port is gone. Clears itself when the printer answers again. */
  | { kind: 'not answering'; moneyAtRisk: 'no' }
  /** Paper is nearly used up: prints go on; a technician should come. */
  | { kind: 'paper low'; moneyAtRisk: 'no' }
  /** No paper: receipts are shown on screen. New paper clears it. */
  | { kind: 'paper out'; moneyAtRisk: 'no' }
  | { kind: 'cover open'; moneyAtRisk: 'no' }
  /** Switched offline by its own button or waiting for something. */
  | { kind: 'offline'; moneyAtRisk: 'no' }
  | { kind: 'cutter'; moneyAtRisk: 'no' }
  /** The head is too hot; clears by itself. */
  | { kind: 'too hot'; moneyAtRisk: 'no' }
  | { kind: 'broken'; moneyAtRisk: 'no' }
>
