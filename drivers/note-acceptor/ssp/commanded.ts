// What a command changes: it is remembered here and carried out by the requests that follow.
import { never } from '../../../domain/never.ts'
import type { NoteAcceptorCommand } from '../note-acceptor.ts'
import type { NoteInHand, Talk } from './talk.ts'

/**
 * Takes a command. `note.stack` and `note.return` are about the note that is in escrow now: when it is not there any more, or
 * its fate is decided, they are passed over, and what the unit says of the note is the answer.
 */
export const commanded = (talk: Talk, command: NoteAcceptorCommand, nowMs: number): Talk => {
  const now = { ...talk, pollDueMs: nowMs, gateDueMs: nowMs }
  switch (command.type) {
    case 'note-acceptor.open':
      return {
        ...now,
        wanted: { values: command.values, openedTold: false },
        gate: 'unknown',
        closing: null,
      }
    case 'note-acceptor.close':
      return {
        ...now,
        wanted: null,
        gate: talk.gate === 'closed' ? 'closed' : 'unknown',
        closing: { idlePolls: 0, quietSinceMs: nowMs },
        tally: { stillSinceMs: nowMs },
        note: afterClosing(talk.note),
      }
    case 'note.stack':
      return decided(talk, 'stack')
    case 'note.return':
      return decided(talk, 'return')
    case 'note.acknowledge':
      return talk.owed?.kind === 'money'
        ? { ...talk, owed: { ...talk.owed, onDisk: talk.owed.onDisk + 1 } }
        : talk
    default:
      return never(command)
  }
}

const decided = (talk: Talk, decision: 'stack' | 'return'): Talk => {
  const { note } = talk
  return note?.at === 'escrow' && note.origin === 'told' && note.decision === 'none'
    ? { ...talk, note: { ...note, decision } }
    : talk
}

/** An escrowed note nobody has decided on goes back; one that nobody was told of needs no telling. */
const afterClosing = (note: NoteInHand | null): NoteInHand | null => {
  if (note?.at === 'uncounted') {
    return { ...note, at: 'escrow', origin: 'unwanted', decision: 'return' }
  }
  return note?.at === 'escrow' && note.decision === 'none' ? { ...note, decision: 'return' } : note
}
