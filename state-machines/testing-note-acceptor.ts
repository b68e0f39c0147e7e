// A test of the note acceptor: it takes a note, says what it is, and gives it back. Nothing is paid and nothing is stacked.
//
// The note is somebody's money all the while: it has an id before it moves, and one that goes into the cash box against our
// will is journalled as one that nobody asked for. Ended by `press.cancel`, never by stopping it: a note may be on its way.
import { assign, fromPromise, setup } from 'xstate'
import type { NoteTendered } from '../domain/centre-messages.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import type { VisitId } from '../domain/service/service-entries.ts'
import type { NoteAcceptorEvent, RejectReason } from '../drivers/note-acceptor/note-acceptor.ts'
import type { ServiceRow, TestWord } from '../ui/kiosk/service/service-page.ts'
import { refuse, tell, type Ids, type PressEvent, type TestedNote } from './casting.ts'
import { resultOf, wordRow, type TestResult } from './test-result.ts'

export const testingNoteAcceptorDelays = {
  /** For somebody to find a note and put it in. */
  insertPatience: 60_000,
  /** A note comes back within two seconds; in the mouth it may wait for a hand. */
  returningLimit: 20_000,
  /** How long a silent acceptor may take to come back and say where the note is. */
  verdictLimit: 30_000,
  /** An acceptor tells `closed` within about five seconds of being closed. */
  closingLimit: 15_000,
}

export type TestingNoteAcceptorInput = {
  ids: Pick<Ids, 'note'>
  visitId: VisitId
  /** What the unit says it recognises: all of it, whatever this kiosk sells for. */
  values: readonly Minor[]
}

type Context = TestingNoteAcceptorInput & {
  current: NoteTendered | null
  rows: ServiceRow[]
  /** The first reason to end is the one that is told. */
  why: TestWord | null
}

