// Where a note goes before it is money: read, held, on its way in, on its way back.
import type { Minor } from '../../../domain/money.ts'
import { never } from '../../../domain/never.ts'
import { step, type Step } from './step.ts'
import type { NoteInHand, Talk } from './talk.ts'

export const noteRead = (talk: Talk): Step => {
  const now = { ...talk, moving: true, lastMoney: null }
  const news = talk.wanted !== null && talk.note === null && !talk.reading
  return news ? step(now, { type: 'note.reading' }) : step(now)
}

/** It is in escrow. One that is wanted is told once the counters are read: the intent to stack it names them. */
export const noteWaiting = (talk: Talk, channel: number, nowMs: number): Step => {
  const now = { ...talk, moving: true, lastMoney: null }
  const { note } = talk
  // The accepting poll may still see it there: it is on its way.
  if (note?.at === 'stacking') return step(now)
  // Said to be on its way back and not gone: it is told again to go.
  if (note !== null) return step({ ...now, note: { ...note, at: 'escrow', decision: 'return' } })
  const value = talk.channels.get(channel) ?? null
  const wanted =
    talk.phase === 'working' && value !== null && talk.wanted?.values.includes(value) === true
  const unasked = talk.phase === 'settling' ? 'found' : 'unwanted'
  return step({
    ...now,
    note: wanted
      ? { ...newNote(value, nowMs), at: 'uncounted', origin: 'told' }
      : { ...newNote(value, nowMs), origin: unasked, decision: 'return' },
  })
}

/** A note in escrow about which nothing is known or decided. */
export const newNote = (value: Minor | null, nowMs: number): NoteInHand => ({
  at: 'escrow',
  value,
  origin: 'unwanted',
  decision: 'none',
  sinceMs: nowMs,
  heldMs: nowMs,
  stackingTold: false,
  jammed: false,
})

export const noteStacking = (talk: Talk): Step => {
  const { note } = talk
  if (note?.at !== 'stacking' || note.stackingTold) return step({ ...talk, moving: true })
  return step(
    { ...talk, moving: true, note: { ...note, stackingTold: true } },
    { type: 'note.stacking' },
  )
}

/** A unit that was asked to stack and cannot sends the note back. */
export const noteRejecting = (talk: Talk): Step => {
  const { note } = talk
  return step({
    ...talk,
    moving: true,
    note: note?.at === 'stacking' ? { ...note, at: 'returning' } : note,
  })
}

/** It is out of the unit, at the front. */
export const noteRejected = (talk: Talk): Step => {
  const { note, phase } = talk
  const gone = { ...talk, note: null }
  if (note === null) {
    // Refused before it was in escrow; or, while we begin to talk, one that was on its way back from before.
    return phase === 'working'
      ? step({ ...talk, askWhy: true })
      : step(talk, { type: 'note.found', where: 'returned', value: null })
  }
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
