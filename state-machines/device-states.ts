// What each device last said of itself, and which tenders work because of it.
import type { Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { CardReaderEvent } from '../drivers/card-reader/card-reader.ts'
import type { CardReaderFault } from '../drivers/card-reader/faults.ts'
import type { NoteAcceptorFault } from '../drivers/note-acceptor/faults.ts'
import type { NoteAcceptorEvent, NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ReceiptPrinterFault } from '../drivers/receipt-printer/faults.ts'
import type { ReceiptPrinterEvent } from '../drivers/receipt-printer/receipt-printer.ts'
import type { Tender, TenderOffer } from '../ui/kiosk/screen.ts'

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
}

export type DeviceEvent = CardReaderEvent | NoteAcceptorEvent | ReceiptPrinterEvent

export const noDevices: DeviceStates = {
  cardReader: { ready: false, faults: [] },
  noteAcceptor: { ready: false, faults: [], values: [], counters: null },
  receiptPrinter: { ready: false, faults: [] },
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
  const { cardReader, noteAcceptor, receiptPrinter } = states
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
    default:
      return states
  }
}

/** Every tender, with the reason for each that does not work now. */
export const tenderOffers = (states: DeviceStates, offered: readonly Tender[]): TenderOffer[] => {
  const tenders: Tender[] = ['cash', 'bank card', 'account']
  return tenders.map((tender): TenderOffer => {
    if (!offered.includes(tender)) return { tender, works: false, why: 'not offered here' }
    switch (tender) {
      case 'cash':
        if (states.noteAcceptor.faults.includes('cash box full')) {
          return { tender, works: false, why: 'cash box full' }
        }
        return states.noteAcceptor.ready && states.noteAcceptor.faults.length === 0
          ? { tender, works: true }
          : { tender, works: false, why: 'device fault' }
      case 'bank card':
        return { tender, works: false, why: 'device fault' }
      case 'account':
        return { tender, works: true }
      default:
        return never(tender)
    }
  })
}

/** Faults under which receipts do not come on paper; `paper low` is none of them. */
export const printsPaper = ({ receiptPrinter }: DeviceStates): boolean =>
  receiptPrinter.ready && receiptPrinter.faults.every((fault) => fault === 'paper low')
