// One payment through a bank: intent, asked, held; then kept once the goods are out, or refused as nothing was delivered.
//
// Lives from the choice of the tender to the end of the payment, beside the story of the sale, which says when it is to be
// kept or refused (devices.md 10.4). One payment, asked for once: nothing here is ever tried again.
import { assign, fromPromise, setup } from 'xstate'
import type { JournalEntry } from '../domain/journal-entry.ts'
import { refuse, tellBank } from './casting.ts'
import {
  newPayment,
  paymentOf,
  type ChargingCommand,
  type Payment,
  type PaymentPhase,
} from './payment.ts'
import {
  actOf,
  askedOf,
  evidenceIn,
  type PaymentAct,
  type PaymentAsked,
  type PaymentEvent,
} from './payment-words.ts'

export const chargingDelays = {
  /** A terminal ends by itself: 180 s without a word, and each word starts them again (devices.md 10.2, T4). */
  authoriseLimit: 300_000,
  /** After it was told to stop. */
  abortLimit: 60_000,
  /** A terminal has 60 s from the commitment to its last word; this is for one whose driver says nothing at all. */
  keepLimit: 90_000,
  refuseLimit: 90_000,
}

type Context = PaymentAsked & Payment & { whyUnknown: string }

/** The terminal has lost patience, or power: nobody is charged. */
const undone = {
  'payment.reversed': { guard: 'own', target: 'journallingReversed' },
} as const

/** Whoever holds it cannot say any more. */
const lostSight = {
  'payment.unknown': {
    guard: 'own',
    target: 'journallingUnknown',
    actions: { type: 'unknownFor', params: ({ event }: { event: { why: string } }) => event },
  },
} as const

