import { describe, expect, it } from 'vitest'
import { createActor, fromCallback, fromPromise, SimulatedClock, setup } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { minor } from '../domain/money.ts'
import type { NoteAcceptorCommand } from '../drivers/note-acceptor/note-acceptor.ts'
import { testIds } from '../test/test-ids.ts'
import {
  strayNotes,
  strayNotesDelays,
  type StrayNotesEvent,
  type StrayNotesInput,
} from './stray-notes.ts'

const ids = testIds()
const saleId = ids.sale()
const ready: StrayNotesEvent = {
  type: 'note-acceptor.ready',
  unit: { serialNumber: '1', firmware: '1', currency: 'CNY', values: [minor(2000)] },
}
const counted = (stacked: number): StrayNotesEvent => ({
  type: 'note-acceptor.counted',
  counters: { stacked, rejected: 0 },
})
const stacked = (value = 2000): StrayNotesEvent => ({ type: 'note.stacked', value: minor(value) })

/** The machine below a kiosk that keeps a journal and an acceptor that is told things. */
const strays = (given: Partial<StrayNotesInput> = {}) => {
  const journalled: JournalEntry[] = []
  const told: string[] = []
  const heard: string[] = []
  const clock = new SimulatedClock()
  const parent = setup({
    actors: {
      noteAcceptor: fromCallback<NoteAcceptorCommand>(({ receive }) =>
        receive(({ type }) => told.push(type)),
      ),
      strayNotes: strayNotes.provide({
        actors: {
          journal: fromPromise<void, JournalEntry[]>(({ input }) => {
            journalled.push(...input)
            return Promise.resolve()
          }),
        },
      }),
    },
  }).createMachine({
    invoke: [
      { src: 'noteAcceptor', systemId: 'noteAcceptor' },
      {
        src: 'strayNotes',
        id: 'strayNotes',
        input: { ids, resolving: false, lastStacked: null, lost: [], ...given },
      },
    ],
    on: { 'strays.settled': { actions: () => heard.push('strays.settled') } },
  })
  const actor = createActor(parent, { clock }).start()
  const send = async (...events: StrayNotesEvent[]) => {
    for (const event of events) actor.getSnapshot().children['strayNotes']?.send(event)
    await new Promise(setImmediate)
  }
  return { send, journalled, told, heard, clock }
}

describe('a note that was taken while nobody was paying', () => {
  it('is journalled without an owner, and only then forgotten by the acceptor', async () => {
    const { send, journalled, told } = strays()
    await send(ready, counted(0), stacked())
    expect(journalled).toMatchObject([{ type: 'note.unexpected', saleId: null, value: 2000 }])
    expect(told).toEqual(['note.acknowledge'])
  })

  it('belongs to the customer who is there', async () => {
    const { send, journalled } = strays()
    await send(ready, { type: 'sale.begun', saleId }, stacked())
    expect(journalled).toMatchObject([{ type: 'note.unexpected', saleId }])
  })

  it('is left to the sale while that takes notes', async () => {
    const { send, journalled, told } = strays()
    await send(ready, { type: 'sale.begun', saleId }, { type: 'paying.begun' }, stacked())
    expect([...journalled, ...told]).toEqual([])
    await send({ type: 'paying.ended', lost: [] }, stacked())
    expect(journalled).toHaveLength(1)
  })

  it('is left to recovery until that is over', async () => {
    const { send, journalled } = strays({ resolving: true })
    await send(stacked(), ready)
    expect(journalled).toEqual([])
    await send({ type: 'notes.resolved', lost: [] }, stacked())
    expect(journalled).toHaveLength(1)
  })

  it('that is only offered goes back', async () => {
    const { send, told } = strays()
    await send(ready, { type: 'note.escrowed', value: minor(2000) })
    expect(told).toEqual(['note.return'])
  })
})

describe('a note of a customer whose verdict comes while the acceptor is tested', () => {
  const lost = { saleId, noteId: ids.note(), value: minor(2000) }

  it('settles the sale of the customer when the technician has put the jammed acceptor right', async () => {
    const { send, journalled, told, heard } = strays()
    await send(ready, { type: 'paying.ended', lost: [lost] })
    await send(
      { type: 'testing.note', note: 'awaited' },
      { type: 'note.found', where: 'stacked', value: null },
    )
    expect(journalled).toEqual([{ type: 'note.stacked', ...lost }])
    expect(told).toEqual(['note.acknowledge'])
    expect(heard).toEqual(['strays.settled'])
  })

  it('is not what the test holds, and what is offered to the test is not given back over its head', async () => {
    const { send, journalled, told } = strays()
    await send(ready, { type: 'testing.note', note: 'awaited' })
    await send({ type: 'note.escrowed', value: minor(2000) })
    await send({ type: 'testing.note', note: 'held' }, stacked())
    expect([...journalled, ...told]).toEqual([])
    await send({ type: 'testing.note', note: 'none' }, stacked())
    expect(journalled).toMatchObject([{ type: 'note.unexpected', saleId: null }])
  })
})

describe('a note told before the acceptor is ready', () => {
  const lastStacked = { value: minor(2000), counters: { stacked: 7, rejected: 0 } }

  it('is the one the journal has, if the counters are one higher than before it', async () => {
    const { send, journalled, told } = strays({ lastStacked })
    await send(stacked(), ready, counted(8))
    expect(journalled).toEqual([])
    expect(told).toEqual(['note.acknowledge'])
  })

  it('is another one, if they are two higher', async () => {
    const { send, journalled } = strays({ lastStacked })
    await send(stacked(), ready, counted(9))
    expect(journalled).toMatchObject([{ type: 'note.unexpected', value: 2000 }])
  })

  it('is another one, if its value is another', async () => {
    const { send, journalled } = strays({ lastStacked })
    await send(stacked(5000))
    expect(journalled).toMatchObject([{ type: 'note.unexpected', value: 5000 }])
  })

  it('is the one the journal has, if the counters are never told: no other was taken before it', async () => {
    const { send, journalled, told, clock } = strays({ lastStacked })
    await send(stacked())
    clock.increment(strayNotesDelays.countersPatience)
    expect(journalled).toEqual([])
    expect(told).toEqual(['note.acknowledge'])
  })

  it('is new, once the acceptor has told what it owed', async () => {
    const { send, journalled } = strays({ lastStacked })
    await send(ready, counted(8), stacked())
    expect(journalled).toHaveLength(1)
  })
})

describe('the late verdict on a lost note', () => {
  const note = { saleId, noteId: ids.note(), value: minor(2000) }

  it('gives it to its sale, and the sale is closed again', async () => {
    const { send, journalled, heard } = strays({ lost: [note] })
    await send({ type: 'note.found', where: 'stacked', value: null })
    expect(journalled).toEqual([{ type: 'note.stacked', ...note }])
    expect(heard).toEqual(['strays.settled'])
  })

  it('says that it went back', async () => {
    const { send, journalled } = strays({ lost: [note] })
    await send({ type: 'note.found', where: 'returned', value: null })
    expect(journalled).toEqual([{ type: 'note.returned', ...note }])
  })

  it('is not awaited any more once another note was taken', async () => {
    const { send, journalled } = strays({ lost: [note] })
    await send(ready, { type: 'paying.begun' }, stacked(), { type: 'paying.ended', lost: [] })
    await send(stacked())
    expect(journalled).toMatchObject([{ type: 'note.unexpected' }])
  })
})
