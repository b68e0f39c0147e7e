// How handling a message ends: answered, or refused as a message. A refusal by the rules of the sale is an answer.
import type { Alarm } from './alarms.ts'

/** Why a message itself is refused; asking again changes nothing. */
export type RefusalStatus =
  /** The content cannot be right; the problem names the field. */
  | 400
  /** The kiosk is not known, or has nothing to do with what it asks about. */
  | 403
  /** What it asks about does not exist. */
  | 404
  /** The same id was used for something else. */
  | 409

export type Outcome<Reply> = { kind: 'answered'; reply: Reply } | Refused

/** `alarm` stays although nothing of the message does. */
export type Refused = { kind: 'refused'; status: RefusalStatus; problem: string; alarm?: Alarm }

export const answered = <Reply>(reply: Reply): Outcome<Reply> => ({ kind: 'answered', reply })

/** Nothing of the message happens: its transaction is rolled back. */
export const refused = (status: RefusalStatus, problem: string): Refused => ({
  kind: 'refused',
  status,
  problem,
})
