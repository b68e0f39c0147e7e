// What is tried with a unit that has stopped answering, or refuses what any validator obeys: one rung after another. Pure.
//
//   no answer:  the same bytes again ──► keys again ──► reset ──► the line opened again ──► (from the beginning)
//   refuses:                             keys again ──► reset ──► the line opened again
//
// The fault is raised at the third unanswered send, or at the first refusal: cash is out of the offer all the while.
import type { Talk } from './talk.ts'

export type Rung =
  /** SYNC, identity and keys once more over the line as it is. */
  | 'keys again'
  /** The unit starts as after a power cut. */
  | 'reset'
  /** The port is closed and opened, with back-off. */
  | 'open again'

export const rungs: readonly Rung[] = ['keys again', 'reset', 'open again']

export const ladderDelays = {
  /** A refusal that lasts so long is no passing one. */
  refusingMs: 10_000,
  /** Sparingly (fleet.md 9.2): a unit that was reset and is no better is not reset again for so long. */
  resetAgainMs: 600_000,
}

/** SYNC on a line that was just silent for 20 s is not asked as long as the first one. */
export const syncTriesOnLadder = 5

export type Ladder = {
  /** Of `rungs`: the next to be tried. */
  next: number
  resetMs: number | null
}

export const foot: Ladder = { next: 0, resetMs: null }

/** The unit works: the next trouble begins at the foot. */
export const stepOff = ({ resetMs }: Ladder): Ladder => ({ next: 0, resetMs })

export const climb = (
  ladder: Ladder,
  talk: Pick<Talk, 'note' | 'owed'>,
  nowMs: number,
): { rung: Rung; ladder: Ladder } => {
  const rung = rungs[ladder.next] ?? 'open again'
  const after = { ...ladder, next: (ladder.next + 1) % rungs.length }
  if (rung !== 'reset') return { rung, ladder: after }
  return mayReset(ladder, talk, nowMs)
    ? { rung, ladder: { ...after, resetMs: nowMs } }
    : climb(after, talk, nowMs)
}

/**
 * Devices.md 2.3: a note whose end nobody knows, or money the unit still has to be told to forget, is settled by what the unit
 * says when it speaks again. A reset would have it begin anew in the middle of that.
 */
const mayReset = (
  { resetMs }: Ladder,
  { note, owed }: Pick<Talk, 'note' | 'owed'>,
  nowMs: number,
): boolean =>
  note === null &&
  owed === null &&
  (resetMs === null || nowMs - resetMs >= ladderDelays.resetAgainMs)

/** Since when a request is refused that no validator refuses; null while none is. */
export const refusingSince = (
  { faults }: Pick<Talk, 'faults'>,
  sinceMs: number | null,
  nowMs: number,
): number | null => {
  const refuses = faults.some(
    (fault) => fault.kind === 'broken' && /^(poll|set inhibits|enable|disable)/.test(fault.code),
  )
  return refuses ? (sinceMs ?? nowMs) : null
}
