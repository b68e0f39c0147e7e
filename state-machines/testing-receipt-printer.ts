// A test of the receipt printer: a few pieces of paper come out, and somebody says whether they are as they should be.
import { assign, fromPromise, setup } from 'xstate'
import type {
  ReceiptDocument,
  ReceiptPrinterEvent,
} from '../drivers/receipt-printer/receipt-printer.ts'
import type { ServiceRow, TestWord } from '../ui/kiosk/service/service-page.ts'
import { refuse, tell, type PressEvent } from './casting.ts'
import { resultOf, wordRow, type TestResult } from './test-result.ts'

export const testingReceiptPrinterDelays = {
  /** A drawn page takes five seconds; a job that dies is told after 18 s at the latest. */
  printingLimit: 30_000,
  /** For somebody to tear it off and look at it. */
  lookPatience: 120_000,
}

/** `cut`: nothing but the knife. */
export type PaperTest = 'test page' | 'cut'

/** One piece of paper. The id is of this test alone: a printer prints none twice. */
export type TestPaper = { jobId: string; paper: ReceiptDocument }

export type TestingReceiptPrinterInput = {
  what: PaperTest
  /** Raised and not cleared when it begins. */
  faults: readonly string[]
}

type Context = TestingReceiptPrinterInput & {
  /** Those that are still to be printed, the next first. */
  papers: TestPaper[]
  printed: number
  why: TestWord | null
}

export const testingReceiptPrinter = setup({
  types: {
    context: {} as Context,
    input: {} as TestingReceiptPrinterInput,
    output: {} as TestResult,
    events: {} as ReceiptPrinterEvent | PressEvent,
  },
  actors: { testPapers: fromPromise<TestPaper[], PaperTest>(refuse('paper for a test')) },
  actions: {
    print: ({ context: { papers }, system }) => {
      const [next] = papers
      if (next !== undefined) tell('receiptPrinter')({ system }, { type: 'receipt.print', ...next })
    },
    countPrinted: assign({
      papers: ({ context: { papers } }) => papers.slice(1),
      printed: ({ context: { printed } }) => printed + 1,
    }),
    raise: assign({
      faults: ({ context: { faults } }, { fault }: { fault: string }) => [
        ...faults.filter((one) => one !== fault),
        fault,
      ],
    }),
    clear: assign({
      faults: ({ context: { faults } }, { fault }: { fault: string }) =>
        faults.filter((one) => one !== fault),
    }),
    endAs: assign({ why: ({ context }, { why }: { why: TestWord }) => context.why ?? why }),
  },
  guards: {
    own: ({ context: { papers } }, { jobId }: { jobId: string }) => papers[0]?.jobId === jobId,
    allPrinted: ({ context: { papers } }) => papers.length === 0,
    seen: ({ event }) => event.type === 'press.choose' && event.choice === 'seen',
    notSeen: ({ event }) => event.type === 'press.choose' && event.choice === 'not seen',
  },
  delays: testingReceiptPrinterDelays,
}).createMachine({
  id: 'testingReceiptPrinter',
  context: ({ input }) => ({ ...input, papers: [], printed: 0, why: null }),
  output: ({ context }) => resultOf('receiptPrinter', context.why ?? 'stopped', rowsOf(context)),
  initial: 'preparing',
  on: {
    'receipt-printer.failed': {
      actions: { type: 'raise', params: ({ event }) => ({ fault: event.fault.kind }) },
    },
    'receipt-printer.cleared': { actions: { type: 'clear', params: ({ event }) => event } },
  },
  states: {
    preparing: {
      invoke: {
        src: 'testPapers',
        input: ({ context: { what } }) => what,
        onDone: { target: 'printing', actions: assign({ papers: ({ event }) => event.output }) },
        onError: { target: 'ended', actions: { type: 'endAs', params: { why: 'not printed' } } },
      },
    },

    printing: {
      entry: 'print',
      always: { guard: 'allPrinted', target: 'looking' },
      on: {
        'receipt.printed': {
          guard: { type: 'own', params: ({ event }) => event },
          target: 'printing',
          reenter: true,
          actions: 'countPrinted',
        },
        'receipt.not-printed': {
          guard: { type: 'own', params: ({ event }) => event },
          target: 'ended',
          actions: [
            { type: 'raise', params: ({ event }) => ({ fault: event.why }) },
            { type: 'endAs', params: { why: 'not printed' } },
          ],
        },
        'press.cancel': 'ended',
      },
      after: {
        printingLimit: {
          target: 'ended',
          actions: { type: 'endAs', params: { why: 'no answer' } },
        },
      },
    },

    // The printer says that it is on paper; whether it can be read, only somebody who looks can say.
    looking: {
      on: {
        'press.choose': [
          {
            guard: 'seen',
            target: 'ended',
            actions: { type: 'endAs', params: { why: 'passed' } },
          },
          {
            guard: 'notSeen',
            target: 'ended',
            actions: { type: 'endAs', params: { why: 'not seen' } },
          },
        ],
        'press.cancel': 'ended',
      },
      after: {
        lookPatience: {
          target: 'ended',
          actions: { type: 'endAs', params: { why: 'nobody came' } },
        },
      },
    },

    ended: { type: 'final' },
  },
})

const rowsOf = ({ printed, faults }: Context): ServiceRow[] => [
  { label: 'receipts printed', value: { kind: 'number', value: printed }, mark: 'quiet' },
  ...(faults.length === 0 ? [wordRow('paper', 'ok')] : []),
  ...faults.map((fault): ServiceRow => {
    const mark = fault === 'paper low' ? 'attention' : 'wrong'
    return { label: 'fault', value: { kind: 'fault', device, fault, say: 'name' }, mark }
  }),
]

const device = 'receiptPrinter'
