// How handling a message ends: answered, or refused as a message. A refusal by the rules of the sale is an answer.

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

export type Outcome<Reply> =
  | { kind: 'answered'; reply: Reply }
  | { kind: 'refused'; status: RefusalStatus; problem: string }

export const answered = <Reply>(reply: Reply): Outcome<Reply> => ({ kind: 'answered', reply })

/** Nothing of the message happens: its transaction is rolled back. */
export const refused = (
  status: RefusalStatus,
  problem: string,
): { kind: 'refused'; status: RefusalStatus; problem: string } => ({
  kind: 'refused',
  status,
  problem,
})
