// Notes that the acceptor took while nobody was paying: still money, each with an owner if one can be found.
//
// Lives as long as the kiosk. It hears every word about notes and acts on those that no sale and no recovery waits for
// (devices.md 2.3 rules 2, 4 and 5).
import { assign, fromPromise, sendParent, setup } from 'xstate'
import type { NoteTendered } from '../domain/centre-messages.ts'
import type { SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Minor } from '../domain/money.ts'
import type { NoteAcceptorEvent, NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import {
  refuse,
  tell,
  type Ids,
  type PayingEvent,
  type TestedNote,
  type TestingEvent,
} from './casting.ts'
import { lostOf } from './taking-cash.ts'

export const strayNotesDelays = {
  /** How long the acceptor may take to tell its counters after a start. */
  countersPatience: 30_000,
}

/** A note nobody could say anything about when it was asked for. Its verdict may still come. */
export type LostNote = NoteTendered & { saleId: SaleId }

/** The last note of the journal that is in the box, and the acceptor's counters when its stacking was begun. */
export type LastStacked = { value: Minor; counters: NoteCounters | null }

export type StrayNotesInput = {
  ids: Ids
  /** Recovery is still asking about a note: it hears the answers itself. */
  resolving: boolean
  lastStacked: LastStacked | null
  lost: LostNote[]
}

export type StrayNotesEvent =
  | NoteAcceptorEvent
  | { type: 'notes.resolved'; lost: LostNote[] }
  | { type: 'sale.begun'; saleId: SaleId }
  | { type: 'sale.ended' }
  | PayingEvent
  | TestingEvent

type Context = StrayNotesInput & {
  paying: boolean
  tested: TestedNote
  saleId: SaleId | null
  /** The acceptor has told all that it still owed from before this start. */
  begun: boolean
  value: Minor | null
  current: LostNote | null
}

export const strayNotes = setup({
  types: {
    context: {} as Context,
    input: {} as StrayNotesInput,
    events: {} as StrayNotesEvent,
    tags: {} as 'money at risk',
  },
  actors: { journal: fromPromise<void, JournalEntry[]>(refuse('a journal')) },
  actions: {
    tellAcceptor: tell('noteAcceptor'),
    hold: assign((_, { value }: { value: Minor | null }) => ({ value })),
    findLost: assign(({ context: { lost, value } }) => {
      const current = lostOf(lost, value)
      return { current, lost: lost.filter((note) => note !== current) }
    }),
    forgetLast: assign({ lastStacked: null }),
    lose: assign({
      lost: ({ context }, { lost }: { lost: LostNote[] }) => [...context.lost, ...lost],
    }),
    journalFailed: sendParent({ type: 'journal.failed', why: 'the journal cannot be written' }),
  },
  guards: {
    ours: ({ context }) => isOurs(context),
    oursToReturn: ({ context }) => isOurs(context) && context.tested === 'none',
    stackedOurs: ({ context, event }) =>
      isOurs(context) && event.type === 'note.found' && event.where === 'stacked',
    toldBefore: ({ context: { begun, lastStacked, value } }) =>
      !begun && lastStacked !== null && (value === null || value === lastStacked.value),
    lostBefore: ({ context: { lost, value } }) => lostOf(lost, value) !== null,
    returnedOurs: ({ context }) => isOurs(context) && context.lost.length > 0,
    oneMore: ({ context: { lastStacked } }, { counters }: { counters: NoteCounters }) =>
      lastStacked?.counters == null || counters.stacked - lastStacked.counters.stacked <= 1,
  },
  delays: strayNotesDelays,
}).createMachine({
  id: 'strayNotes',
  context: ({ input }) => ({
    ...input,
    paying: false,
    tested: 'none',
    saleId: null,
    begun: false,
    value: null,
    current: null,
  }),
  initial: 'listening',
  on: {
    'note-acceptor.ready': { actions: assign({ begun: true }) },
    'notes.resolved': {
      actions: [
        // What recovery has asked about is not told again.
        assign(({ context: { resolving, lastStacked } }) => ({
          resolving: false,
          lastStacked: resolving ? null : lastStacked,
        })),
        { type: 'lose', params: ({ event }) => event },
      ],
    },
    'sale.begun': { actions: assign({ saleId: ({ event }) => event.saleId }) },
    'sale.ended': { actions: assign({ saleId: null, paying: false, tested: 'none' }) },
    'paying.begun': { actions: assign({ paying: true }) },
    'testing.note': { actions: assign({ tested: ({ event }) => event.note }) },
    'paying.ended': {
      actions: [assign({ paying: false }), { type: 'lose', params: ({ event }) => event }],
    },
  },
  states: {
    listening: {
      on: {
        'note.stacked': [
          {
            guard: 'ours',
            target: 'finding',
            actions: { type: 'hold', params: ({ event }) => event },
          },
          // Of a sale that pays, or of a test: what was lost before will not be heard of any more.
          { actions: assign({ lost: [] }) },
        ],
        'note.found': [
          {
            guard: 'stackedOurs',
            target: 'finding',
            actions: { type: 'hold', params: ({ event }) => event },
          },
          {
            guard: 'returnedOurs',
            target: 'journallingReturned',
            actions: [{ type: 'hold', params: ({ event }) => event }, 'findLost'],
          },
        ],
        'note.escrowed': {
          guard: 'oursToReturn',
          actions: { type: 'tellAcceptor', params: { type: 'note.return' } },
        },
      },
    },

    finding: {
      tags: 'money at risk',
      always: [
        { guard: 'toldBefore', target: 'comparingCounters' },
        { guard: 'lostBefore', target: 'journallingFound', actions: 'findLost' },
        { target: 'journallingUnexpected' },
      ],
    },

    // Journalled before the kiosk stopped, and not acknowledged: the unit says it again. Its counters tell whether it is
    // the same note.
    comparingCounters: {
      tags: 'money at risk',
      on: {
        'note-acceptor.counted': [
          {
            guard: { type: 'oneMore', params: ({ event }) => event },
            target: 'listening',
            actions: ['forgetLast', { type: 'tellAcceptor', params: { type: 'note.acknowledge' } }],
          },
          { target: 'journallingUnexpected', actions: 'forgetLast' },
        ],
      },
      after: {
        // It takes no other note before this one is acknowledged, so the same value is the same note.
        countersPatience: {
          target: 'listening',
          actions: ['forgetLast', { type: 'tellAcceptor', params: { type: 'note.acknowledge' } }],
        },
      },
    },

    // The late verdict on a note that was given up as unknown.
    journallingFound: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { current } }) =>
          current === null ? [] : [{ type: 'note.stacked', ...current }],
        onDone: {
          target: 'listening',
          actions: [
            { type: 'tellAcceptor', params: { type: 'note.acknowledge' } },
            sendParent({ type: 'strays.settled' }),
          ],
        },
        onError: { target: 'listening', actions: 'journalFailed' },
      },
    },
    journallingReturned: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { current } }) =>
          current === null ? [] : [{ type: 'note.returned', ...current }],
        onDone: 'listening',
        onError: { target: 'listening', actions: 'journalFailed' },
      },
    },

    // Of the sale that is going on, if there is one; else it has no owner that is known.
    journallingUnexpected: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { ids, saleId, value } }) => [
          { type: 'note.unexpected', saleId, noteId: ids.note(), value },
        ],
        onDone: {
          target: 'listening',
          actions: { type: 'tellAcceptor', params: { type: 'note.acknowledge' } },
        },
        onError: { target: 'listening', actions: 'journalFailed' },
      },
    },
  },
})

/** No sale, no recovery and no test waits for a word about it. */
const isOurs = ({ paying, resolving, tested }: Context): boolean =>
  !paying && !resolving && tested !== 'held'
