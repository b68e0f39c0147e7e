// What follows from one event of a poll.
import { never } from '../../../domain/never.ts'
import { noteRead, noteRejected, noteRejecting, noteStacking, noteWaiting } from './note-moves.ts'
import { foundAtFront, moneyTaken, notice } from './note-taken.ts'
import type { PollEvent } from './poll-events.ts'
import { clear, raise, step, type Step } from './step.ts'
import type { Talk } from './talk.ts'

/** Takes one event. Credit is told once for each note, however often the unit repeats it. */
export const happened = (talk: Talk, event: PollEvent, nowMs: number): Step => {
  switch (event.kind) {
    case 'reset':
      return reset(talk)
    case 'reading':
      return noteRead(talk)
    case 'escrow':
      return noteWaiting(talk, event.channel, nowMs)
    case 'credit':
      return moneyTaken(talk, 'credited', event.channel)
    case 'found, stacked':
      return moneyTaken(talk, 'found', event.channel)
    case 'stacking':
      return noteStacking(talk)
    case 'stacked':
      // It lies in the box, so it is in the unit's counters from now on; and there was room for it.
      return clear({ ...talk, askCounters: true }, 'cash box full')
    case 'rejecting':
      return noteRejecting(talk)
    case 'rejected':
      return noteRejected(talk)
    case 'found, returned':
      return foundAtFront(talk, event.channel)
    case 'jam':
      return jam(talk, event.where)
    case 'path open':
      return raise(talk, { kind: 'path open', moneyAtRisk: 'unknown' })
    case 'fraud':
      return raise(notice(talk), { kind: 'fraud attempt', moneyAtRisk: 'unknown' })
    case 'cash box full':
      return raise(talk, { kind: 'cash box full', moneyAtRisk: 'no' })
    case 'cash box removed':
      return raise(talk, { kind: 'cash box removed', moneyAtRisk: 'no' })
    case 'cash box replaced':
      return clear(talk, 'cash box removed', 'cash box full')
    case 'disabled':
      return step(closedByItself(talk))
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

const jam = (talk: Talk, where: 'safe' | 'unsafe'): Step =>
  raise(
    { ...talk, note: talk.note && { ...talk.note, jammed: true } },
    { kind: 'jam', where, moneyAtRisk: 'unknown' },
  )

/** Its own watchdog has closed it, or something is wrong with it, while we want it open. */
const closedByItself = (talk: Talk): Talk =>
  talk.gate === 'open' ? { ...talk, gate: 'dropped' } : talk
