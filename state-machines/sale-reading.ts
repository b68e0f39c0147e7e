// The card is read and the centre says what it is: can sell, refused, or an older order is open on it.
import { assign, raise } from 'xstate'
import { cast } from './sale-cast.ts'
import { personOfCard } from './service-card.ts'

export const reading = cast.createStateConfig({
  initial: 'looking',
  states: {
    // At risk, because the card of an open order may be the one that was put back.
    looking: {
      tags: 'money at risk',
      entry: assign({ freshCard: false, otherCard: false }),
      invoke: {
        src: 'lookAtCard',
        input: ({ context }) => ({ card: context.card, nonce: context.lookNonce }),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'looked',
            target: 'diagnosing',
            actions: { type: 'takeLook', params: ({ event }) => ({ looked: event.output }) },
          },
          { guard: 'ownOrder', target: '#sale.story.ordering.awaitingCardBack' },
          { guard: 'cardChanged', target: '#sale.story.ended' },
          {
            guard: ({ event }) => event.output.kind === 'centre away',
            target: 'refused',
            actions: 'centreIsAway',
          },
          { target: 'refused', actions: 'cardIsMute' },
        ],
        onError: [
          { guard: 'ownOrder', target: '#sale.story.ordering.awaitingCardBack' },
          { target: 'refused', actions: 'cardIsMute' },
        ],
      },
    },

    diagnosing: {
      tags: 'money at risk',
      invoke: [
        {
          src: 'journal',
          input: ({ context: { saleId, insertionId, serial } }) =>
            serial === null ? [] : [{ type: 'session.opened', saleId, insertionId, serial }],
          // A visit that is not on disk goes no further; what is in an order waits there for its card.
          onError: [
            {
              guard: 'ownOrder',
              target: '#sale.story.ordering.ending',
              actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
            },
            { target: '#sale.story.leaving' },
          ],
        },
        {
          src: 'diagnose',
          id: 'diagnose',
          input: ({ context }) => context,
          onDone: [
            {
              guard: {
                type: 'insertionSays',
                params: ({ event }) => ({ answer: event.output, what: 'look again' }),
              },
              target: 'looking',
              actions: { type: 'lookAgain', params: ({ event }) => ({ answer: event.output }) },
            },
            {
              guard: {
                type: 'insertionSays',
                params: ({ event }) => ({ answer: event.output, what: 'own order loaded' }),
              },
              target: '#sale.story.ordering.journallingFound',
              actions: { type: 'takeInsertion', params: ({ event }) => ({ answer: event.output }) },
            },
            {
              guard: {
                type: 'insertionSays',
                params: ({ event }) => ({ answer: event.output, what: 'own order open' }),
              },
              target: '#sale.story.ordering.writingAgain',
              actions: [
                { type: 'takeInsertion', params: ({ event }) => ({ answer: event.output }) },
                assign({ cardState: 'clean' }),
              ],
            },
            // The card of another customer came instead of the one that is awaited.
            {
              guard: 'ownOrder',
              target: '#sale.story.ordering.awaitingCardBack',
              actions: 'cardIsAnother',
            },
            // The account belongs to a card that is gone: whoever is here now is not to see it, nor to pay into it.
            { guard: 'cardChanged', target: '#sale.story.ended' },
            // First the slip that was missing, and what became of the older purchase; then what the card is here for.
            {
              guard: { type: 'healed', params: ({ event }) => ({ answer: event.output }) },
              target: '#sale.story.leaving.preparingReceipt',
              actions: [
                { type: 'takeInsertion', params: ({ event }) => ({ answer: event.output }) },
                { type: 'takeRefusal', params: ({ event }) => ({ answer: event.output }) },
                'heal',
              ],
            },
            {
              guard: {
                type: 'insertionSays',
                params: ({ event }) => ({ answer: event.output, what: 'can sell' }),
              },
              target: 'account',
              actions: { type: 'takeInsertion', params: ({ event }) => ({ answer: event.output }) },
            },
            {
              guard: {
                type: 'insertionSays',
                params: ({ event }) => ({ answer: event.output, what: 'open order' }),
              },
              target: 'openOrder',
              actions: [
                { type: 'takeInsertion', params: ({ event }) => ({ answer: event.output }) },
                { type: 'takeOpenOrder', params: ({ event }) => ({ answer: event.output }) },
              ],
            },
            {
              guard: {
                type: 'insertionSays',
                params: ({ event }) => ({ answer: event.output, what: 'refused' }),
              },
              target: 'refused',
              actions: [
                { type: 'takeInsertion', params: ({ event }) => ({ answer: event.output }) },
                { type: 'takeRefusal', params: ({ event }) => ({ answer: event.output }) },
              ],
            },
            { target: 'refused', actions: 'centreIsAway' },
          ],
          onError: [
            { guard: 'ownOrder', target: '#sale.story.ordering.awaitingCardBack' },
            { guard: 'cardChanged', target: '#sale.story.ended' },
            { target: 'refused', actions: 'centreIsAway' },
          ],
        },
      ],
    },

    healed: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.continue': 'afterHealing',
        'press.print again': [
          { guard: 'notPrinted', target: '#sale.story.leaving.printing' },
          {
            guard: 'mayRepeat',
            target: '#sale.story.leaving.preparingReceipt',
            actions: 'oneMoreCopy',
          },
        ],
        'press.cancel': '#sale.story.leaving',
        'press.done': '#sale.story.leaving',
        'patience.ended': '#sale.story.leaving',
        'card.removed': '#sale.story.leaving.goodbye',
      },
    },
    afterHealing: {
      entry: ['forgetSlip', assign({ healing: false, receiptProof: null })],
      always: [{ guard: 'refusalKnown', target: 'refused' }, { target: 'account' }],
    },

    account: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      on: {
        'press.buy': { guard: 'canBuy', target: '#sale.story.choosing' },
        'press.enquire': 'enquiry',
        'press.redeem': '#sale.story.redeeming',
        'press.cancel': '#sale.story.leaving',
        'patience.ended': '#sale.story.leaving',
        'card.removed': '#sale.story.ended',
      },
    },

    enquiry: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      on: {
        'press.back': 'account',
        // Where nothing can be paid with, the account says so.
        'press.buy': [{ guard: 'canBuy', target: '#sale.story.choosing' }, { target: 'account' }],
        'press.cancel': '#sale.story.leaving',
        'patience.ended': '#sale.story.leaving',
        'card.removed': '#sale.story.ended',
      },
    },

    refused: {
      tags: 'customer',
      entry: [
        assign({
          outcome: ({ context: { outcome } }) =>
            outcome.kind === 'nothing bought' ? { kind: 'refused' } : outcome,
        }),
        raise({ type: 'patience.start' }),
      ],
      on: {
        'press.deposit': { guard: 'depositOffered', target: '#sale.story.paying.insertingNotes' },
        'press.cancel': '#sale.story.leaving',
        'press.done': '#sale.story.leaving',
        'press.service': {
          guard: 'serviceCardIn',
          target: '#sale.story.leaving',
          actions: assign({ service: ({ context }) => personOfCard(context.look) }),
        },
        'patience.ended': '#sale.story.leaving',
        'card.removed': '#sale.story.ended',
      },
    },

    openOrder: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      on: {
        'press.finish order': '#sale.story.ordering.writing',
        'press.return order': {
          guard: 'mayReturn',
          target: '#sale.story.ordering.journallingReturn',
        },
        // The order stays open: this card finishes it another day.
        'press.cancel': '#sale.story.leaving',
        'patience.ended': '#sale.story.leaving',
        'card.removed': '#sale.story.ended',
      },
    },
  },
})
