// The least machine that can hold a driver: hears its events and passes it commands.
import { createActor, sendTo, setup } from 'xstate'
import type { NoteAcceptorCommand, NoteAcceptorEvent } from '../../note-acceptor.ts'
import type { SspNoteAcceptorOptions } from '../conversation.ts'
import { sspNoteAcceptor } from '../driver.ts'

/** The machine above the driver: it hears everything and passes commands on, as the kiosk machine does. */
export const hostOf = (
  options: SspNoteAcceptorOptions,
  hear: (event: NoteAcceptorEvent) => void,
) => {
  type Command = { type: 'command'; command: NoteAcceptorCommand }
  // Only its type is looked at.
  const anyEvent = (): Command | NoteAcceptorEvent => ({ type: 'note.reading' })
  const machine = setup({
    types: { events: anyEvent() },
    actors: { noteAcceptor: sspNoteAcceptor(options) },
  }).createMachine({
    invoke: { src: 'noteAcceptor', id: 'noteAcceptor' },
    on: {
      command: { actions: sendTo('noteAcceptor', ({ event }) => event.command) },
      'note.*': { actions: ({ event }) => hear(event) },
      'note-acceptor.*': { actions: ({ event }) => hear(event) },
    },
  })
  return createActor(machine).start()
}
