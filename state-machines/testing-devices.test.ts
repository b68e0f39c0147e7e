// The tests of the devices on every short path: each ends in a verdict, no note leaves the books, no card is changed.
import { describe, expect, it } from 'vitest'
import {
  createActor,
  fromCallback,
  fromPromise,
  getNextSnapshot,
  sendTo,
  setup,
  SimulatedClock,
} from 'xstate'
import { minor } from '../domain/money.ts'
import type {
  NoteAcceptorCommand,
  NoteAcceptorEvent,
} from '../drivers/note-acceptor/note-acceptor.ts'
import {
  testingCardPaths,
  testingNotePaths,
  testingPrinterPaths,
  testingTerminalPaths,
} from '../test/paths/device-test-paths.ts'
import { endsOf, storyOf } from '../test/paths/machine-paths.ts'
import { testIds } from '../test/test-ids.ts'
import type { TestingEvent } from './casting.ts'
import type { TestResult } from './test-result.ts'
import { testingNoteAcceptor } from './testing-note-acceptor.ts'

type Path = {
  state: { status: string; output: TestResult | undefined }
  steps: readonly { event: { type: string } & object }[]
}

const verdicts = (paths: readonly Path[]): Set<string> =>
  new Set(paths.flatMap(({ state: { output } }) => (output === undefined ? [] : [output.why])))

describe('the test of the card reader', () => {
  it('ends in each of its ways, and passes only with a card that was read', () => {
    expect(verdicts(testingCardPaths)).toEqual(
      new Set([
        'passed',
        'stopped',
        'nobody came',
        'device fault',
        'card not readable',
        'card does not answer',
      ]),
    )
    for (const path of testingCardPaths) {
      if (path.state.output?.passed !== true) continue
      const read = path.steps.some(
        ({ event }) =>
          ('output' in event && event.type.includes('measuring')) ||
          (event.type === 'card.unusable' && event.why === 'foreign card'),
      )
      expect(read, storyOf(path)).toBe(true)
    }
  })
})

describe('the test of the note acceptor', () => {
  const ended = testingNotePaths.filter(({ state }) => state.status === 'done')

  it('ends in each of its ways', () => {
    expect(verdicts(testingNotePaths)).toEqual(
      new Set([
        'passed',
        'stopped',
        'nobody came',
        'device fault',
        'note refused',
        'note kept',
        'note lost',
        'journal broken',
      ]),
    )
  })

  it('P2: a note it held that is in the box is journalled before it is over, or was tried with a broken journal', () => {
    for (const path of ended) {
      const inBox = path.steps.filter(
        ({ event, state }, at) =>
          (event.type === 'note.stacked' ||
            (event.type === 'note.found' && event.where === 'stacked')) &&
          state.value === 'journallingKept' &&
          typeof path.steps[at - 1]?.state.value === 'object',
      ).length
      const journalled =
        endsOf(path, 'done', 'journallingKept') + endsOf(path, 'error', 'journallingKept')
      expect(journalled, storyOf(path)).toBe(inBox)
    }
  })

  it('P2: a note in the box is its own in every state in which it holds one, and the strays’ in the others', () => {
    for (const { state } of testingNotePaths) {
      const after = getNextSnapshot(testingNoteAcceptor, state, {
        type: 'note.stacked',
        value: minor(2000),
      })
      const holds = typeof state.value === 'object' || state.value === 'journallingKept'
      expect(after.value === 'journallingKept', JSON.stringify(state.value)).toBe(holds)
    }
  })

  it('P3: a note that was let in has its intent on disk before it is moved, unless the disk is broken', () => {
    for (const path of testingNotePaths) {
      if (typeof path.state.value !== 'object') continue
      if (path.state.value.held !== 'returning') continue
      const intents =
        endsOf(path, 'done', 'journallingIntent') + endsOf(path, 'error', 'journallingIntent')
      expect(intents, storyOf(path)).toBe(1)
    }
  })

  it('passes only when the note has come back', () => {
    for (const path of ended) {
      if (path.state.output?.passed !== true) continue
      expect(endsOf(path, 'done', 'journallingReturned'), storyOf(path)).toBe(1)
      expect(endsOf(path, 'done', 'journallingKept'), storyOf(path)).toBe(0)
    }
  })

  it('money is at risk in every state', () => {
    for (const { state } of testingNotePaths) expect(state.hasTag('money at risk')).toBe(true)
  })
})

