// What any reader of power cards can tell, and the line to the card in it.
import type { CardReaderFault } from './faults.ts'

export type CardReaderEvent =
  | { type: 'card-reader.ready'; name: string }
  /** A card was powered up and answered SELECT by AID: one of ours. `fci` is that answer without status word. */
  | { type: 'card.inserted'; atr: Uint8Array; fci: Uint8Array; line: CardLine }
  /** Something is in the reader that cannot be served. */
  | { type: 'card.unusable'; why: 'foreign card' | 'card not readable' }
  | { type: 'card.removed' }
  | { type: 'card-reader.failed'; fault: CardReaderFault }
  | { type: 'card-reader.cleared'; fault: CardReaderFault['kind'] }

/**
 * The card of one insertion. A line outlives its card: after a removal every exchange answers 'unknown', so nobody can
 * talk to the next card by mistake.
 */
export type CardLine = {
  /** Sends one short APDU; `61xx` and `6Cxx` are followed up as power-card.md 2.2 says. Never rejects. */
  exchange(command: Uint8Array): Promise<ApduReply>
}

/** Power-card.md 2.3: an answer shorter than 2 bytes, a reader error or a time-out is an unknown outcome. */
export type ApduReply =
  | { kind: 'answered'; data: Uint8Array; statusWord: number }
  | { kind: 'unknown'; why: 'card removed' | 'no reply' | 'reader lost' }
