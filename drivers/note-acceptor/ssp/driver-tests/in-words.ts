// What a note acceptor tells, as short words that tests can list.
import { never } from '../../../../domain/never.ts'
import type { NoteAcceptorEvent } from '../../note-acceptor.ts'

export const inWords = (event: NoteAcceptorEvent): string => {
  switch (event.type) {
    case 'note-acceptor.ready':
    case 'note-acceptor.opened':
    case 'note-acceptor.closed':
      return event.type.slice('note-acceptor.'.length)
    case 'note.reading':
    case 'note.stacking':
    case 'note.returned':
      return event.type.slice('note.'.length)
    case 'note.escrowed':
    case 'note.stacked':
      return `${event.type.slice('note.'.length)} ${event.value}`
    case 'note.rejected':
      return `rejected: ${event.why}`
    case 'note.found':
      return `found ${event.where}: ${event.value ?? 'no value'}`
    case 'note-acceptor.counted':
      return `counted ${event.counters.stacked} stacked, ${event.counters.rejected} rejected`
    case 'note-acceptor.tallied':
      return `tallied ${event.counters.stacked} stacked`
    case 'note-acceptor.failed':
      return `failed: ${event.fault.kind}`
    case 'note-acceptor.cleared':
      return `cleared: ${event.fault}`
    default:
      return never(event)
  }
}