describe('the acceptor in a test', () => {
  /** What it is told while a note goes in and this is said of it. */
  const toldWhen = async (
    said: NoteAcceptorEvent,
    { diskFull = false }: { diskFull?: boolean } = {},
  ): Promise<string[]> => {
    const told: string[] = []
    const ids = testIds()
    const test = testingNoteAcceptor.provide({
      actors: {
        journal: fromPromise(() =>
          diskFull ? Promise.reject(new Error('full')) : Promise.resolve(),
        ),
      },
    })
    const parent = setup({
      types: { events: {} as NoteAcceptorEvent },
      actors: {
        noteAcceptor: fromCallback<NoteAcceptorCommand>(({ receive }) =>
          receive(({ type }) => told.push(type)),
        ),
        strayNotes: fromCallback<TestingEvent>(({ receive }) =>
          receive(({ note }) => told.push(note)),
        ),
        test,
      },
    }).createMachine({
      invoke: [
        { src: 'noteAcceptor', systemId: 'noteAcceptor' },
        { src: 'strayNotes', systemId: 'strayNotes' },
        { src: 'test', id: 'test', input: { ids, visitId: ids.visit(), values: [minor(2000)] } },
      ],
      on: { '*': { actions: sendTo('test', ({ event }) => event) } },
    })
    const kiosk = createActor(parent, { clock: new SimulatedClock() }).start()
    const events: NoteAcceptorEvent[] = [
      { type: 'note.escrowed', value: minor(2000) },
      said,
      { type: 'note-acceptor.closed' },
    ]
    for (const event of events) {
      kiosk.send(event)
      await new Promise(setImmediate)
    }
    kiosk.stop()
    return told
  }
  const begun = ['awaited', 'note-acceptor.open', 'held', 'note.return']
  const over = ['awaited', 'note-acceptor.close', 'none']

  it('is told to give the note back, and nothing else of it', async () => {
    expect(await toldWhen({ type: 'note.returned' })).toEqual([...begun, ...over])
  })

  it('is told to forget a note that it kept once that is on disk', async () => {
    const told = await toldWhen({ type: 'note.stacked', value: minor(2000) })
    expect(told.filter((one) => one === 'note.acknowledge')).toHaveLength(1)
    expect(told.at(-1)).toBe('none')
  })

  it('is not told to forget it while the disk does not have it: it says so again at the next start', async () => {
    const stacked = { type: 'note.stacked', value: minor(2000) } as const
    expect(await toldWhen(stacked, { diskFull: true })).toEqual([...begun, ...over])
  })
})

describe('the test of the receipt printer', () => {
  it('ends in each of its ways, and passes only when somebody has seen all of the paper', () => {
    expect(verdicts(testingPrinterPaths)).toEqual(
      new Set(['passed', 'stopped', 'nobody came', 'no answer', 'not printed', 'not seen']),
    )
    for (const path of testingPrinterPaths) {
      if (path.state.output?.passed !== true) continue
      const types = path.steps.map(({ event }) => event.type)
      expect(types.at(-1), storyOf(path)).toBe('press.choose')
      expect(path.state.context.printed, storyOf(path)).toBe(2)
    }
  })
})

describe('the test of the bank terminal', () => {
  it('ends in each of its ways', () => {
    expect(verdicts(testingTerminalPaths)).toEqual(
      new Set(['passed', 'stopped', 'no answer', 'device fault', 'not suitable', 'payments open']),
    )
  })

  it('shows the terminal, what it lacks, and what is open', () => {
    const rows = testingTerminalPaths.flatMap(({ state }) => state.output?.rows ?? [])
    expect(new Set(rows.map(({ label }) => label))).toEqual(
      new Set(['terminal id', 'version', 'vending', 'payments open', 'fault']),
    )
  })
})
