// What the front machine can ask of the bank's host, and the three ways a question can end.
import type { IsoMessage } from '../iso8583/message.ts'

export type BankAnswer =
  /** With a right MAC, to this very question. Its field 39 says what the bank decided. */
  | { kind: 'answered'; message: IsoMessage }
  /** Certainly not sent: nothing has happened and nothing needs to be reversed. */
  | { kind: 'away'; why: 'not signed on' | 'asked already' }
  /** Sent, or perhaps sent: done or not done, nobody here knows. */
  | { kind: 'unknown'; why: 'no answer in time' | 'line lost' | 'wrong MAC' }

/** An answer that nobody waits for any more: late, or there for the second time. It is evidence, never an approval. */
export type LateAnswer = { message: IsoMessage; mac: 'right' | 'wrong' }

export type LineState = 'signed on' | 'connecting' | 'down'

export type BankLine = {
  /**
   * Sends a request and waits so many milliseconds at most for its answer. The answer is matched by type, STAN (11), terminal
   * (41) and time (7): all three must be in the message. Never rejects and never sends anything twice.
   */
  ask: (message: IsoMessage, deadlineMs: number) => Promise<BankAnswer>
  onLate: (listener: (late: LateAnswer) => void) => void
  onState: (listener: (state: LineState) => void) => void
  state: () => LineState
  /** Asks for a new working key. What is under way goes on under the old one. */
  changeKey: () => Promise<BankAnswer>
  /** Tells the host that this business date, `YYYY-MM-DD`, has begun; with its yes a new working key is asked for. */
  cutOver: (businessDate: string) => Promise<BankAnswer>
  /** Signs off and closes. What still waits for an answer ends as unknown. */
  close: () => Promise<void>
}
