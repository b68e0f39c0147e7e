// Every short path through the tests of the devices: what people, devices, disk and clock may do in each state.
import type { EventFromLogic } from 'xstate'
import { minor } from '../../domain/money.ts'
import type { BankTerminalDiagnosis } from '../../drivers/bank-terminal/bank-terminal.ts'
import type { CardLine } from '../../drivers/card-reader/card-reader.ts'
import { testingBankTerminal } from '../../state-machines/testing-bank-terminal.ts'
import { testingCardReader } from '../../state-machines/testing-card-reader.ts'
import { testingNoteAcceptor } from '../../state-machines/testing-note-acceptor.ts'
import { testingReceiptPrinter } from '../../state-machines/testing-receipt-printer.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const failed = new Error('disk full')
const line: CardLine = { exchange: () => Promise.resolve({ kind: 'unknown', why: 'no reply' }) }

type CardEvent = EventFromLogic<typeof testingCardReader>

const cardEvents: CardEvent[] = [
  { type: 'press.cancel' },
  { type: 'card.inserted', atr: Uint8Array.of(0x3b), fci: new Uint8Array(), line },
  { type: 'card.unusable', why: 'foreign card' },
  { type: 'card.unusable', why: 'card not readable' },
  { type: 'card.removed' },
  { type: 'card-reader.failed', fault: { kind: 'no reader', moneyAtRisk: 'no' } },
]

export const testingCardPaths = [true, false].flatMap((cardIn) =>
  pathsOf(testingCardReader, {
    input: { cardIn },
    endings: {
      measureCard: [{ kind: 'measured', medianMs: 20 }, { kind: 'does not answer' }, failed],
    },
    events: () => cardEvents,
    key: ({ context }) => [context.why, context.rows.length],
  }),
)

type NoteEvent = EventFromLogic<typeof testingNoteAcceptor>

const noteValue = minor(2000)
const stacked: NoteEvent[] = [
  { type: 'note.stacked', value: noteValue },
  { type: 'note.found', where: 'stacked', value: null },
]
const verdicts: NoteEvent[] = [
  ...stacked,
  { type: 'note.returned' },
  { type: 'note.rejected', why: 'pulled back' },
  { type: 'note.found', where: 'returned', value: null },
]
const always: NoteEvent[] = [
  { type: 'press.cancel' },
  {
    type: 'note-acceptor.failed',
    fault: { kind: 'not answering', moneyAtRisk: 'unknown' },
  },
]

/** While an outcome is being journalled the acceptor is silent about money: it waits for `note.acknowledge`. */
const noteEventsIn = (value: unknown): NoteEvent[] => {
  if (value === 'awaitingNote') {
    return [
      ...always,
      ...stacked,
      { type: 'note.escrowed', value: noteValue },
      { type: 'note.rejected', why: 'not recognised' },
    ]
  }
  if (value === 'closing') {
    return [
      ...always,
      ...stacked,
      { type: 'note.escrowed', value: noteValue },
      { type: 'note-acceptor.closed' },
    ]
  }
  return typeof value === 'object' ? [...always, ...verdicts] : always
}

export const testingNotePaths = pathsOf(testingNoteAcceptor, {
  input: { ids, visitId: ids.visit(), values: [noteValue] },
  endings: { journal: [undefined, failed] },
  events: ({ value }) => noteEventsIn(value),
  key: ({ context }) => [context.why, context.current !== null],
})

type PrinterEvent = EventFromLogic<typeof testingReceiptPrinter>

const printerEvents: PrinterEvent[] = [
  { type: 'press.cancel' },
  { type: 'press.choose', choice: 'seen' },
  { type: 'press.choose', choice: 'not seen' },
  { type: 'receipt.printed', jobId: 'T1' },
  { type: 'receipt.printed', jobId: 'T2' },
  { type: 'receipt.not-printed', jobId: 'T2', why: 'paper out' },
  { type: 'receipt-printer.failed', fault: { kind: 'paper low', moneyAtRisk: 'no' } },
  { type: 'receipt-printer.cleared', fault: 'paper low' },
]
const paper = { language: 'en', lines: [] } as const

export const testingPrinterPaths = pathsOf(testingReceiptPrinter, {
  input: { what: 'test page', faults: [] },
  endings: {
    testPapers: [
      [
        { jobId: 'T1', paper },
        { jobId: 'T2', paper },
      ],
      failed,
    ],
  },
  events: () => printerEvents,
  key: ({ context }) => [context.why, context.papers.length, context.faults],
})

const unit = { terminalId: '29001006', version: '2', vending: true, canAskPin: true }
const diagnosed = (diagnosis: BankTerminalDiagnosis) =>
  ({ type: 'bank-terminal.diagnosed', diagnosis }) as const
const well = { kind: 'diagnosed', unit, trouble: null, paymentsOpen: false } as const

export const testingTerminalPaths = pathsOf(testingBankTerminal, {
  endings: {},
  events: (): EventFromLogic<typeof testingBankTerminal>[] => [
    { type: 'press.cancel' },
    diagnosed(well),
    diagnosed({ ...well, paymentsOpen: true }),
    diagnosed({ ...well, trouble: 'A3' }),
    diagnosed({ ...well, unit: { ...unit, vending: false } }),
    diagnosed({ kind: 'refused', fault: 'wrong terminal' }),
    diagnosed({ kind: 'busy' }),
    diagnosed({ kind: 'no answer' }),
  ],
  key: ({ context }) => [context.why],
})
