// What is so in a simulated bank terminal and at its bank, whatever anybody has been told about it.
import { minor, type Minor } from '../../../../domain/money.ts'
import { localDigits } from '../local-time.ts'

/** Plain JSON: it can be written down and handed to a new simulator, as a terminal keeps its books without power. */
export type TerminalTruth = {
  /** 8 digits. */
  terminalId: string
  powered: boolean
  password: string
  /** ISO 4217 as a number. */
  currency: number
  /** It waits for the goods before it stores. */
  vending: boolean
  /** It has the PIN extension of pin-request.ts. */
  asksPin: boolean
  /** Numbers of the next payment; receipts begin again at 1 after 9999, traces after 999999. */
  nextReceipt: number
  nextTrace: number
  payments: SimulatedPayment[]
  /** What 06 20 tells. */
  last: Booking | null
  preAuthorisations: { receiptNumber: number; amount: Minor }[]
  /** Blocks the PIN pad has made: each has a key of its own. */
  pinBlocks: number
  cardInside: boolean
  /** The answer to 05 01; 00 is ready. */
  state: number
  /** Its state is one that starting anew ends. */
  wedged: boolean
  hostReachable: boolean
}

export type SimulatedPayment = {
  receiptNumber: number
  trace: number
  amount: Minor
  /** `MMDDhhmmss`. */
  at: string
  cardType: string
  /**
   * 'authorised': the bank has agreed and the terminal has not stored. 'stored' is charged; 'reversed' is not; 'reversal pending'
   * will be reversed when the terminal next reaches its bank.
   */
  state: 'authorised' | 'stored' | 'reversed' | 'reversal pending'
  /** Its day was ended: no reversal any more. */
  settled: boolean
}

export type Booking = {
  kind: 'payment' | 'reversal'
  receiptNumber: number
  trace: number
  originalTrace: number | null
  amount: Minor
  at: string
}

export const newTerminal = (changes: Partial<TerminalTruth> = {}): TerminalTruth => ({
  terminalId: '29001006',
  powered: true,
  password: '000000',
  currency: 978,
  vending: true,
  asksPin: true,
  nextReceipt: 1,
  nextTrace: 1,
  payments: [],
  last: null,
  preAuthorisations: [],
  pinBlocks: 0,
  cardInside: false,
  state: 0x00,
  wedged: false,
  hostReachable: true,
  ...changes,
})

const dayMs = 86_400_000

/**
 * A terminal that others have paid at before: it shows the last payment of the day before `nowMs` (since 1970), which was ended,
 * under the numbers before the first ones of `newTerminal`.
 */
export const usedTerminal = (
  nowMs: number,
  changes: Partial<TerminalTruth> = {},
): TerminalTruth => {
  const at = localDigits(nowMs - dayMs, 'UTC').slice(4)
  const numbers = { receiptNumber: 9999, trace: 999_999, originalTrace: null }
  return newTerminal({ last: { kind: 'payment', ...numbers, amount: minor(300), at }, ...changes })
}

/** What customers have been charged by it. */
export const charged = ({ payments }: TerminalTruth): Minor =>
  minor(payments.reduce((sum, { state, amount }) => sum + (state === 'stored' ? amount : 0), 0))

/** The numbers of a new booking, and the next ones after it. */
export const takeNumbers = (truth: TerminalTruth): { receiptNumber: number; trace: number } => {
  const { nextReceipt: receiptNumber, nextTrace: trace } = truth
  truth.nextReceipt = receiptNumber === 9999 ? 1 : receiptNumber + 1
  truth.nextTrace = trace === 999_999 ? 1 : trace + 1
  return { receiptNumber, trace }
}
