// Prints the slip of each sale that a stop broke off, as soon as the printer works, until it is on paper once (P7).
//
// Lives as long as the kiosk. What is owed is in the journal: a slip that this start could not print is printed by the next.
import { assign, fromPromise, sendParent, setup } from 'xstate'
import type { SaleId } from '../domain/identifiers.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type {
  ReceiptDocument,
  ReceiptPrinterEvent,
} from '../drivers/receipt-printer/receipt-printer.ts'
import { refuse, tell, type PartyWord } from './casting.ts'

export const printingSlipsDelays = {
  printingPatience: 20_000,
  /** A printer that says nothing of getting better is tried again after this. */
  printerPause: 600_000,
}

/** Its number is journalled, its lines are put together from what is known now. */
export type PreparedSlip = { saleId: SaleId; jobId: string; paper: ReceiptDocument }

/** What the kiosk machine is told. */
export type SlipEvent =
  | { type: 'slip.prints' }
  | { type: 'slip.printed' }
  /** The printer does not work: the slip comes later. */
  | { type: 'slip.waits' }

type PrintingSlipsEvent =
  | ReceiptPrinterEvent
  | { type: 'slips.begin' }
  | { type: 'printer.changed'; works: boolean }

type Context = { works: boolean; slip: PreparedSlip | null; why: string }

export const printingSlips = setup({
  types: { context: {} as Context, events: {} as PrintingSlipsEvent },
  actors: {
    journal: fromPromise<void, JournalEntry[]>(refuse('a journal')),
    /** Null when none is owed. */
    nextSlip: fromPromise<PreparedSlip | null>(refuse('the records')),
  },
  actions: {
    print: ({ context: { slip }, system }) => {
      if (slip === null) return
      const { jobId, paper } = slip
      tell('receiptPrinter')({ system }, { type: 'receipt.print', jobId, paper })
    },
    fails: assign((_, { why }: { why: string }) => ({ why })),
  },
  guards: {
    works: ({ context }) => context.works,
    own: ({ context }, { jobId }: { jobId: string }) => context.slip?.jobId === jobId,
  },
  delays: printingSlipsDelays,
}).createMachine({
  id: 'printingSlips',
  context: { works: false, slip: null, why: '' },
  initial: 'resting',
  on: { 'printer.changed': { actions: assign({ works: ({ event }) => event.works }) } },
  states: {
    resting: {
      on: { 'slips.begin': [{ guard: 'works', target: 'preparing' }, { target: 'waiting' }] },
    },

    preparing: {
      invoke: {
        src: 'nextSlip',
        onDone: [
          { guard: ({ event }) => event.output === null, target: 'resting' },
          { target: 'printing', actions: assign({ slip: ({ event }) => event.output }) },
        ],
        // The journal is broken: the next start prints it.
        onError: 'resting',
      },
    },

    printing: {
      entry: [
        sendParent({ type: 'slip.prints' } satisfies SlipEvent),
        sendParent({ type: 'party.holds', party: 'slips' } satisfies PartyWord),
        'print',
      ],
      exit: sendParent({ type: 'party.rests', party: 'slips' } satisfies PartyWord),
      on: {
        'receipt.printed': {
          guard: { type: 'own', params: ({ event }) => event },
          target: 'journallingPrinted',
        },
        'receipt.not-printed': {
          guard: { type: 'own', params: ({ event }) => event },
          target: 'journallingNotPrinted',
          actions: { type: 'fails', params: ({ event }) => event },
        },
      },
      after: {
        printingPatience: {
          target: 'journallingNotPrinted',
          actions: { type: 'fails', params: { why: 'not answering' } },
        },
      },
    },

    journallingPrinted: {
      invoke: {
        src: 'journal',
        input: ({ context: { slip } }) =>
          slip === null
            ? []
            : [{ type: 'receipt.printed', saleId: slip.saleId, jobId: slip.jobId }],
        onDone: {
          target: 'preparing',
          actions: sendParent({ type: 'slip.printed' } satisfies SlipEvent),
        },
        onError: 'resting',
      },
    },
    journallingNotPrinted: {
      invoke: {
        src: 'journal',
        input: ({ context: { slip, why } }) =>
          slip === null
            ? []
            : [{ type: 'receipt.not-printed', saleId: slip.saleId, jobId: slip.jobId, why }],
        onDone: 'waiting',
        onError: 'resting',
      },
    },

    waiting: {
      entry: sendParent({ type: 'slip.waits' } satisfies SlipEvent),
      on: {
        'printer.changed': {
          guard: ({ event }) => event.works,
          target: 'preparing',
          actions: assign({ works: true }),
        },
      },
      after: { printerPause: 'preparing' },
    },
  },
})
