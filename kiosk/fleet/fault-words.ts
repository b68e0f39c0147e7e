// Each fault of each device in the words of the fleet. A fault that is not here does not compile (fleet.md 9.2).
import type {
  ActionWord,
  DeviceWord,
  EventAbout,
  MoneyAtRisk,
  Severity,
} from '../../domain/fleet/words.ts'
import type { BankTerminalFault } from '../../drivers/bank-terminal/faults.ts'
import type { CardReaderFault } from '../../drivers/card-reader/faults.ts'
import type { NoteAcceptorFault } from '../../drivers/note-acceptor/faults.ts'
import type { ReceiptPrinterFault } from '../../drivers/receipt-printer/faults.ts'
import type { DeviceStates } from '../../state-machines/device-states.ts'

export type FaultWords = {
  /** What the device is meanwhile. */
  word: DeviceWord
  about: EventAbout
  sev: Severity
  act: ActionWord
  risk: MoneyAtRisk
}

/** `risk` is what the driver says of it: neither more nor less can stand here. */
type WordsOf<Fault extends { kind: string; moneyAtRisk: MoneyAtRisk }> = {
  [Kind in Fault['kind']]: FaultWords & { risk: Extract<Fault, { kind: Kind }>['moneyAtRisk'] }
}

const noteAcceptor: WordsOf<NoteAcceptorFault> = {
  'not answering': { word: 'offline', about: 'fault', sev: 3, act: 'maintenance', risk: 'unknown' },
  'wrong unit': { word: 'fraudAttempt', about: 'money', sev: 4, act: 'maintenance', risk: 'no' },
  'cash box full': { word: 'userError', about: 'money', sev: 3, act: 'clear', risk: 'no' },
  'cash box removed': { word: 'userError', about: 'money', sev: 3, act: 'clear', risk: 'no' },
  jam: { word: 'hardwareError', about: 'fault', sev: 3, act: 'maintenance', risk: 'unknown' },
  'fraud attempt': {
    word: 'fraudAttempt',
    about: 'fault',
    sev: 4,
    act: 'maintenance',
    risk: 'unknown',
  },
  'path open': { word: 'userError', about: 'fault', sev: 3, act: 'clear', risk: 'unknown' },
  'not trusted': {
    word: 'hardwareError',
    about: 'fault',
    sev: 3,
    act: 'configuration',
    risk: 'no',
  },
  broken: { word: 'hardwareError', about: 'fault', sev: 3, act: 'maintenance', risk: 'unknown' },
}

const cardReader: WordsOf<CardReaderFault> = {
  'no reader': { word: 'noDevice', about: 'fault', sev: 4, act: 'maintenance', risk: 'no' },
  'no card service': { word: 'offline', about: 'fault', sev: 3, act: 'suspend', risk: 'unknown' },
}

const receiptPrinter: WordsOf<ReceiptPrinterFault> = {
  'not answering': { word: 'offline', about: 'fault', sev: 2, act: 'maintenance', risk: 'no' },
  'paper low': { word: 'online', about: 'supply', sev: 1, act: 'clear', risk: 'no' },
  'paper out': { word: 'userError', about: 'supply', sev: 2, act: 'clear', risk: 'no' },
  'cover open': { word: 'userError', about: 'fault', sev: 2, act: 'clear', risk: 'no' },
  offline: { word: 'offline', about: 'fault', sev: 2, act: 'clear', risk: 'no' },
  cutter: { word: 'hardwareError', about: 'fault', sev: 2, act: 'maintenance', risk: 'no' },
  'too hot': { word: 'hardwareError', about: 'fault', sev: 1, act: 'suspend', risk: 'no' },
  broken: { word: 'hardwareError', about: 'fault', sev: 2, act: 'maintenance', risk: 'no' },
}

const bankTerminal: WordsOf<BankTerminalFault> = {
  'not answering': { word: 'offline', about: 'fault', sev: 3, act: 'maintenance', risk: 'unknown' },
  'wrong terminal': {
    word: 'fraudAttempt',
    about: 'money',
    sev: 4,
    act: 'maintenance',
    risk: 'no',
  },
  'not suitable': {
    word: 'hardwareError',
    about: 'fault',
    sev: 3,
    act: 'configuration',
    risk: 'no',
  },
  'not ready': { word: 'hardwareError', about: 'fault', sev: 2, act: 'suspend', risk: 'no' },
  'card left inside': { word: 'userError', about: 'fault', sev: 1, act: 'clear', risk: 'no' },
  'no connection': { word: 'online', about: 'fault', sev: 2, act: 'suspend', risk: 'no' },
  'day not ended': { word: 'deviceBusy', about: 'fault', sev: 2, act: 'suspend', risk: 'no' },
  broken: { word: 'hardwareError', about: 'fault', sev: 3, act: 'maintenance', risk: 'unknown' },
}

export const faultWords = { noteAcceptor, cardReader, receiptPrinter, bankTerminal } satisfies {
  [Role in keyof DeviceStates]: Record<DeviceStates[Role]['faults'][number], FaultWords>
}

/** Of the journal and its disk, which are no device and stop the kiosk like one. */
export const recordFaultWords = {
  'not written': {
    word: 'hardwareError',
    about: 'money',
    sev: 4,
    act: 'maintenance',
    risk: 'unknown',
  },
  full: { word: 'hardwareError', about: 'fault', sev: 3, act: 'maintenance', risk: 'no' },
} as const satisfies Record<string, FaultWords>
