// The device lines of a kiosk: which protocol each speaks, and when a conversation on it has come to rest.
import { z } from 'zod'
import {
  printerModels,
  type PrinterModelName,
} from '../../drivers/receipt-printer/escpos/models.ts'

/** A line as it stands in a recording: enough to start its driver again. Serial numbers of our own devices are no secret. */
export type RecordedLine =
  | { protocol: 'ssp'; device: 'noteAcceptor'; enrolledSerial: string; minorPerUnit: number }
  | { protocol: 'escpos'; device: 'receiptPrinter'; model: PrinterModelName }
  | { protocol: 'unknown'; device: string }

const isModel = (name: string): name is PrinterModelName => name in printerModels

export const RecordedLine: z.ZodType<RecordedLine> = z.discriminatedUnion('protocol', [
  z.object({
    protocol: z.literal('ssp'),
    device: z.literal('noteAcceptor'),
    enrolledSerial: z.string(),
    minorPerUnit: z.int().positive(),
  }),
  z.object({
    protocol: z.literal('escpos'),
    device: z.literal('receiptPrinter'),
    model: z.string().refine(isModel),
  }),
  z.object({ protocol: z.literal('unknown'), device: z.string() }),
])

/** What the device tells when its driver knows no more than after a start. */
type Rest = {
  /**
   * From here on a conversation can be entered: what was said just before this is said in the same way at every rest, and a
   * driver that has just begun waits for nothing else.
   */
  entered: readonly string[]
  /** All that was begun is done. */
  calm: readonly string[]
}

export const restOf = ({ protocol }: RecordedLine): Rest => {
  switch (protocol) {
    case 'ssp':
      return { entered: ['note-acceptor.tallied'], calm: ['note-acceptor.tallied'] }
    case 'escpos':
      return {
        entered: ['receipt-printer.ready'],
        calm: ['receipt-printer.ready', 'receipt.printed'],
      }
    default:
      return { entered: [], calm: [] }
  }
}
