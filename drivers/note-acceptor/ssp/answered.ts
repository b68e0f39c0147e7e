// What follows from the answer to a request.
import { never } from '../../../domain/never.ts'
import type { NoteCounters } from '../note-acceptor.ts'
import { hexOf } from './bytes.ts'
import { newNote } from './note-moves.ts'
import { pollEvents } from './poll-events.ts'
import { polled } from './polled.ts'
import type { Answer } from './replies.ts'
import { countersOf, rejectReasonOf, serialNumberOf, status } from './replies.ts'
import type { Request } from './request.ts'
import { andNext, clear, raise, step, works, type Step } from './step.ts'
import { sspDelays, type NoteInHand, type Talk } from './talk.ts'

/** An answer of a unit that has keys. */
export type KeyedAnswer = Exclude<Answer, { kind: 'no keys' }>

export const answered = (
  talk: Talk,
  request: Request,
  answer: KeyedAnswer,
  nowMs: number,
): Step => {
  const data = answer.kind === 'ok' ? answer.data : null
  switch (request.kind) {
    case 'poll':
    case 'accept':
      return data === null
        ? broken({ ...talk, pollDueMs: nowMs + sspDelays.pollMs }, 'poll', answer)
        : andNext(works(talk, 'poll'), (now) => polled(now, pollEvents(data), nowMs))
    case 'hold':
      return step({ ...talk, note: held(talk.note, data !== null, nowMs) })
    case 'give back':
      return step(givenBack({ ...talk, clearEscrow: false }, data !== null, nowMs))
    case 'acknowledge':
      return step(acknowledged(talk))
    case 'ask why':
      return step(
        // The rejected note is gone; one that has come since is another.
        { ...talk, askWhy: false, note: talk.note?.at === 'returning' ? null : talk.note },
        { type: 'note.rejected', why: rejectReasonOf(data ?? Uint8Array.of()) },
      )
    case 'ask counters':
      return counted({ ...talk, askCounters: false }, data && countersOf(data), nowMs)
    case 'ask tally':
      return tallied(talk, data && countersOf(data), nowMs)
    case 'ask serial': {
      const same = data !== null && serialNumberOf(data) === talk.unit?.serialNumber
      const now = { ...talk, askSerial: false, startAgain: !same }
      return same ? clear(now, 'not answering') : step(now)
    }
    case 'set inhibits':
    case 'enable':
    case 'disable':
      return data === null
        ? gateRefused(talk, request, answer, nowMs)
        : andNext(works(talk, request.kind), (now) => gateMoved(now, request))
    default:
      return never(request)
  }
}

/** HOLD is refused when nothing is in escrow: the unit has let the note go, and the next poll says how. */
const held = (note: NoteInHand | null, isHeld: boolean, nowMs: number): NoteInHand | null =>
  note && (isHeld ? { ...note, heldMs: nowMs } : { ...note, at: 'returning' })

const givenBack = (talk: Talk, wasThere: boolean, nowMs: number): Talk => {
  const { note } = talk
  if (!wasThere) {
    return { ...talk, note: note?.at === 'escrow' ? { ...note, at: 'returning' } : note }
  }
  const found: NoteInHand = {
    ...newNote(null, nowMs),
    at: 'returning',
    origin: talk.phase === 'settling' ? 'found' : 'unwanted',
    decision: 'return',
  }
  return { ...talk, note: note ? { ...note, at: 'returning' } : found, lastMotionMs: nowMs }
}

/** Refused means that nothing was waiting for it: an answer of the unit was lost and it has forgotten the event already. */
const acknowledged = (talk: Talk): Talk => ({
  ...talk,
  owed: null,
  askCounters: talk.askCounters || talk.owed?.kind === 'money',
})

const counted = (talk: Talk, counters: NoteCounters | null, nowMs: number): Step => {
  const { note } = talk
  const before = talk.counters
  const told =
    counters === null
      ? step(talk)
      : step({ ...talk, counters }, { type: 'note-acceptor.counted', counters })
  if (note?.at === 'uncounted' && note.value !== null) {
    const { value } = note
    return andNext(told, (now) =>
      step(
        { ...now, note: { ...note, at: 'escrow', heldMs: nowMs } },
        { type: 'note.escrowed', value },
      ),
    )
  }
  const quiet = nowMs - talk.lastMotionMs >= sspDelays.quietMs
  if (note === null || note.at === 'escrow' || !quiet) return told
  return andNext(told, (now) => lostNote(now, note, counters && stackedSince(before, counters)))
}

/** Nothing but an answer to this came since it was asked, so the unit still is at rest. */
const tallied = (talk: Talk, counters: NoteCounters | null, nowMs: number): Step => {
  if (counters === null || talk.unit === null)
    return step({ ...talk, tally: { stillSinceMs: nowMs } })
  const { serialNumber } = talk.unit
  return step(
    { ...talk, tally: null, counters },
    { type: 'note-acceptor.counted', counters },
    { type: 'note-acceptor.tallied', serialNumber, counters },
  )
}

const stackedSince = (before: NoteCounters | null, after: NoteCounters): number | null =>
  before && after.stacked - before.stacked

/** The unit never said what became of a note. Its counters do (devices.md 3.3); where they cannot, nobody is told anything. */
const lostNote = (talk: Talk, note: NoteInHand, stacked: number | null): Step => {
  const gone = { ...talk, note: null }
  if (note.origin !== 'told' || note.value === null) return step(gone)
  switch (stacked) {
    case 0:
      // Not in the box; and out of the path by hand or by itself: after a jam that is not the same.
      return note.jammed ? step(gone) : step(gone, { type: 'note.returned' })
    case 1:
      return step(
        { ...gone, lastMoney: { channel: null } },
        { type: 'note.stacked', value: note.value },
      )
    default:
      return step(gone)
  }
}

type GateRequest = Extract<Request, { kind: 'set inhibits' | 'enable' | 'disable' }>

const gateMoved = (talk: Talk, request: GateRequest): Step => {
  const { wanted } = talk
  switch (request.kind) {
    case 'set inhibits':
      return step({ ...talk, gate: 'inhibits set' })
    case 'disable':
      return step({ ...talk, gate: 'closed' })
    case 'enable':
      return wanted === null || wanted.openedTold
        ? step({ ...talk, gate: 'open' })
        : step(
            { ...talk, gate: 'open', wanted: { ...wanted, openedTold: true } },
            { type: 'note-acceptor.opened' },
          )
    default:
      return never(request)
  }
}

/** "Cannot process now" passes by itself; anything else means that the unit does not know its own commands. */
const gateRefused = (
  talk: Talk,
  { kind }: GateRequest,
  answer: KeyedAnswer,
  nowMs: number,
): Step => {
  const later: Talk = { ...talk, gate: 'unknown', gateDueMs: nowMs + sspDelays.gateRetryMs }
  const notNow = answer.kind === 'refused' && answer.code === status.cannotProcessNow
  return notNow ? step(later) : broken(later, kind, answer)
}

const broken = (talk: Talk, what: string, answer: KeyedAnswer): Step => {
  const code = answer.kind === 'refused' ? `${what} ${hexOf(Uint8Array.of(answer.code))}` : what
  return raise(talk, { kind: 'broken', code, moneyAtRisk: 'unknown' })
}
