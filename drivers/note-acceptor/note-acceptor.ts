// What any note acceptor can be told and can tell, whatever protocol it speaks.
import type { Minor } from '../../domain/money.ts'
import type { NoteAcceptorFault } from './faults.ts'

/** Commands; each says whether it may be repeated when its outcome is unknown. */
export type NoteAcceptorCommand =
  /** Take notes of these values from now on. Safe to repeat. */
  | { type: 'note-acceptor.open'; values: readonly Minor[] }
  /** Take no further notes; `note-acceptor.closed` follows once nothing is in motion. Safe to repeat. */
  | { type: 'note-acceptor.close' }
  /** Move the escrowed note into the cash box. Irreversible: the intent is on disk before. Never repeated blindly. */
  | { type: 'note.stack' }
  /** Give the escrowed note back. */
  | { type: 'note.return' }
  /** The outcome of the last credited (or found) note is on disk: the acceptor may forget it. Safe to repeat. */
  | { type: 'note.acknowledge' }

export type NoteAcceptorEvent =
  /** Talking, identified, and closed. Comes at start and again after each re-open or power-up. */
  | { type: 'note-acceptor.ready'; unit: NoteAcceptorUnit }
  | { type: 'note-acceptor.opened' }
  /** Closed and idle: no note is in motion, so the sum of the sale's notes is final. */
  | { type: 'note-acceptor.closed' }
  | { type: 'note.reading' }
  /** A recognised note waits; it is held until `note.stack` or `note.return`. */
  | { type: 'note.escrowed'; value: Minor }
  | { type: 'note.stacking' }
  /**
   * Credit now: the note is beyond the customer's reach. Answer with `note.acknowledge` when it is journalled. Told once by each
   * process; one that was never acknowledged is told again by the next process, before `ready` (devices.md 2.3 rule 2).
   */
  | { type: 'note.stacked'; value: Minor }
  /** An escrowed note went back to the customer, also when the power failed meanwhile. */
  | { type: 'note.returned' }
  /** The acceptor itself refused a note; it never was money. */
  | { type: 'note.rejected'; why: RejectReason }
  /**
   * A note nobody was told of as escrowed, which the acceptor moved by itself: mostly one that was in its path when the power
   * or the kiosk failed. `value` is null when it does not say.
   * 'stacked' is money taken: answer with `note.acknowledge` when it is journalled.
   */
  | { type: 'note.found'; where: 'returned' | 'stacked'; value: Minor | null }
  /** The acceptor's own lifelong counters, told after `ready` and after each stacked note. */
  | { type: 'note-acceptor.counted'; counters: NoteCounters }
  /**
   * The same counters at rest: closed, nothing in the path, every note that was told as taken acknowledged. So each of those is in
   * them, and no other. Told after `ready`, after each closing and after each note taken unasked, once nothing has moved for a while.
   */
  | { type: 'note-acceptor.tallied'; serialNumber: string; counters: NoteCounters }
  | { type: 'note-acceptor.failed'; fault: NoteAcceptorFault }
  | { type: 'note-acceptor.cleared'; fault: NoteAcceptorFault['kind'] }

export type NoteAcceptorUnit = {
  serialNumber: string
  firmware: string
  currency: string
  /** The values it recognises, in minor units, ascending. */
  values: readonly Minor[]
}

export type NoteCounters = { stacked: number; rejected: number }

export type RejectReason =
  | 'not recognised'
  | 'not accepted now'
  | 'two notes'
  | 'pulled back'
  | 'held too long'
  | 'cannot stack'
