// Once a day, when nobody is being served and every payment has its end, the terminal ends its business day (devices.md 10.9).
//
// Lives as long as the kiosk. After the end of the day a payment of it can no longer be reversed, so open ones come first.
import { assign, fromPromise, sendParent, setup } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { BankTerminalEvent } from '../drivers/bank-terminal/bank-terminal.ts'
import { refuse, tell, type PartyWord } from './casting.ts'
import type { FindingWord } from './finding-payments.ts'

export const endingDayDelays = {
  /** A terminal sends all that it has stored, and may restart. */
  dayLimit: 600_000,
  /** Until it is tried again. */
  dayPause: 1_800_000,
}

const dayFault = { device: 'bankTerminal', fault: 'end of day failed' } as const

export type EndingDayEvent =
  | BankTerminalEvent
  /** The hour has come. */
  | { type: 'day.due' }
  | { type: 'sale.begun' }
  | { type: 'sale.ended' }
  | FindingWord

type Context = {
  ready: boolean
  serving: boolean
  paymentsOpen: boolean
  /** Why it was not ended; null when it was. */
  trouble: string | null
}

export const endingDay = setup({
  types: { context: {} as Context, events: {} as EndingDayEvent },
  actors: { journal: fromPromise<void, JournalEntry[]>(refuse('a journal')) },
  actions: {
    tellTerminal: tell('bankTerminal'),
    journalFailed: sendParent({ type: 'journal.failed', why: 'the journal cannot be written' }),
    troubleIs: assign({ trouble: (_, { why }: { why: string | null }) => why }),
  },
  guards: {
    mayBegin: ({ context: { ready, serving, paymentsOpen } }) => ready && !serving && !paymentsOpen,
    inTrouble: ({ context }) => context.trouble !== null,
  },
  delays: endingDayDelays,
}).createMachine({
  id: 'endingDay',
  context: { ready: false, serving: false, paymentsOpen: true, trouble: null },
  initial: 'resting',
  on: {
    'sale.begun': { actions: assign({ serving: true }) },
    'sale.ended': { actions: assign({ serving: false }) },
    'payments.open': { actions: assign({ paymentsOpen: ({ event }) => event.open }) },
    'bank-terminal.ready': { actions: assign({ ready: true }) },
    'bank-terminal.failed': {
      guard: ({ event }) => event.fault.kind === 'not answering',
      actions: assign({ ready: false }),
    },
  },
  states: {
    resting: { on: { 'day.due': 'due' } },

    due: { always: { guard: 'mayBegin', target: 'ending' } },

    ending: {
      entry: [
        { type: 'tellTerminal', params: { type: 'bank-terminal.end-day' } },
        sendParent({ type: 'party.holds', party: 'end of day' } satisfies PartyWord),
      ],
      exit: sendParent({ type: 'party.rests', party: 'end of day' } satisfies PartyWord),
      on: {
        'day.ended': [{ guard: 'inTrouble', target: 'journallingEnded' }, { target: 'resting' }],
        'day.not-ended': {
          target: 'journallingTrouble',
          actions: { type: 'troubleIs', params: ({ event }) => event },
        },
      },
      after: {
        dayLimit: {
          target: 'journallingTrouble',
          actions: { type: 'troubleIs', params: { why: 'the terminal did not say' } },
        },
      },
    },

    journallingTrouble: {
      invoke: {
        src: 'journal',
        input: ({ context: { trouble } }) => [
          { type: 'fault.raised', ...dayFault, detail: trouble ?? '' },
        ],
        onDone: 'pausing',
        onError: { target: 'pausing', actions: 'journalFailed' },
      },
    },
    pausing: { after: { dayPause: 'due' } },

    journallingEnded: {
      invoke: {
        src: 'journal',
        input: [{ type: 'fault.cleared', ...dayFault }],
        onDone: { target: 'resting', actions: { type: 'troubleIs', params: { why: null } } },
        onError: { target: 'resting', actions: 'journalFailed' },
      },
    },
  },
})