export const testingNoteAcceptor = setup({
  types: {
    context: {} as Context,
    input: {} as TestingNoteAcceptorInput,
    output: {} as TestResult,
    events: {} as NoteAcceptorEvent | PressEvent,
    tags: {} as 'money at risk',
  },
  actors: { journal: fromPromise<void, JournalEntry[]>(refuse('a journal')) },
  actions: {
    tellAcceptor: tell('noteAcceptor'),
    /** What the strays leave to this test, and that it is over. */
    tellStrays: ({ system }, { note }: { note: TestedNote }) =>
      tell('strayNotes')({ system }, { type: 'testing.note', note }),
    hold: assign({
      current: ({ context: { ids } }, { value }: { value: Minor }) => ({
        noteId: ids.note(),
        value,
      }),
      rows: ({ context: { rows } }, { value }: { value: Minor }): ServiceRow[] => [
        ...rows,
        { label: 'note', value: { kind: 'money', value }, mark: 'well' },
      ],
    }),
    refused: assign({
      rows: ({ context: { rows } }, { why }: { why: RejectReason }) => [
        ...rows,
        wordRow('note', why, 'wrong'),
      ],
      why: ({ context: { why } }) => why ?? ('note refused' as const),
    }),
    endAs: assign({ why: ({ context }, { why }: { why: TestWord }) => context.why ?? why }),
    /** Worse than whatever it was ending for. */
    endWith: assign((_, { why }: { why: TestWord }) => ({ why, current: null })),
    count: assign({
      rows: ({ context: { rows } }, counters: { stacked: number; rejected: number }) => [
        ...rows.filter(({ label }) => label !== 'stacked ever' && label !== 'rejected ever'),
        ...countRows(counters),
      ],
    }),
  },
  guards: {
    ending: ({ context }) => context.why !== null,
    stacked: ({ event }) => event.type === 'note.found' && event.where === 'stacked',
  },
  delays: testingNoteAcceptorDelays,
}).createMachine({
  id: 'testingNoteAcceptor',
  context: ({ input }) => ({ ...input, current: null, rows: [], why: null }),
  output: ({ context: { why, rows } }) => resultOf('noteAcceptor', why ?? 'stopped', rows),
  initial: 'awaitingNote',
  on: {
    'note-acceptor.counted': {
      actions: { type: 'count', params: ({ event }) => event.counters },
    },
    'note-acceptor.failed': { actions: { type: 'endAs', params: { why: 'device fault' } } },
    'press.cancel': { actions: { type: 'endAs', params: { why: 'stopped' } } },
  },
  states: {
    awaitingNote: {
      tags: 'money at risk',
      entry: [
        { type: 'tellStrays', params: { note: 'awaited' } },
        {
          type: 'tellAcceptor',
          params: ({ context: { values } }) => ({ type: 'note-acceptor.open', values }),
        },
      ],
      always: { guard: 'ending', target: 'closing' },
      on: {
        'note.escrowed': {
          target: 'held',
          actions: { type: 'hold', params: ({ event }) => event },
        },
        'note.rejected': {
          target: 'closing',
          actions: { type: 'refused', params: ({ event }) => event },
        },
        // It was not held by this test, so whose it is the strays find out: a customer's, of whom nothing was known so far.
        'note.stacked': { actions: { type: 'endAs', params: { why: 'device fault' } } },
        'note.found': {
          guard: 'stacked',
          actions: { type: 'endAs', params: { why: 'device fault' } },
        },
      },
      after: {
        insertPatience: {
          target: 'closing',
          actions: { type: 'endAs', params: { why: 'nobody came' } },
        },
      },
    },

    // In escrow, or on its way back.
    held: {
      tags: 'money at risk',
      entry: { type: 'tellStrays', params: { note: 'held' } },
      on: {
        'note.returned': 'journallingReturned',
        'note.rejected': 'journallingReturned',
        'note.stacked': 'journallingKept',
        'note.found': [
          { guard: 'stacked', target: 'journallingKept' },
          { target: 'journallingReturned' },
        ],
      },
      initial: 'journallingIntent',
      states: {
        journallingIntent: {
          invoke: {
            src: 'journal',
            input: ({ context: { visitId, current } }) =>
              current === null ? [] : [{ type: 'note.testing', visitId, ...current }],
            onDone: 'returning',
            // Not on disk; but it is the person's, and goes back.
            onError: {
              target: 'returning',
              actions: { type: 'endAs', params: { why: 'journal broken' } },
            },
          },
        },
        returning: {
          entry: { type: 'tellAcceptor', params: { type: 'note.return' } },
          on: {
            'note-acceptor.failed': {
              target: 'awaitingVerdict',
              actions: { type: 'endAs', params: { why: 'device fault' } },
            },
          },
          after: { returningLimit: 'awaitingVerdict' },
        },
        awaitingVerdict: {
          after: { verdictLimit: '#testingNoteAcceptor.journallingLost' },
        },
      },
    },

    journallingReturned: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context }) => outcome(context, 'returned'),
        onDone: {
          target: 'closing',
          actions: [
            assign(({ context: { rows } }) => ({
              current: null,
              rows: [...rows, wordRow('note', 'came back')],
            })),
            { type: 'endAs', params: { why: 'passed' } },
          ],
        },
        onError: {
          target: 'closing',
          actions: { type: 'endWith', params: { why: 'journal broken' } },
        },
      },
    },

    // In the box: money without an owner, as any note nobody asked for.
    journallingKept: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context }) => keptEntries(context),
        onDone: {
          target: 'closing',
          actions: [
            { type: 'endWith', params: { why: 'note kept' } },
            { type: 'tellAcceptor', params: { type: 'note.acknowledge' } },
          ],
        },
        // The acceptor is not told to forget it: after a restart it says again that it has the note.
        onError: {
          target: 'closing',
          actions: { type: 'endWith', params: { why: 'journal broken' } },
        },
      },
    },

    journallingLost: {
      tags: 'money at risk',
      // Given up: a word about it from now on is the strays'.
      entry: { type: 'tellStrays', params: { note: 'awaited' } },
      invoke: {
        src: 'journal',
        input: ({ context }) => outcome(context, 'unknown'),
        onDone: {
          target: 'closing',
          actions: { type: 'endWith', params: { why: 'note lost' } },
        },
        onError: {
          target: 'closing',
          actions: { type: 'endWith', params: { why: 'journal broken' } },
        },
      },
    },

    // A note on its way still counts until the acceptor is closed and idle (money-safety.md 4, habit 1).
    closing: {
      tags: 'money at risk',
      entry: [
        { type: 'tellStrays', params: { note: 'awaited' } },
        { type: 'tellAcceptor', params: { type: 'note-acceptor.close' } },
      ],
      on: {
        'note-acceptor.closed': 'ended',
        'note.escrowed': { actions: { type: 'tellAcceptor', params: { type: 'note.return' } } },
      },
      after: { closingLimit: 'ended' },
    },

    // What the acceptor still says of a note that was lost is heard as of one nobody waits for.
    ended: {
      type: 'final',
      tags: 'money at risk',
      entry: { type: 'tellStrays', params: { note: 'none' } },
    },
  },
})

const outcome = ({ visitId, current }: Context, end: 'returned' | 'unknown'): JournalEntry[] =>
  current === null ? [] : [{ type: 'note.tested', visitId, noteId: current.noteId, end }]

const keptEntries = ({ visitId, current }: Context): JournalEntry[] => {
  if (current === null) return []
  const { noteId, value } = current
  return [
    { type: 'note.unexpected', saleId: null, noteId, value },
    { type: 'note.tested', visitId, noteId, end: 'kept' },
  ]
}

const countRows = ({ stacked, rejected }: { stacked: number; rejected: number }): ServiceRow[] => [
  { label: 'stacked ever', value: { kind: 'number', value: stacked }, mark: 'quiet' },
  { label: 'rejected ever', value: { kind: 'number', value: rejected }, mark: 'quiet' },
]
