// A test of the card reader: any card goes in, is read a few times, and comes out again. Nothing on it is changed.
import { assign, fromPromise, setup } from 'xstate'
import { fciOf } from '../domain/power-card/apdu.ts'
import { toHex } from '../domain/power-card/bytes.ts'
import type { CardLine, CardReaderEvent } from '../drivers/card-reader/card-reader.ts'
import type { ServiceRow, TestWord } from '../ui/kiosk/service/service-page.ts'
import { refuse, type PressEvent } from './casting.ts'
import { resultOf, textRow, wordRow, type TestResult } from './test-result.ts'

export const testingCardReaderDelays = {
  /** For somebody to find a card and put it in. */
  insertPatience: 60_000,
  takePatience: 30_000,
}

export type TestingCardReaderInput = {
  /** A card is in the slot already: it comes out first, as only one that goes in tells its answer to reset. */
  cardIn: boolean
}

/** How long the card took for one exchange, ms: the middle one of several. */
export type CardMeasured = { kind: 'measured'; medianMs: number } | { kind: 'does not answer' }

/** An exchange that takes longer than this is worth a look: contacts wear. */
const slowMs = 500

type Context = TestingCardReaderInput & {
  line: CardLine | null
  rows: ServiceRow[]
  why: TestWord | null
}

export const testingCardReader = setup({
  types: {
    context: {} as Context,
    input: {} as TestingCardReaderInput,
    output: {} as TestResult,
    events: {} as CardReaderEvent | PressEvent,
  },
  actors: {
    /** Reads only: a card that comes out of a test is as it went in. */
    measureCard: fromPromise<CardMeasured, { line: CardLine }>(refuse('a card to measure')),
  },
  actions: {
    see: assign((_, { atr, fci, line }: { atr: Uint8Array; fci: Uint8Array; line: CardLine }) => ({
      line,
      rows: rowsOfCard(atr, fci),
    })),
    seeForeign: assign({
      rows: [wordRow('card', 'foreign card', 'attention')],
      why: 'passed' as const,
    }),
    measured: assign(({ context: { rows } }, { measured }: { measured: CardMeasured }) =>
      measured.kind === 'measured'
        ? { rows: [...rows, timeRow(measured.medianMs)], why: 'passed' as const }
        : { why: 'card does not answer' as const },
    ),
    endAs: assign({ why: ({ context }, { why }: { why: TestWord }) => context.why ?? why }),
  },
  guards: { cardIn: ({ context }) => context.cardIn },
  delays: testingCardReaderDelays,
}).createMachine({
  id: 'testingCardReader',
  context: ({ input }) => ({ ...input, line: null, rows: [], why: null }),
  output: ({ context: { why, rows } }) => resultOf('cardReader', why ?? 'stopped', rows),
  initial: 'begun',
  on: {
    'card-reader.failed': {
      target: '.ended',
      actions: { type: 'endAs', params: { why: 'device fault' } },
    },
  },
  states: {
    begun: {
      always: [{ guard: 'cardIn', target: 'clearing' }, { target: 'awaitingCard' }],
    },

    clearing: {
      on: {
        'card.removed': 'awaitingCard',
        'press.cancel': 'ended',
      },
      after: {
        takePatience: {
          target: 'ended',
          actions: { type: 'endAs', params: { why: 'nobody came' } },
        },
      },
    },

    awaitingCard: {
      on: {
        'card.inserted': {
          target: 'measuring',
          actions: { type: 'see', params: ({ event }) => event },
        },
        'card.unusable': [
          {
            // It was powered and has answered: the reader is well, whoever's card that is.
            guard: ({ event }) => event.why === 'foreign card',
            target: 'takingCard',
            actions: 'seeForeign',
          },
          {
            target: 'takingCard',
            actions: { type: 'endAs', params: { why: 'card not readable' } },
          },
        ],
        'press.cancel': 'ended',
      },
      after: {
        insertPatience: {
          target: 'ended',
          actions: { type: 'endAs', params: { why: 'nobody came' } },
        },
      },
    },

    measuring: {
      invoke: {
        src: 'measureCard',
        input: ({ context: { line } }) => {
          if (line === null) throw new Error('only a card that is in is measured')
          return { line }
        },
        onDone: {
          target: 'takingCard',
          actions: { type: 'measured', params: ({ event }) => ({ measured: event.output }) },
        },
        onError: {
          target: 'takingCard',
          actions: { type: 'endAs', params: { why: 'card does not answer' } },
        },
      },
      on: {
        'card.removed': {
          target: 'ended',
          actions: { type: 'endAs', params: { why: 'card does not answer' } },
        },
      },
    },

    // The verdict stands; the card is not left behind.
    takingCard: {
      on: { 'card.removed': 'ended', 'press.cancel': 'ended' },
      after: { takePatience: 'ended' },
    },

    ended: { type: 'final' },
  },
})

const rowsOfCard = (atr: Uint8Array, fci: Uint8Array): ServiceRow[] => {
  const said = fciOf(fci)
  return [
    ...(said === null ? [] : [textRow('card', toHex(said.serial).toUpperCase())]),
    textRow('atr', toHex(atr).toUpperCase()),
  ]
}

const timeRow = (medianMs: number): ServiceRow => ({
  label: 'answer time',
  value: { kind: 'milliseconds', value: medianMs },
  mark: medianMs > slowMs ? 'attention' : 'well',
})
