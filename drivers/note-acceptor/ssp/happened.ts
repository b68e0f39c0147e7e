// What follows from one event of a poll.
import { never } from '../../../domain/never.ts'
import type { Minor } from '../../../domain/money.ts'
import type { PollEvent } from './poll-events.ts'
import { andNext, clear, raise, step } from './talk.ts'
import type { NoteInHand, Owed, Step, Talk } from './talk.ts'

/** Takes one event. Credit is told once for each note, however often the unit repeats it. */
export const happened = (talk: Talk, event: PollEvent, nowMs: number): Step => {
  switch (event.kind) {
    case 'reset':
      return reset(talk)
    case 'reading':
      return reading(talk)
    case 'escrow':
      return inEscrow(talk, event.channel, nowMs)
    case 'credit':
      return credited(talk, event.channel)
    case 'stacking':
      return stacking(talk)
    case 'stacked':
      return clear({ ...talk, notInBoxYet: false }, 'cash box full')
    case 'rejecting':
      return step({ ...talk, moving: true, note: onItsWayBack(talk.note) })
    case 'rejected':
      return rejected(talk)
    case 'found, stacked':
      return foundStacked(talk, event.channel)
    case 'found, returned':
      return foundReturned(talk, event.channel)
    case 'jam':
      return raise(talk, { kind: 'jam', where: event.where, moneyAtRisk: 'unknown' })
    case 'path open':
      return raise(talk, { kind: 'path open', moneyAtRisk: 'unknown' })
    case 'fraud':
      return raise(notice(talk, 'fraud'), { kind: 'fraud attempt', moneyAtRisk: 'unknown' })
    case 'cash box full':
      return raise(talk, { kind: 'cash box full', moneyAtRisk: 'no' })
    case 'cash box removed':
      return raise(talk, { kind: 'cash box removed', moneyAtRisk: 'no' })
    case 'cash box replaced':
      return clear(talk, 'cash box removed', 'cash box full')
    case 'disabled':
      return step(openAgain(talk))
    case 'initialising':
      return step({ ...talk, moving: true })
    case 'all inhibited':
      return step(talk)
    default:
      return never(event)
  }
}

/** It looks at its box and sensors afresh and will say what is still wrong. In the middle of a talk its keys are gone, too. */
const reset = (talk: Talk): Step =>
  clear(
    { ...talk, startAgain: talk.phase === 'working' },
    'cash box full',
    'cash box removed',
    'fraud attempt',
  )

const reading = (talk: Talk): Step => {
  const now = { ...talk, moving: true, acknowledged: null }
  const news = talk.wanted !== null && talk.note === null && !talk.reading
  return news ? step(now, { type: 'note.reading' }) : step(now)
}

const inEscrow = (talk: Talk, channel: number, nowMs: number): Step => {
  const now = { ...talk, moving: true, acknowledged: null }
  const { note } = talk
  // The accepting poll may still see it there: it is on its way.
  if (note?.at === 'stacking') return step(now)
  // Said to be on its way back and not gone: it is told again to go.
  if (note !== null) return step({ ...now, note: { ...note, at: 'escrow', decision: 'return' } })
  const value = talk.channels.get(channel) ?? null
  const wanted = talk.phase === 'working' && value !== null && talk.wanted?.values.includes(value)
  return step({
    ...now,
    note: {
      at: wanted ? 'uncounted' : 'escrow',
      value,
      origin: wanted ? 'told' : talk.phase === 'settling' ? 'found' : 'unwanted',
      decision: wanted ? 'none' : 'return',
      sinceMs: nowMs,
      heldMs: nowMs,
      stackingTold: false,
    },
  })
}

const credited = (talk: Talk, channel: number | null): Step => {
  const name = `credit ${channel}`
  if (isMoney(talk.owed)) return step(talk)
  if (talk.acknowledged === name) return step(knownMoney(talk, name))
  const value = valueOf(talk, channel)
  return andNext(clear(owesMoney(talk, name), 'fraud attempt'), (now) =>
    step(
      { ...now, notInBoxYet: true },
      value === null
        ? { type: 'note.found', where: 'stacked', value }
        : { type: 'note.stacked', value },
    ),
  )
}

const foundStacked = (talk: Talk, channel: number | null): Step => {
  const name = `found ${channel}`
  if (isMoney(talk.owed)) return step(talk)
  if (talk.acknowledged === name) return step(knownMoney(talk, name))
  // The power failed between the credit and the box: the note that now reaches the box has been told.
  if (talk.notInBoxYet) return step(knownMoney({ ...talk, notInBoxYet: false }, name))
  const value = valueOf(talk, channel)
  return step(owesMoney(talk, name), { type: 'note.found', where: 'stacked', value })
}

const foundReturned = (talk: Talk, channel: number | null): Step => {
  const now = notice({ ...talk, note: null, frontFound: true }, 'found at the front')
  const value = valueOf(talk, channel)
  return talk.frontFound ? step(now) : step(now, { type: 'note.found', where: 'returned', value })
}

const stacking = (talk: Talk): Step => {
  const { note } = talk
  if (note?.at !== 'stacking' || note.stackingTold) return step({ ...talk, moving: true })
  return step(
    { ...talk, moving: true, note: { ...note, stackingTold: true } },
    { type: 'note.stacking' },
  )
}

const rejected = (talk: Talk): Step => {
  const { note } = talk
  const gone = { ...talk, note: null }
  // Refused before it was in escrow.
  if (note === null) return step({ ...talk, askWhy: true })
  switch (note.origin) {
    case 'found':
      return step(gone, { type: 'note.found', where: 'returned', value: note.value })
    case 'unwanted':
      return step(gone, { type: 'note.rejected', why: 'not accepted now' })
    case 'told':
      if (note.decision === 'return') return step(gone, { type: 'note.returned' })
      // Its own decision: told when it has said why.
      return step({ ...talk, note: { ...note, at: 'returning' }, askWhy: true })
    default:
      return never(note.origin)
  }
}

/** A unit that was asked to stack and cannot. */
const onItsWayBack = (note: NoteInHand | null): NoteInHand | null =>
  note?.at === 'stacking' ? { ...note, at: 'returning' } : note

/** Its own watchdog has closed it while we want it open. Not while something is wrong: then it has its reasons. */
const openAgain = (talk: Talk): Talk =>
  talk.gate === 'open' && talk.faults.length === 0 ? { ...talk, gate: 'unknown' } : talk

const isMoney = (owed: Owed | null): boolean => owed !== null && owed.kind !== 'notice'

const owesMoney = (talk: Talk, name: string): Talk => ({
  ...talk,
  note: null,
  owed: { kind: 'money', name, acknowledge: false },
})

const knownMoney = (talk: Talk, name: string): Talk => ({
  ...talk,
  owed: { kind: 'known money', name, acknowledge: true },
})

const notice = (talk: Talk, name: string): Talk => ({
  ...talk,
  owed: talk.owed ?? { kind: 'notice', name, acknowledge: true },
})

const valueOf = ({ channels }: Talk, channel: number | null): Minor | null =>
  channel === null ? null : (channels.get(channel) ?? null)
