// What the driver knows of the acceptor it talks with: the note in hand, what is owed to it, and what is wrong with it.
import type { Minor } from '../../../domain/money.ts'
import type { NoteAcceptorFault } from '../faults.ts'
import type { NoteAcceptorEvent, NoteAcceptorUnit, NoteCounters } from '../note-acceptor.ts'

/** Named so that tests can advance the clock by them. */
export const sspDelays = {
  /** Between polls while notes are taken or anything moves (devices.md 3: 200 to 300 ms). */
  pollMs: 200,
  /** Between polls while closed and at rest; well within the unit's own 10 s. */
  restingPollMs: 1_000,
  /** HOLD again after so long: half of what SSP allows, so that one lost answer does no harm. */
  holdMs: 2_500,
  /** Nobody decided about an escrowed note for so long: it goes back (money-safety.md 6). */
  holdLimitMs: 8_000,
  /** Nothing has moved for so long: what was in motion has come to rest. */
  quietMs: 5_000,
  /** Opening or closing was refused for now: try again. */
  gateRetryMs: 1_000,
}

/** So many idle polls after closing make the sum of the notes final (money-safety.md 6). */
export const idlePollsUntilClosed = 10

export type NoteInHand = {
  /** 'uncounted': seen in escrow, not told until the counters are read. In these two places no poll is sent. */
  at: 'uncounted' | 'escrow' | 'stacking' | 'returning'
  /** Null for one that was found without a name. */
  value: Minor | null
  /**
   * How its end is told. 'told' is, or will be, told as escrowed; 'unwanted' came after closing and is never told; 'found' was
   * in the unit when we began to talk.
   */
  origin: 'told' | 'unwanted' | 'found'
  decision: 'none' | 'stack' | 'return'
  /** Since when it is in escrow, and when the unit was last told to hold it. */
  sinceMs: number
  heldMs: number
  stackingTold: boolean
}

/** An event the unit repeats until it is acknowledged. */
export type Owed = {
  /**
   * 'money' was told and waits until the journal has it (`note.acknowledge`); 'known money' was told before and 'notice' is no
   * money: the driver acknowledges them itself.
   */
  kind: 'money' | 'known money' | 'notice'
  /** Event and channel, to know it again. */
  name: string
  acknowledge: boolean
}

export type Talk = {
  /** 'settling': the unit may be initialising or have a note in its path; it is not told ready yet. */
  phase: 'settling' | 'working'
  /** The conversation has to begin anew: the unit was reset, or is another one. */
  startAgain: boolean
  unit: NoteAcceptorUnit | null
  channels: ReadonlyMap<number, Minor>
  /** What was last commanded; null = closed. */
  wanted: { values: readonly Minor[]; openedTold: boolean } | null
  /** How far the unit has followed; 'unknown' after every start. */
  gate: 'unknown' | 'inhibits set' | 'open' | 'closed'
  gateDueMs: number
  /** `closed` is owed: idle polls so far, and since when nothing has moved. */
  closing: { idlePolls: number; quietSinceMs: number } | null
  note: NoteInHand | null
  owed: Owed | null
  /** The name of the last money that was acknowledged, until another note is drawn in. */
  acknowledged: string | null
  /** Told as stacked and not yet reported in the box: found at power-up, it is the same note and not another one. */
  notInBoxYet: boolean
  /** The last answer said that a note is being read; that one was given back at power-up. */
  reading: boolean
  frontFound: boolean
  moving: boolean
  lastMotionMs: number
  pollDueMs: number
  /** Give back whatever is in escrow before the next poll would accept it unseen. */
  clearEscrow: boolean
  /** Ask for the reason of the last rejection, the counters, the serial number. */
  askWhy: boolean
  askCounters: boolean
  askSerial: boolean
  counters: NoteCounters | null
  faults: readonly NoteAcceptorFault[]
}

/** Before the first word. */
export const silence: Talk = {
  phase: 'settling',
  startAgain: false,
  unit: null,
  channels: new Map(),
  wanted: null,
  gate: 'unknown',
  gateDueMs: 0,
  closing: null,
  note: null,
  owed: null,
  acknowledged: null,
  notInBoxYet: false,
  reading: false,
  frontFound: false,
  moving: false,
  lastMotionMs: 0,
  pollDueMs: 0,
  clearEscrow: false,
  askWhy: false,
  askCounters: false,
  askSerial: false,
  counters: null,
  faults: [],
}

/** What the driver knows after something, and what it tells because of it. */
export type Step = { talk: Talk; tell: readonly NoteAcceptorEvent[] }

export const step = (talk: Talk, ...tell: NoteAcceptorEvent[]): Step => ({ talk, tell })

/** One thing after another. */
export const andNext = ({ talk, tell }: Step, next: (talk: Talk) => Step): Step => {
  const after = next(talk)
  return { talk: after.talk, tell: [...tell, ...after.tell] }
}

/** Raises a fault; one that stands already is told again only when it says something else. */
export const raise = (talk: Talk, fault: NoteAcceptorFault): Step => {
  const standing = talk.faults.find(({ kind }) => kind === fault.kind)
  if (JSON.stringify(standing) === JSON.stringify(fault)) return step(talk)
  const others = talk.faults.filter(({ kind }) => kind !== fault.kind)
  return step({ ...talk, faults: [...others, fault] }, { type: 'note-acceptor.failed', fault })
}

/** Clears those of these faults that stand. */
export const clear = (talk: Talk, ...kinds: NoteAcceptorFault['kind'][]): Step => {
  const ended = talk.faults.filter(({ kind }) => kinds.includes(kind))
  return step(
    { ...talk, faults: talk.faults.filter((fault) => !ended.includes(fault)) },
    ...ended.map(({ kind }) => ({ type: 'note-acceptor.cleared', fault: kind }) as const),
  )
}

/** Clears 'broken' when what was broken works again: a request, or the events of a poll. */
export const works = (talk: Talk, what: string): Step => {
  const standing = talk.faults.find((fault) => fault.kind === 'broken')
  return standing?.code.startsWith(what) ? clear(talk, 'broken') : step(talk)
}

/** The line or the unit's keys are gone. What was told of a note still stands and is settled when the unit is back. */
export const interrupted = (talk: Talk): Talk => ({
  ...talk,
  phase: 'settling',
  startAgain: false,
  wanted: talk.wanted && { ...talk.wanted, openedTold: false },
  gate: 'unknown',
  note: afterInterruption(talk.note),
  acknowledged: null,
  reading: false,
  moving: false,
  askWhy: false,
  askCounters: false,
  askSerial: false,
})

const afterInterruption = (note: NoteInHand | null): NoteInHand | null => {
  // Nobody was told of it.
  if (note === null || note.at === 'uncounted' || note.origin !== 'told') return null
  // Undecided, or decided and not yet begun: it will be given back.
  return note.at === 'escrow' ? { ...note, at: 'returning' } : note
}

/** The unit has said who it is and has keys. Before anything is polled, an escrowed note is given back. */
export const begun = (
  talk: Talk,
  { unit, channels }: Pick<Talk, 'unit' | 'channels'>,
  nowMs: number,
): Talk => ({
  ...interrupted(talk),
  unit,
  channels,
  clearEscrow: true,
  pollDueMs: nowMs,
  gateDueMs: nowMs,
  lastMotionMs: nowMs,
  closing: talk.closing && { idlePolls: 0, quietSinceMs: nowMs },
})
