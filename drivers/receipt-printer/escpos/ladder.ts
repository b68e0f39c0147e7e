// What is tried with a printer that has stopped answering, or stands on an error: one rung after another.
//
//   no answer:  asked again ──► initialised ──► the line opened again ──► (from the beginning)
//   an error:   told to recover, less and less often
//
// The fault is raised at the third round without an answer: receipts are on the screen all the while.
import { longestImageBytes } from './bitmap.ts'
import { clearBuffers, initialise, join } from './codec.ts'
import { unansweredUntilFault, type Conversation } from './conversation.ts'
import type { Link } from './link.ts'

export const ladderDelays = {
  /** Before a printer on an error is told to recover; doubled each time up to the second. A jammed knife is not to be worn out. */
  recoverMs: 10_000,
  recoverMostMs: 600_000,
}

export type Rung = 'ask again' | 'initialise' | 'open again'

/** After so many rounds in a row without an answer. */
export const rungAfter = (unanswered: number): Rung => {
  if (unanswered === unansweredUntilFault + 1) return 'initialise'
  return unanswered > unansweredUntilFault + 2 ? 'open again' : 'ask again'
}

/** After a round without an answer. Says whether the line is still of use. */
export const climb = (c: Conversation, link: Link): 'stay' | 'open again' => {
  const rung = rungAfter(c.unanswered)
  if (rung !== 'initialise') return rung === 'open again' ? rung : 'stay'
  link.urge(clearBuffers)
  // So many zeros end any image that was cut off, where questions may be taken for dots. Whoever holds us up is not waited for.
  void link.write(join(new Uint8Array(longestImageBytes), initialise))
  return 'stay'
}

/** Devices.md 11.1, recover: some printers go on only when told, after whatever it was has been put right. */
export const recoverIfDue = (c: Conversation, link: Link): void => {
  if (!c.faults.some((fault) => fault === 'cutter' || fault === 'broken')) {
    c.recovery = null
    return
  }
  const nowMs = c.clock.monotonic()
  const { dueMs, waitMs } = c.recovery ?? {
    dueMs: nowMs + ladderDelays.recoverMs,
    waitMs: ladderDelays.recoverMs,
  }
  c.recovery = { dueMs, waitMs }
  if (nowMs < dueMs) return
  link.urge(clearBuffers)
  const nextMs = Math.min(2 * waitMs, ladderDelays.recoverMostMs)
  c.recovery = { dueMs: nowMs + nextMs, waitMs: nextMs }
}
