// What the machines told a driver, read from a recording.
import { z } from 'zod'
import { languages } from '../../../domain/language.ts'
import { minor } from '../../../domain/money.ts'
import type { NoteAcceptorCommand } from '../../../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterCommand } from '../../../drivers/receipt-printer/receipt-printer.ts'

const Money = z.int().transform((value) => minor(value))

export const NoteCommand: z.ZodType<NoteAcceptorCommand> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note-acceptor.open'), values: z.array(Money) }),
  z.object({
    type: z.enum(['note-acceptor.close', 'note.stack', 'note.return', 'note.acknowledge']),
  }),
])

const weight = z.enum(['normal', 'bold']).exactOptional()
const Line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    size: z.enum(['normal', 'large']).exactOptional(),
    weight,
    align: z.enum(['start', 'centre', 'end']).exactOptional(),
  }),
  z.object({ kind: z.literal('pair'), label: z.string(), value: z.string(), weight }),
  z.object({ kind: z.enum(['rule', 'space']) }),
  z.object({ kind: z.literal('qr'), data: z.string() }),
])

export const PrinterCommand: z.ZodType<ReceiptPrinterCommand> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('receipt.print'),
    jobId: z.string(),
    paper: z.object({ language: z.enum(languages), lines: z.array(Line) }),
  }),
  z.object({ type: z.literal('receipt.retract') }),
])
