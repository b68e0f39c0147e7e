// One step of the driver's knowledge: what it knows afterwards, what it tells, and the faults it raises and clears by it.
import type { NoteAcceptorFault } from '../faults.ts'
import type { NoteAcceptorEvent } from '../note-acceptor.ts'
import type { Talk } from './talk.ts'

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
