// What is tried with a card or a reader that does not answer: one rung after another. Pure.
//
//   a new card:     powered up, three times ──► not readable
//   a known card:   powered up again and selected, before the next command ──► a new context ──► no reader
//   reader, daemon: a new context, with back-off, for as long as it takes (reader-state.ts)
//
// No command is ever sent again: what it did shows when the card is read.

export type Rung =
  /** Off, on, SELECT, and the serial compared (power-card.md 8.4). */
  | 'power up again'
  /** The reader is let go, as if it had been unplugged, and looked for anew. */
  | 'new context'

/** A card that did not come back so often in a row may do so in a new context. */
export const revivalsMost = 3

export type Trouble = {
  /** A command was sent and PC/SC has not come back with it, though the next one has waited as long again. */
  hangs: boolean
  failedRevivals: number
}

export const rungAfter = ({ hangs, failedRevivals }: Trouble): Rung =>
  hangs || failedRevivals >= revivalsMost ? 'new context' : 'power up again'
