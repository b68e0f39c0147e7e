// What the driver knows of the acceptor it talks with: the note in hand, what is owed to it, and what is wrong with it.
import type { Minor } from '../../../domain/money.ts'
import type { NoteAcceptorFault } from '../faults.ts'
import type { NoteAcceptorUnit, NoteCounters } from '../note-acceptor.ts'

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
  /** A jam was told while it was in the path: a technician may have it, so only the box can be proved. */
  jammed: boolean
}

/** What the unit repeats until it is acknowledged. */
export type Owed = {
  /**
   * 'money' was told and waits until the journal has it (`note.acknowledge`); 'known money' was told before and 'notice' is no
   * money: the driver acknowledges them itself.
   */
  kind: 'money' | 'known money' | 'notice'
  /** The notes that were told, by channel: one, unless a unit names two in one breath. */
  channels: readonly Channel[]
  /** How many of them are on disk. */
  onDisk: number
  /** The last poll has shown it. What is not shown is not acknowledged: it might be something else that is meant. */
  seen: boolean
}

/** 1 and up; null where the unit does not say. */
export type Channel = number | null

export type Talk = {
  /** 'settling': the unit may be initialising or have a note in its path; it is not told ready yet. */
  phase: 'settling' | 'working'
  /** The conversation has to begin anew: the unit was reset, or is another one. */
  startAgain: boolean
  unit: NoteAcceptorUnit | null
  channels: ReadonlyMap<number, Minor>
  /** What was last commanded; null = closed. */
  wanted: { values: readonly Minor[]; openedTold: boolean } | null
  /** How far the unit has followed; 'unknown' after every start, 'dropped' when it has closed itself. */
  gate: 'unknown' | 'inhibits set' | 'open' | 'closed' | 'dropped'
  gateDueMs: number
  /** `closed` is owed: idle polls so far, and since when nothing has moved. */
  closing: { idlePolls: number; quietSinceMs: number } | null
  note: NoteInHand | null
  owed: Owed | null
  /**
   * The last note told as stacked, until another one is drawn in. Whatever the unit says of money until then is about this
   * note: it cannot take one without first reading it and holding it for us.
   */
  lastMoney: { channel: Channel } | null
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
  /** The counters at rest are owed: since when nothing has moved that could change them. */
  tally: { stillSinceMs: number } | null
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
  lastMoney: null,
  reading: false,
  frontFound: false,
  moving: false,
  lastMotionMs: 0,
  pollDueMs: 0,
  clearEscrow: false,
  askWhy: false,
  askCounters: false,
  askSerial: false,
  tally: null,
  counters: null,
  faults: [],
}

/** The line or the unit's keys are gone. What was told of a note still stands and is settled when the unit is back. */
export const interrupted = (talk: Talk): Talk => ({
  ...talk,
  phase: 'settling',
  startAgain: false,
  wanted: talk.wanted && { ...talk.wanted, openedTold: false },
  gate: 'unknown',
  note: afterInterruption(talk.note),
  owed: talk.owed && { ...talk.owed, seen: false },
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
  { unit, channels }: { unit: NoteAcceptorUnit; channels: ReadonlyMap<number, Minor> },
  nowMs: number,
): Talk => ({
  ...interrupted(ofUnit(talk, unit)),
  unit,
  channels,
  clearEscrow: true,
  pollDueMs: nowMs,
  gateDueMs: nowMs,
  lastMotionMs: nowMs,
  closing: talk.closing && { idlePolls: 0, quietSinceMs: nowMs },
  tally: { stillSinceMs: nowMs },
})

/** Another unit, where any will do, knows nothing of the notes and counters of the one before. */
const ofUnit = (talk: Talk, unit: NoteAcceptorUnit): Talk =>
  talk.unit === null || talk.unit.serialNumber === unit.serialNumber
    ? talk
    : { ...talk, note: null, owed: null, lastMoney: null, counters: null }
