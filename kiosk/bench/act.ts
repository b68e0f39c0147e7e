// What a person may ask of the bench, parsed at the edge; and how the bench answers.
import { z } from 'zod'
import { EnergyAmount, Money } from '../../domain/schema.ts'
import type {
  Act,
  BankCard,
  BenchDoor,
  NoteFault,
  PrinterFault,
  TerminalFault,
} from '../../ui/bench/panel.ts'

export type ActDone =
  | { kind: 'done' }
  /** One sentence: why it cannot be done now. */
  | { kind: 'refused'; why: string }

export const done: ActDone = { kind: 'done' }
export const refused = (why: string): ActDone => ({ kind: 'refused', why })

const name = z.string().min(1).max(40)
const on = z.boolean()

export const noteFaults = [
  'jam',
  'cash box full',
  'cash box removed',
  'unplugged',
  'swapped unit',
  'silent',
] as const satisfies readonly NoteFault[]

export const printerFaults = [
  'paper low',
  'paper out',
  'cover open',
  'offline',
  'unplugged',
] as const satisfies readonly PrinterFault[]

export const terminalFaults = [
  'bank away',
  'day not ended',
  'silent',
  'unplugged',
] as const satisfies readonly TerminalFault[]

export const bankCards = [
  'good',
  'wrong PIN once',
  'PIN blocked',
  'declined',
  'account empty',
  'cannot be read',
] as const satisfies readonly BankCard[]

export const doors = ['cabinet', 'cash'] as const satisfies readonly BenchDoor[]

export const parseAct: z.ZodType<Act> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('card.insert'), card: name }),
  z.strictObject({ type: z.literal('card.take') }),
  z.strictObject({ type: z.literal('card.pull-after'), commands: z.int().min(0).max(99) }),
  z.strictObject({ type: z.literal('note.insert'), value: Money }),
  z.strictObject({ type: z.literal('note.insert-bad') }),
  z.strictObject({ type: z.literal('notes.fault'), fault: z.enum(noteFaults), on }),
  z.strictObject({ type: z.literal('notes.empty-box') }),
  z.strictObject({ type: z.literal('notes.power-cycle') }),
  z.strictObject({
    type: z.literal('bank-card.present'),
    card: z.enum(bankCards),
    how: z.enum(['tap', 'insert']),
  }),
  z.strictObject({ type: z.literal('bank-card.take') }),
  z.strictObject({ type: z.literal('terminal.pin'), pin: z.string().regex(/^\d{4,12}$/) }),
  z.strictObject({ type: z.literal('terminal.stop') }),
  z.strictObject({ type: z.literal('terminal.fault'), fault: z.enum(terminalFaults), on }),
  z.strictObject({ type: z.literal('terminal.power-cycle') }),
  z.strictObject({ type: z.literal('bank.down'), on }),
  z.strictObject({ type: z.literal('front.kill') }),
  z.strictObject({ type: z.literal('printer.fault'), fault: z.enum(printerFaults), on }),
  z.strictObject({ type: z.literal('receipt.tear-off'), receipt: name }),
  z.strictObject({ type: z.literal('service-key.turn'), on }),
  z.strictObject({ type: z.literal('door.open'), which: z.enum(doors), on }),
  z.strictObject({ type: z.literal('service-switch.unplug'), on }),
  z.strictObject({ type: z.literal('reader.unplug'), on }),
  z.strictObject({ type: z.literal('centre.away'), on }),
  z.strictObject({ type: z.literal('kiosk.kill') }),
  z.strictObject({ type: z.literal('meter.insert'), card: name, meter: name }),
  z.strictObject({ type: z.literal('meter.take'), meter: name }),
  z.strictObject({ type: z.literal('meter.use'), meter: name, energy: EnergyAmount }),
])
