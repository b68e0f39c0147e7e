// Numbers of devices.md 10.7 and 10.6 in our own words: results for the kiosk, steps for the customer, states for the technician.
import type { DeclineReason, PaymentHint } from '../bank-terminal.ts'
import type { BankTerminalFault } from '../faults.ts'

export const result = {
  ok: 0x00,
  unreadable: 0x64,
  noCardData: 0x65,
  processing: 0x66,
  notRegistered: 0x6b,
  abortedOrTimedOut: 0x6c,
  currency: 0x6f,
  notEnoughMoney: 0x71,
  expired: 0x78,
  unknownCard: 0x7a,
  communication: 0x7d,
  notPossible: 0x83,
  dialUp: 0x9b,
  busy: 0x9c,
  alreadyReversed: 0xb4,
  reversalImpossible: 0xb5,
  preAuthorisation: 0xb8,
  cardInside: 0xdc,
} as const

const noConnection: ReadonlySet<number> = new Set([
  result.communication,
  result.dialUp,
  0xa0,
  0xa1,
  0xa3,
])
const notReadable: ReadonlySet<number> = new Set([
  result.unreadable,
  result.noCardData,
  result.processing,
])
const notAccepted: ReadonlySet<number> = new Set([result.expired, 0x79, result.unknownCard])
const terminalBusy: ReadonlySet<number> = new Set([
  result.busy,
  result.notRegistered,
  0xcc,
  result.cardInside,
  0xe0,
  0xe1,
  0xf0,
])

export const reachesNoBank = (code: number): boolean => noConnection.has(code)

/**
 * Why nobody was charged. 6C is one number for the customer's stop key and for the terminal's patience. Host codes 01 to 63 are
 * all 'declined': an acquirer's rule (card complete) for terminals that nobody attends.
 */
export const declineReason = (
  code: number,
  { stopped, waitedLong }: { stopped: boolean; waitedLong: boolean },
): DeclineReason => {
  if (code === result.abortedOrTimedOut) {
    return !stopped && waitedLong ? 'timed out' : 'customer cancelled'
  }
  if (code === result.notEnoughMoney) return 'not enough money'
  if (notReadable.has(code)) return 'card not readable'
  if (notAccepted.has(code)) return 'card not accepted'
  if (noConnection.has(code)) return 'no connection'
  return terminalBusy.has(code) ? 'terminal busy' : 'declined'
}

/** Steps of `04 FF`; 41 to 5D are the same with "please remove the card". */
export const intermediate = {
  watchPinPad: 0x01,
  askingBank: 0x04,
  autoReversal: 0x05,
  postBookings: 0x06,
  insertCard: 0x0a,
  removeCard: 0x0b,
  pleaseWait: 0x0e,
  notPossible: 0x13,
  wrongPin: 0x15,
  approved: 0x1c,
  declined: 0x1d,
} as const

const hints: ReadonlyMap<number, PaymentHint> = new Map([
  [intermediate.watchPinPad, 'enter pin'],
  [0x02, 'enter pin'],
  [0x03, 'not possible'],
  [intermediate.askingBank, 'asking the bank'],
  [intermediate.autoReversal, 'reversing'],
  [intermediate.postBookings, 'asking the bank'],
  [0x07, 'not possible'],
  [0x08, 'not possible'],
  [0x09, 'not possible'],
  [intermediate.insertCard, 'insert card'],
  [intermediate.removeCard, 'remove card'],
  [0x0c, 'not possible'],
  [intermediate.pleaseWait, 'please wait'],
  [intermediate.notPossible, 'not possible'],
  [0x14, 'declined'],
  [intermediate.wrongPin, 'wrong pin'],
  [0x17, 'please wait'],
  [0x18, 'declined'],
  [0x1b, 'approved'],
  [intermediate.approved, 'approved'],
  [intermediate.declined, 'declined'],
  [0x68, 'please wait'],
])

/** Null for what means nothing to a customer. */
export const hintOf = (status: number): PaymentHint | null =>
  status >= 0x41 && status <= 0x5d ? 'remove card' : (hints.get(status) ?? null)

/** States of `05 01`. */
export const terminalState = {
  ready: 0x00,
  initialisationNeeded: 0x51,
  clockWrong: 0x62,
  busy: 0x9c,
  journalFull: 0xb1,
  clockNotSet: 0xc1,
  diagnosisNeeded: 0xc2,
  cardInside: 0xdc,
  cardNotRemoved: 0xe1,
  reconciliationNeeded: 0xf0,
} as const

export const faultOfState = (state: number): BankTerminalFault | null => {
  switch (state) {
    case terminalState.ready:
      return null
    case terminalState.cardInside:
    case terminalState.cardNotRemoved:
      return { kind: 'card left inside', moneyAtRisk: 'no' }
    case terminalState.reconciliationNeeded:
    case terminalState.journalFull:
      return { kind: 'day not ended', moneyAtRisk: 'no' }
    default:
      return { kind: 'not ready', moneyAtRisk: 'no', code: codeText(state) }
  }
}

/** What the specification (11.1) says helps. */
export type Remedy = 'initialise' | 'set clock' | 'diagnosis' | 'end day'

export const remedyOf = (state: number): Remedy | null => {
  switch (state) {
    case terminalState.initialisationNeeded:
      return 'initialise'
    case terminalState.clockWrong:
    case terminalState.clockNotSet:
      return 'set clock'
    case terminalState.diagnosisNeeded:
      return 'diagnosis'
    case terminalState.reconciliationNeeded:
    case terminalState.journalFull:
      return 'end day'
    default:
      return null
  }
}

/** `6C`. */
export const codeText = (code: number): string => code.toString(16).toUpperCase().padStart(2, '0')
