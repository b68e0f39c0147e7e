// A claim slip is redeemed: its number typed, asked for under one id, and what became of it told.
import { assign, raise } from 'xstate'
import { cast } from './sale-cast.ts'
import { claimNumber } from './sale-context.ts'

export const redeeming = cast.createStateConfig({
  initial: 'typing',
  states: {
    typing: {
      tags: 'customer',
      entry: [assign({ typed: '', claimTold: null }), raise({ type: 'patience.start' })],
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.digit': {
          guard: 'roomInClaim',
          actions: assign({ typed: ({ context, event }) => `${context.typed}${event.digit}` }),
        },
        'press.erase': {
          actions: assign({ typed: ({ context }) => context.typed.slice(0, -1) }),
        },
        'press.continue': { guard: 'claimTyped', target: 'journallingAsked' },
        'press.back': '#sale.story.reading.account',
        'press.cancel': '#sale.story.leaving',
        'patience.ended': '#sale.story.leaving',
        'card.removed': '#sale.story.ended',
      },
    },

    // From here on the answer is waited for, whether the card is in or not: the money may be moving.
    journallingAsked: {
      entry: 'newRequest',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, insertionId, requestId, typed } }) => {
          const reference = claimNumber(typed)
          return requestId === null || reference === null
            ? []
            : [{ type: 'claim.redeeming', saleId, insertionId, requestId, reference }]
        },
        onDone: 'asking',
        // What is not on disk is not asked.
        onError: { target: 'told', actions: { type: 'claimIs', params: { kind: 'centre away' } } },
      },
    },
    asking: {
      invoke: {
        src: 'requestClaim',
        input: ({ context }) => context,
        onDone: {
          target: 'journallingAnswer',
          actions: { type: 'takeClaim', params: ({ event }) => ({ answer: event.output }) },
        },
        onError: { target: 'told', actions: { type: 'claimIs', params: { kind: 'no answer' } } },
      },
    },
    journallingAnswer: {
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, requestId, typed, claimTold } }) => {
          const reference = claimNumber(typed)
          // Without an answer the intent stays open, and is asked again when the sale is over.
          if (requestId === null || reference === null) return []
          if (claimTold === null || claimTold.kind === 'no answer') return []
          return claimTold.kind === 'redeemed'
            ? [
                {
                  type: 'claim.redeemed',
                  saleId,
                  requestId,
                  reference,
                  amount: claimTold.amount,
                },
              ]
            : [{ type: 'claim.refused', saleId, requestId, reference, why: claimTold.kind }]
        },
        onDone: 'told',
        onError: 'told',
      },
    },

    told: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.back': { guard: 'claimDecided', target: 'typing' },
        'press.continue': [
          { guard: 'claimUnanswered', target: 'asking' },
          { guard: 'claimNotSent', target: 'journallingAsked' },
        ],
        'press.done': 'leaving',
        'press.cancel': 'leaving',
        'patience.ended': 'leaving',
        'card.removed': 'leaving',
      },
    },
    leaving: {
      always: [
        {
          guard: 'claimOnSlip',
          target: '#sale.story.leaving.preparingReceipt',
          actions: 'nameClaimOutcome',
        },
        { guard: 'cardIsOut', target: '#sale.story.ended' },
        { target: '#sale.story.leaving' },
      ],
    },
  },
})