export const chargingBankCard = setup({
  types: {
    context: {} as Context,
    input: {} as PaymentAsked,
    output: {} as Payment,
    events: {} as PaymentEvent | ChargingCommand,
    tags: {} as 'money at risk',
  },
  actors: { journal: fromPromise<void, JournalEntry[]>(refuse('a journal')) },
  actions: {
    ask: ({ context, system }) => tellBank(system, askedOf(context)),
    act: ({ context, system }, { act }: { act: PaymentAct }) =>
      tellBank(system, actOf(act, context)),
    phaseIs: assign({ phase: (_, { phase }: { phase: PaymentPhase }) => phase }),
    stopAsking: assign({ mayCancel: false }),
    declinedFor: assign({ why: (_, { why }: { why: Payment['why'] }) => why }),
    unknownFor: assign({ whyUnknown: (_, { why }: { why: string }) => why }),
    takeEvidence: assign(({ context }, { told }: { told: Parameters<typeof evidenceIn>[0] }) => ({
      evidence: evidenceIn(told) ?? context.evidence,
    })),
    takeSlip: assign({ slip: (_, { slip }: { slip: readonly string[] }) => slip }),
  },
  guards: {
    /** Not about an older payment, whose end others wait for. */
    own: ({ context, event }) => 'paymentId' in event && event.paymentId === context.paymentId,
    stopping: ({ context }) => !context.mayCancel,
  },
  delays: chargingDelays,
}).createMachine({
  id: 'chargingBankCard',
  context: ({ input }) => ({
    ...input,
    ...newPayment(input.paymentId, input.way, input.amount),
    whyUnknown: '',
  }),
  output: ({ context }) => paymentOf(context),
  initial: 'journallingIntent',
  on: {
    'payment.hint': {
      guard: 'own',
      actions: assign({ hint: ({ event }) => event.hint }),
    },
  },
  states: {
    journallingIntent: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId, way, amount } }) => [
          { type: 'payment.requesting', saleId, paymentId, way, amount },
        ],
        onDone: [
          {
            guard: 'stopping',
            target: 'journallingDeclined',
            actions: { type: 'declinedFor', params: { why: 'customer cancelled' } },
          },
          { target: 'asked' },
        ],
        // Not on disk, so nobody is asked.
        onError: {
          target: 'done',
          actions: [
            { type: 'declinedFor', params: { why: 'not possible' } },
            { type: 'phaseIs', params: { phase: 'not charged' } },
          ],
        },
      },
      on: { 'charging.cancel': { actions: 'stopAsking' } },
    },

    asked: {
      tags: 'money at risk',
      initial: 'authorising',
      on: {
        'payment.authorised': {
          guard: 'own',
          target: 'journallingAuthorised',
          actions: { type: 'takeEvidence', params: ({ event }) => ({ told: event }) },
        },
        'payment.declined': {
          guard: 'own',
          target: 'journallingDeclined',
          actions: { type: 'declinedFor', params: ({ event }) => event },
        },
        // Agreed to and undone before we heard of it.
        'payment.reversed': {
          guard: 'own',
          target: 'journallingReversed',
          actions: { type: 'declinedFor', params: { why: 'not possible' } },
        },
        'payment.unknown': {
          guard: 'own',
          target: 'journallingUnknown',
          actions: { type: 'unknownFor', params: ({ event }) => event },
        },
      },
      states: {
        authorising: {
          entry: 'ask',
          on: { 'charging.cancel': 'stopping' },
          after: { authoriseLimit: 'stopping' },
        },
        // Its end is told as that of the payment; the bank may have agreed a moment before.
        stopping: {
          entry: ['stopAsking', { type: 'act', params: { act: 'abort' } }],
          after: {
            abortLimit: {
              target: '#chargingBankCard.journallingUnknown',
              actions: { type: 'unknownFor', params: { why: 'the terminal did not say' } },
            },
          },
        },
      },
    },

    // Whatever comes of it now, the payer has been promised nothing yet.
    journallingAuthorised: {
      tags: 'money at risk',
      entry: 'stopAsking',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId, evidence } }) =>
          evidence === null ? [] : [{ type: 'payment.authorised', saleId, paymentId, evidence }],
        onDone: { target: 'held', actions: { type: 'phaseIs', params: { phase: 'held' } } },
        // Nothing was delivered, and nothing will be without a journal.
        onError: 'refusing',
      },
      on: {
        ...undone,
        ...lostSight,
      },
    },

    held: {
      tags: 'money at risk',
      on: {
        'charging.keep': 'journallingKeeping',
        'charging.refuse': 'journallingRefusing',
        ...undone,
        ...lostSight,
      },
    },

    journallingKeeping: {
      tags: 'money at risk',
      entry: { type: 'phaseIs', params: { phase: 'keeping' } },
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId } }) => [
          { type: 'payment.keeping', saleId, paymentId },
        ],
        onDone: 'keeping',
        // The goods are out, as the journal says up to here: the next start would do the same.
        onError: 'keeping',
      },
      on: {
        ...undone,
      },
    },
    keeping: {
      tags: 'money at risk',
      entry: { type: 'act', params: { act: 'confirm' } },
      on: {
        'payment.stored': {
          guard: 'own',
          target: 'journallingKept',
          actions: [
            { type: 'takeEvidence', params: ({ event }) => ({ told: event }) },
            {
              type: 'takeSlip',
              params: ({ event }) => ({ slip: 'slip' in event ? event.slip : [] }),
            },
          ],
        },
        ...undone,
        ...lostSight,
      },
      after: {
        keepLimit: {
          target: 'journallingUnknown',
          actions: { type: 'unknownFor', params: { why: 'the terminal did not say' } },
        },
      },
    },

    journallingRefusing: {
      tags: 'money at risk',
      entry: { type: 'phaseIs', params: { phase: 'refusing' } },
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId } }) => [
          { type: 'payment.refusing', saleId, paymentId },
        ],
        onDone: 'refusing',
        // As it would be refused by itself in the end.
        onError: 'refusing',
      },
      on: {
        ...undone,
      },
    },
    refusing: {
      tags: 'money at risk',
      entry: [
        { type: 'phaseIs', params: { phase: 'refusing' } },
        { type: 'act', params: { act: 'refuse' } },
      ],
      on: {
        ...undone,
        'payment.stored': {
          guard: 'own',
          target: 'journallingKept',
          actions: { type: 'takeEvidence', params: ({ event }) => ({ told: event }) },
        },
        ...lostSight,
      },
      after: {
        refuseLimit: {
          target: 'journallingUnknown',
          actions: { type: 'unknownFor', params: { why: 'the terminal did not say' } },
        },
      },
    },

    journallingDeclined: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId, why } }) => [
          { type: 'payment.declined', saleId, paymentId, why: why ?? 'no reason given' },
        ],
        onDone: {
          target: 'done',
          actions: { type: 'phaseIs', params: { phase: 'not charged' } },
        },
        onError: {
          target: 'done',
          actions: { type: 'phaseIs', params: { phase: 'not charged' } },
        },
      },
    },
    journallingReversed: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId } }) => [
          { type: 'payment.reversed', saleId, paymentId },
        ],
        onDone: {
          target: 'done',
          actions: { type: 'phaseIs', params: { phase: 'not charged' } },
        },
        onError: {
          target: 'done',
          actions: { type: 'phaseIs', params: { phase: 'not charged' } },
        },
      },
    },
    journallingKept: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId, evidence } }) =>
          evidence === null ? [] : [{ type: 'payment.kept', saleId, paymentId, evidence }],
        onDone: { target: 'done', actions: { type: 'phaseIs', params: { phase: 'kept' } } },
        onError: { target: 'done', actions: { type: 'phaseIs', params: { phase: 'kept' } } },
      },
    },
    // Asked about later, as soon as the terminal is free (`finding-payments.ts`).
    journallingUnknown: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, paymentId, whyUnknown } }) => [
          { type: 'payment.unknown', saleId, paymentId, why: whyUnknown },
        ],
        onDone: { target: 'done', actions: { type: 'phaseIs', params: { phase: 'unknown' } } },
        onError: { target: 'done', actions: { type: 'phaseIs', params: { phase: 'unknown' } } },
      },
    },

    done: { type: 'final', tags: 'money at risk' },
  },
})
