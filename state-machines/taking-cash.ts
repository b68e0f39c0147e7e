// Notes, one at a time: escrow, intent, stack, outcome. What is stacked stays; what is not goes back.
import { assign, fromPromise, setup } from 'xstate'
import type { NoteTendered } from '../domain/centre-messages.ts'
import type { NoteId, SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { nothing, plus, type Minor } from '../domain/money.ts'
import type { NoteAcceptorEvent, NoteCounters } from '../drivers/note-acceptor/note-acceptor.ts'
import type { NoteState } from '../ui/kiosk/screen.ts'
import { refuse, tell, type Ids } from './casting.ts'

export const takingCashDelays = {
  /** A note moves into the cash box in two seconds; after this the acceptor is asked what happened. */
  stackingLimit: 10_000,
  /** How long a silent acceptor may take to come back and say where the note is. */
  verdictLimit: 30_000,
  /** An acceptor tells `closed` within about five seconds of being closed. */
  closingLimit: 15_000,
}

export type TakingCashInput = {
  saleId: SaleId
  ids: Ids
  /** Stop by itself when so much is in; null = until the customer says so. */
  target: Minor | null
  /** Never hold more than this: a note that would exceed it is given back. */
  most: Minor
  values: readonly Minor[]
  /** Notes of this sale that are in already. */
  notes: NoteTendered[]
}

export type TakingCashOutput = {
  notes: NoteTendered[]
  /** Notes whose place is not known: neither credited nor given back. */
  unknown: NoteTendered[]
  /** Notes in the box that nobody knows the value of. */
  nameless: number
  end: 'paid' | 'finished' | 'cancelled' | 'acceptor failed' | 'journal broken'
}

type Context = TakingCashInput & {
  unknown: NoteTendered[]
  nameless: number
  current: NoteTendered | null
  /** The value of a note that turned up unasked; null when the acceptor does not say. */
  heard: Minor | null
  counters: NoteCounters | null
  /** For the screen. */
  note: NoteState
  end: TakingCashOutput['end'] | null
}

export type PayingCommand = { type: 'paying.finish' } | { type: 'paying.cancel' }

export const inserted = (notes: readonly NoteTendered[]): Minor =>
  plus(...notes.map((note) => note.value))

export const takingCash = setup({
  types: {
    context: {} as Context,
    input: {} as TakingCashInput,
    output: {} as TakingCashOutput,
    events: {} as NoteAcceptorEvent | PayingCommand,
    tags: {} as 'money at risk',
  },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
  },
  actions: {
    tellAcceptor: tell('noteAcceptor'),
    holdNote: assign({
      current: ({ context }, { value }: { value: Minor }) => ({
        noteId: context.ids.note(),
        value,
      }),
      note: (_, { value }: { value: Minor }): NoteState => ({ kind: 'checking', value }),
    }),
    creditNote: assign({
      notes: ({ context }) =>
        context.current ? [...context.notes, context.current] : context.notes,
      note: ({ context }): NoteState =>
        context.current ? { kind: 'taken', value: context.current.value } : context.note,
      current: null,
    }),
    letNoteGo: assign({
      note: ({ context }): NoteState =>
        context.current ? { kind: 'given back', value: context.current.value } : context.note,
      current: null,
    }),
    loseSightOfNote: assign({
      unknown: ({ context }) =>
        context.current ? [...context.unknown, context.current] : context.unknown,
      current: null,
    }),
    /** The late verdict on a note that was given up as unknown. */
    findLost: assign(({ context: { unknown, heard } }) => {
      const current = lostOf(unknown, heard)
      return { current, unknown: unknown.filter((note) => note !== current) }
    }),
    hear: assign({ heard: (_, { value }: { value: Minor | null }) => value }),
    holdHeard: assign({
      current: ({ context: { ids, heard } }) => ({ noteId: ids.note(), value: heard ?? nothing }),
    }),
    countNameless: assign({ nameless: ({ context }) => context.nameless + 1 }),
    show: assign({ note: (_, { note }: { note: NoteState }) => note }),
    count: assign({ counters: (_, { counters }: { counters: NoteCounters }) => counters }),
    endAs: assign({
      end: ({ context }, { end }: { end: TakingCashOutput['end'] }) => context.end ?? end,
    }),
  },
  guards: {
    paidInFull: ({ context }) =>
      context.target !== null && inserted(context.notes) >= context.target,
    ending: ({ context }) => context.end !== null,
    lostBefore: ({ context: { unknown, heard } }) => lostOf(unknown, heard) !== null,
    somethingLost: ({ context }) => context.unknown.length > 0,
    nameless: ({ context }) => context.heard === null,
    unwanted: ({ context }, { value }: { value: Minor }) =>
      context.end !== null ||
      !context.values.includes(value) ||
      plus(inserted(context.notes), value) > context.most,
  },
  delays: takingCashDelays,
}).createMachine({
  id: 'takingCash',
  context: ({ input }) => ({
    ...input,
    unknown: [],
    nameless: 0,
    current: null,
    heard: null,
    counters: null,
    note: { kind: 'ready' },
    end: null,
  }),
  output: ({ context }) => ({
    notes: context.notes,
    unknown: context.unknown,
    nameless: context.nameless,
    end: context.end ?? 'acceptor failed',
  }),
  initial: 'opening',
  on: {
    'note-acceptor.counted': {
      actions: { type: 'count', params: ({ event }) => ({ counters: event.counters }) },
    },
    'paying.finish': { actions: { type: 'endAs', params: { end: 'finished' } } },
    'paying.cancel': { actions: { type: 'endAs', params: { end: 'cancelled' } } },
    'note-acceptor.failed': { actions: { type: 'endAs', params: { end: 'acceptor failed' } } },
  },
  states: {
    opening: {
      entry: {
        type: 'tellAcceptor',
        params: ({ context }) => ({ type: 'note-acceptor.open', values: context.values }),
      },
      always: 'awaitingNote',
    },

    awaitingNote: {
      tags: 'money at risk',
      always: [
        { guard: 'ending', target: 'closing' },
        {
          guard: 'paidInFull',
          target: 'closing',
          actions: { type: 'endAs', params: { end: 'paid' } },
        },
      ],
      on: {
        'note.reading': { actions: { type: 'show', params: { note: { kind: 'reading' } } } },
        'note.rejected': {
          actions: {
            type: 'show',
            params: ({ event }) => ({ note: { kind: 'refused', why: event.why } }),
          },
        },
        'note.escrowed': [
          {
            guard: { type: 'unwanted', params: ({ event }) => ({ value: event.value }) },
            actions: [
              { type: 'show', params: { note: { kind: 'refused', why: 'too much' } } },
              { type: 'tellAcceptor', params: { type: 'note.return' } },
            ],
          },
          {
            target: 'journallingIntent',
            actions: { type: 'holdNote', params: ({ event }) => ({ value: event.value }) },
          },
        ],
        // Taken without our asking: still money (devices.md 2.3 rule 4).
        'note.stacked': {
          target: 'finding',
          actions: { type: 'hear', params: ({ event }) => event },
        },
        'note.found': [
          {
            guard: ({ event }) => event.where === 'stacked',
            target: 'finding',
            actions: { type: 'hear', params: ({ event }) => event },
          },
          {
            guard: 'somethingLost',
            target: 'journallingReturned',
            actions: [{ type: 'hear', params: ({ event }) => event }, 'findLost'],
          },
        ],
      },
    },

    // Whose note that is: the late verdict on one given up as unknown, or one nobody asked for.
    finding: {
      tags: 'money at risk',
      always: [
        { guard: 'lostBefore', target: 'journallingCredit', actions: 'findLost' },
        { guard: 'nameless', target: 'journallingNameless' },
        { target: 'journallingUnasked', actions: 'holdHeard' },
      ],
    },

    journallingIntent: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, current, counters } }) =>
          current === null
            ? []
            : [
                { type: 'note.escrowed', saleId, ...current },
                { type: 'note.stacking', saleId, ...current, counters },
              ],
        onDone: 'stacking',
        // Not on disk: the note is still the customer's.
        onError: {
          target: 'closing',
          actions: [
            { type: 'tellAcceptor', params: { type: 'note.return' } },
            { type: 'endAs', params: { end: 'journal broken' } },
            'letNoteGo',
          ],
        },
      },
      on: {
        // The acceptor lost patience or power before we decided: the verdict comes as usual.
        'note.returned': { target: 'journallingReturned' },
        'note.rejected': { target: 'journallingReturned' },
        'note.stacked': { target: 'journallingUnasked' },
      },
    },

    stacking: {
      tags: 'money at risk',
      entry: { type: 'tellAcceptor', params: { type: 'note.stack' } },
      on: {
        'note.stacked': 'journallingCredit',
        'note.returned': 'journallingReturned',
        'note.rejected': 'journallingReturned',
        'note.found': [
          { guard: ({ event }) => event.where === 'stacked', target: 'journallingCredit' },
          { target: 'journallingReturned' },
        ],
        'note-acceptor.failed': {
          target: 'awaitingVerdict',
          actions: { type: 'endAs', params: { end: 'acceptor failed' } },
        },
      },
      after: { stackingLimit: 'awaitingVerdict' },
    },

    awaitingVerdict: {
      tags: 'money at risk',
      on: {
        'note.stacked': 'journallingCredit',
        'note.returned': 'journallingReturned',
        'note.rejected': 'journallingReturned',
        'note.found': [
          { guard: ({ event }) => event.where === 'stacked', target: 'journallingCredit' },
          { target: 'journallingReturned' },
        ],
      },
      after: { verdictLimit: 'journallingUnknown' },
    },

    journallingCredit: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, current } }) =>
          current === null ? [] : [{ type: 'note.stacked', saleId, ...current }],
        onDone: {
          target: 'awaitingNote',
          actions: ['creditNote', { type: 'tellAcceptor', params: { type: 'note.acknowledge' } }],
        },
        // The acceptor is not told to forget it: after a restart it says again that it has the note.
        onError: {
          target: 'closing',
          actions: ['creditNote', { type: 'endAs', params: { end: 'journal broken' } }],
        },
      },
    },

    journallingUnasked: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, current } }) =>
          current === null ? [] : [{ type: 'note.unexpected', saleId, ...current }],
        onDone: {
          target: 'awaitingNote',
          actions: ['creditNote', { type: 'tellAcceptor', params: { type: 'note.acknowledge' } }],
        },
        onError: {
          target: 'closing',
          actions: ['creditNote', { type: 'endAs', params: { end: 'journal broken' } }],
        },
      },
    },

    // In the box, and nobody knows what it is worth: a person finds out.
    journallingNameless: {
      tags: 'money at risk',
      entry: 'countNameless',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, ids } }) => [
          { type: 'note.unexpected', saleId, noteId: ids.note(), value: null },
        ],
        onDone: {
          target: 'closing',
          actions: [
            { type: 'tellAcceptor', params: { type: 'note.acknowledge' } },
            { type: 'endAs', params: { end: 'acceptor failed' } },
          ],
        },
        onError: {
          target: 'closing',
          actions: { type: 'endAs', params: { end: 'journal broken' } },
        },
      },
    },

    journallingReturned: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, current } }) =>
          current === null ? [] : [{ type: 'note.returned', saleId, ...current }],
        onDone: { target: 'awaitingNote', actions: 'letNoteGo' },
        onError: {
          target: 'closing',
          actions: ['letNoteGo', { type: 'endAs', params: { end: 'journal broken' } }],
        },
      },
    },

    journallingUnknown: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, current } }) =>
          current === null
            ? []
            : [{ type: 'note.unknown', saleId, ...current, why: 'the acceptor did not say' }],
        onDone: {
          target: 'closing',
          actions: ['loseSightOfNote', { type: 'endAs', params: { end: 'acceptor failed' } }],
        },
        onError: {
          target: 'closing',
          actions: ['loseSightOfNote', { type: 'endAs', params: { end: 'journal broken' } }],
        },
      },
    },

    // A note on its way still counts: only `closed` makes the sum final (money-safety.md 4, habit 1).
    closing: {
      tags: 'money at risk',
      entry: { type: 'tellAcceptor', params: { type: 'note-acceptor.close' } },
      on: {
        'note-acceptor.closed': 'closed',
        'note.stacked': {
          target: 'finding',
          actions: { type: 'hear', params: ({ event }) => event },
        },
        'note.found': [
          {
            guard: ({ event }) => event.where === 'stacked',
            target: 'finding',
            actions: { type: 'hear', params: ({ event }) => event },
          },
          {
            guard: 'somethingLost',
            target: 'journallingReturned',
            actions: [{ type: 'hear', params: ({ event }) => event }, 'findLost'],
          },
        ],
        'note.escrowed': { actions: { type: 'tellAcceptor', params: { type: 'note.return' } } },
      },
      after: { closingLimit: 'closed' },
    },

    closed: { type: 'final', tags: 'money at risk' },
  },
})

/** Of the notes that are lost, the one this may be: the oldest of the same value, or of any when the unit does not say. */
export const lostOf = <Note extends NoteTendered>(
  lost: readonly Note[],
  value: Minor | null,
): Note | null => lost.find((note) => value === null || note.value === value) ?? null

/** The note in hand, for the invariants of the path tests. */
export const noteInHand = (context: { current: NoteTendered | null }): NoteId | null =>
  context.current?.noteId ?? null
