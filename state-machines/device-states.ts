// What each device last said of itself.
import type { Minor } from '../domain/money.ts'
import type { BankTerminalEvent } from '../drivers/bank-terminal/bank-terminal.ts'
import type { BankTerminalFault } from '../drivers/bank-terminal/faults.ts'
import type { CardReaderEvent } from '../drivers/card-reader/card-reader.ts'
import type { CardReaderFault } from '../drivers/card-reader/faults.ts'
import type { NoteAcceptorFault } from '../drivers/note-acceptor/faults.ts'
import type { NoteAcceptorEvent, NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterFault } from '../drivers/receipt-printer/faults.ts'
import type { ReceiptPrinterEvent } from '../drivers/receipt-printer/receipt-printer.ts'

/** Ready once it has identified itself; `faults` are those raised and not cleared. */
export type DeviceState<Fault extends { kind: string }> = {
  ready: boolean
  faults: Fault['kind'][]
}

export type DeviceStates = {
  cardReader: DeviceState<CardReaderFault>
  noteAcceptor: DeviceState<NoteAcceptorFault> & {
    /** The values the unit says it recognises. */
    values: readonly Minor[]
    counters: NoteCounters | null
  }
  receiptPrinter: DeviceState<ReceiptPrinterFault>
  bankTerminal: DeviceState<BankTerminalFault> & {
    /** It waits for the goods before it stores a payment. */
    vending: boolean
    /** It asks for the PIN of a power card that is linked to a bank account. */
    canAskPin: boolean
  }
}

export type DeviceEvent =
  | CardReaderEvent
  | NoteAcceptorEvent
  | ReceiptPrinterEvent
  | BankTerminalEvent

export const noDevices: DeviceStates = {
  cardReader: { ready: false, faults: [] },
  noteAcceptor: { ready: false, faults: [], values: [], counters: null },
  receiptPrinter: { ready: false, faults: [] },
  bankTerminal: { ready: false, faults: [], vending: false, canAskPin: false },
}

const ready = <State extends { ready: boolean }>(state: State): State => ({ ...state, ready: true })

const raised = <Kind, State extends { faults: Kind[] }>(state: State, kind: Kind): State =>
  state.faults.includes(kind) ? state : { ...state, faults: [...state.faults, kind] }

const cleared = <Kind, State extends { faults: Kind[] }>(state: State, kind: Kind): State => ({
  ...state,
  faults: state.faults.filter((fault) => fault !== kind),
})

/** What is known of the devices after one of them has spoken. */
export const afterDeviceEvent = (states: DeviceStates, event: DeviceEvent): DeviceStates => {
  const { cardReader, noteAcceptor, receiptPrinter, bankTerminal } = states
  switch (event.type) {
    case 'card-reader.ready':
      return { ...states, cardReader: ready(cardReader) }
    case 'card-reader.failed':
      return { ...states, cardReader: raised(cardReader, event.fault.kind) }
    case 'card-reader.cleared':
      return { ...states, cardReader: cleared(cardReader, event.fault) }
    case 'note-acceptor.ready':
      return { ...states, noteAcceptor: { ...ready(noteAcceptor), values: event.unit.values } }
    case 'note-acceptor.counted':
      return { ...states, noteAcceptor: { ...noteAcceptor, counters: event.counters } }
    case 'note-acceptor.failed':
      return { ...states, noteAcceptor: raised(noteAcceptor, event.fault.kind) }
    case 'note-acceptor.cleared':
      return { ...states, noteAcceptor: cleared(noteAcceptor, event.fault) }
    case 'receipt-printer.ready':
      return { ...states, receiptPrinter: ready(receiptPrinter) }
    case 'receipt-printer.failed':
      return { ...states, receiptPrinter: raised(receiptPrinter, event.fault.kind) }
    case 'receipt-printer.cleared':
      return { ...states, receiptPrinter: cleared(receiptPrinter, event.fault) }
    case 'bank-terminal.ready': {
      const { vending, canAskPin } = event.unit
      return { ...states, bankTerminal: { ...ready(bankTerminal), vending, canAskPin } }
    }
    case 'bank-terminal.failed':
      return { ...states, bankTerminal: raised(bankTerminal, event.fault.kind) }
    case 'bank-terminal.cleared':
      return { ...states, bankTerminal: cleared(bankTerminal, event.fault) }
    default:
      return states
  }
}
