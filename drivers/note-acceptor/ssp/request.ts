// What the driver asks the acceptor next.
import { never } from '../../../domain/never.ts'
import { plain, setInhibits } from './commands.ts'
import { sspDelays, type NoteInHand, type Owed, type Talk } from './talk.ts'

export type Request =
  /** Asks what has happened. Never sent with a note in escrow. */
  | { kind: 'poll' }
  /** The poll that accepts the note in escrow: the irreversible one. */
  | { kind: 'accept' }
  | { kind: 'hold' }
  /** Gives back the note in escrow; refused (F5) when there is none. */
  | { kind: 'give back' }
  | { kind: 'acknowledge' }
  | { kind: 'ask why' }
  | { kind: 'ask counters' }
  /** The counters again, while nothing moves. */
  | { kind: 'ask tally' }
  | { kind: 'ask serial' }
  | { kind: 'set inhibits'; channels: readonly number[] }
  | { kind: 'enable' }
  | { kind: 'disable' }

export type Next = { kind: 'ask'; request: Request } | { kind: 'wait'; untilMs: number }

const ask = (request: Request): Next => ({ kind: 'ask', request })

/** SSP, escrow: with a note in escrow any poll accepts it, so until that is decided everything but a poll is sent. */
export const next = (talk: Talk, nowMs: number): Next => {
  const { note } = talk
  if (talk.askSerial) return ask({ kind: 'ask serial' })
  if (note?.at === 'uncounted') return ask({ kind: 'ask counters' })
  if (note?.at === 'escrow') return nextInEscrow(note, nowMs)
  if (talk.clearEscrow) return ask({ kind: 'give back' })
  if (mayForget(talk.owed)) return ask({ kind: 'acknowledge' })
  if (talk.askWhy) return ask({ kind: 'ask why' })
  if (talk.askCounters) return ask({ kind: 'ask counters' })
  if (tallyDue(talk, nowMs)) return ask({ kind: 'ask tally' })
  const mayMoveGate = talk.phase === 'working' && nowMs >= talk.gateDueMs
  return (mayMoveGate ? nextForGate(talk) : null) ?? nextPoll(talk, nowMs)
}

/** Devices.md 2.3 rule 1: the unit is told to forget money when it is on disk, and only what it has just shown. */
const mayForget = (owed: Owed | null): boolean =>
  owed !== null && owed.seen && (owed.kind !== 'money' || owed.onDisk >= owed.channels.length)

const tallyDue = ({ tally, phase, wanted, gate }: Talk, nowMs: number): boolean =>
  tally !== null &&
  phase === 'working' &&
  wanted === null &&
  gate === 'closed' &&
  nowMs - tally.stillSinceMs >= sspDelays.quietMs

const nextInEscrow = ({ decision, sinceMs, heldMs }: NoteInHand, nowMs: number): Next => {
  if (decision === 'stack') return ask({ kind: 'accept' })
  const limitMs = sinceMs + sspDelays.holdLimitMs
  if (decision === 'return' || nowMs >= limitMs) return ask({ kind: 'give back' })
  const holdMs = heldMs + sspDelays.holdMs
  return nowMs >= holdMs
    ? ask({ kind: 'hold' })
    : { kind: 'wait', untilMs: Math.min(holdMs, limitMs) }
}

const nextForGate = ({ wanted, gate, channels, faults }: Talk): Next | null => {
  if (wanted === null) return gate === 'closed' ? null : ask({ kind: 'disable' })
  if (gate === 'open') return null
  // While something is wrong it has its reasons to be closed.
  if (gate === 'dropped' && faults.length > 0) return null
  if (gate === 'inhibits set') return ask({ kind: 'enable' })
  const accepted = [...channels].filter(([, value]) => wanted.values.includes(value))
  return ask({ kind: 'set inhibits', channels: accepted.map(([channel]) => channel) })
}

const nextPoll = ({ pollDueMs }: Talk, nowMs: number): Next =>
  nowMs >= pollDueMs ? ask({ kind: 'poll' }) : { kind: 'wait', untilMs: pollDueMs }

/** The request as SSP has it. Always a poll with ack: the unit then keeps its money events until we have them on disk. */
export const commandOf = (request: Request): Uint8Array => {
  switch (request.kind) {
    case 'poll':
    case 'accept':
      return plain('pollWithAck')
    case 'hold':
      return plain('hold')
    case 'give back':
      return plain('reject')
    case 'acknowledge':
      return plain('acknowledge')
    case 'ask why':
      return plain('lastReject')
    case 'ask counters':
    case 'ask tally':
      return plain('counters')
    case 'ask serial':
      return plain('serialNumber')
    case 'set inhibits':
      return setInhibits(request.channels)
    case 'enable':
      return plain('enable')
    case 'disable':
      return plain('disable')
    default:
      return never(request)
  }
}

/**
 * What is so once a request is on its way, answered or not: from the accepting poll on the note counts as stacking, and one we
 * give back is returned, whatever reason the unit then names.
 */
export const asking = (talk: Talk, request: Request): Talk => {
  const { note } = talk
  if (note === null) return talk
  if (request.kind === 'accept') return { ...talk, note: { ...note, at: 'stacking' } }
  return request.kind === 'give back' && note.at !== 'stacking'
    ? { ...talk, note: { ...note, decision: 'return' } }
    : talk
}
