// What follows from the answer to a poll as a whole: its events in order of money, what has passed, what has come to rest.
import type { NoteAcceptorFault } from '../faults.ts'
import { hexOf } from './bytes.ts'
import { happened } from './happened.ts'
import type { PollEvent, PollEvents } from './poll-events.ts'
import { andNext, clear, raise, step, works, type Step } from './step.ts'
import { idlePollsUntilClosed, sspDelays, type Talk } from './talk.ts'

/** Takes the answer to a poll: money first, then notes on their way, then the state of the unit. */
export const polled = (talk: Talk, { events, unread }: PollEvents, nowMs: number): Step => {
  const told = events
    .toSorted((a, b) => rank(a) - rank(b))
    .reduce(
      (so: Step, event) => andNext(so, (now) => happened(now, event, nowMs)),
      step({ ...talk, moving: false, owed: talk.owed && { ...talk.owed, seen: false } }),
    )
  return [
    (now: Talk) => step(forgetPassed(now, events)),
    (now: Talk) => clearPassed(now, events),
    (now: Talk) => readToTheEnd(now, unread),
    (now: Talk) => step(timed(now, nowMs)),
    (now: Talk) => settled(now),
    (now: Talk) => step(forgetOwed(now)),
    (now: Talk) => closed(now, nowMs),
  ].reduce(andNext, told)
}

/** Money-safety.md 4 rule 13: stacked before escrow before status. A reset comes first of all: it was before the rest. */
const rank = ({ kind }: PollEvent): number => {
  switch (kind) {
    case 'reset':
      return 0
    case 'credit':
    case 'found, stacked':
      return 1
    case 'found, returned':
    case 'rejected':
    case 'stacked':
      return 2
    case 'escrow':
      return 3
    default:
      return 4
  }
}

const forgetPassed = (talk: Talk, events: readonly PollEvent[]): Talk => {
  const has = (kind: PollEvent['kind']) => events.some((event) => event.kind === kind)
  return { ...talk, reading: has('reading'), frontFound: has('found, returned') }
}

/**
 * No longer repeated: it was acknowledged, or the unit has forgotten it. While it is still initialising it has not said all.
 */
const forgetOwed = (talk: Talk): Talk =>
  talk.owed !== null && !talk.owed.seen && talk.phase === 'working' ? { ...talk, owed: null } : talk

/** Jams and an open path are told at every poll while they last. */
const clearPassed = (talk: Talk, events: readonly PollEvent[]): Step => {
  const lasts = (kind: PollEvent['kind']) => events.some((event) => event.kind === kind)
  return andNext(lasts('jam') ? step(talk) : clear(talk, 'jam'), (now) =>
    lasts('path open') ? step(now) : clear(now, 'path open'),
  )
}

/** SSP, poll: lengths are unknown after an unknown event. A note in escrow may hide there, and the next poll would accept it. */
const readToTheEnd = (talk: Talk, unread: Uint8Array): Step =>
  unread.length === 0
    ? works(talk, 'event')
    : raise(
        // A note may have come unseen: what the unit says of money next is not surely about the last one.
        { ...talk, clearEscrow: true, lastMoney: talk.owed === null ? null : talk.lastMoney },
        { kind: 'broken', code: `event ${hexOf(unread.subarray(0, 1))}`, moneyAtRisk: 'unknown' },
      )

const timed = (talk: Talk, nowMs: number): Talk => {
  const { phase, wanted, closing, moving, note, owed, faults } = talk
  const busy =
    phase === 'settling' || moving || [wanted, closing, note, owed].some((x) => x !== null)
  const lastMotionMs = moving ? nowMs : talk.lastMotionMs
  const jammed = faults.some(({ kind }) => kind === 'jam')
  // A note whose end was never told although nothing moves any more: the counters say whether it was stacked.
  const lost = inPath(talk) && !moving && !jammed && nowMs - lastMotionMs >= sspDelays.quietMs
  return {
    ...talk,
    lastMotionMs,
    pollDueMs: nowMs + (busy ? sspDelays.pollMs : sspDelays.restingPollMs),
    askCounters: talk.askCounters || lost,
    tally: tallyAfter(talk, nowMs),
  }
}

/** Under these a note may be where the unit says nothing of it. */
const hidingNotes: readonly NoteAcceptorFault['kind'][] = [
  'jam',
  'path open',
  'cash box removed',
  'broken',
]

/** A note that was taken makes a tally due, and whatever moves puts it off. */
const tallyAfter = (talk: Talk, nowMs: number): Talk['tally'] => {
  const { phase, wanted, moving, note, owed, faults } = talk
  const restless =
    phase === 'settling' ||
    moving ||
    [wanted, note, owed].some((x) => x !== null) ||
    faults.some(({ kind }) => hidingNotes.includes(kind))
  const due = talk.tally !== null || owed?.kind === 'money'
  if (!due) return null
  return restless ? { stillSinceMs: nowMs } : talk.tally
}

const inPath = ({ note }: Talk): boolean => note?.at === 'stacking' || note?.at === 'returning'

/** The unit is at rest after a start: its past is told, its future begins. */
const settled = (talk: Talk): Step => {
  const { phase, unit, moving, note, faults } = talk
  const jammed = faults.some(({ kind }) => kind === 'jam')
  if (phase === 'working' || unit === null || moving || (note !== null && !jammed))
    return step(talk)
  return [
    (now: Talk) => clear(now, 'not answering', 'wrong unit', 'not trusted'),
    (now: Talk) => worksAgain(now),
    (now: Talk) => step({ ...now, askCounters: true }, { type: 'note-acceptor.ready', unit }),
  ].reduce(andNext, step({ ...talk, phase: 'working' as const }))
}

/** Whatever was broken at the start works. What the unit says in a language we do not know is another thing. */
const worksAgain = (talk: Talk): Step =>
  talk.faults.some((fault) => fault.kind === 'broken' && fault.code.startsWith('event'))
    ? step(talk)
    : clear(talk, 'broken')

/** After closing, a note on its way still counts: only when nothing has moved for a while is the sum final. */
const closed = (talk: Talk, nowMs: number): Step => {
  const { phase, gate, closing, moving, note } = talk
  if (closing === null || phase === 'settling' || gate !== 'closed') return step(talk)
  if (moving || note !== null) {
    return step({ ...talk, closing: { idlePolls: 0, quietSinceMs: nowMs } })
  }
  const idlePolls = closing.idlePolls + 1
  const final =
    idlePolls >= idlePollsUntilClosed || nowMs - closing.quietSinceMs >= sspDelays.quietMs
  return final
    ? step({ ...talk, closing: null }, { type: 'note-acceptor.closed' })
    : step({ ...talk, closing: { ...closing, idlePolls } })
}
