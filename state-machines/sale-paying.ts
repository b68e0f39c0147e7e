// Notes go in and the energy grows; then the customer confirms, or the money goes to the account.
import { and, assign, raise, sendTo } from 'xstate'
import { minor } from '../domain/money.ts'
import { cast } from './sale-cast.ts'
import type { SaleContext } from './sale-context.ts'
import { inserted } from './taking-cash.ts'

export const paying = cast.createStateConfig({
  initial: 'insertingNotes',
  states: {
    insertingNotes: {
      type: 'parallel',
      tags: ['money at risk', 'customer'],
      entry: [
        assign({ tender: 'cash' }),
        raise({ type: 'patience.start' }),
        { type: 'tellStrays', params: { type: 'paying.begun' } },
      ],
      on: {
        'press.finish paying': {
          guard: 'cashIsIn',
          actions: sendTo('takingCash', { type: 'paying.finish' }),
        },
        'press.cancel': { actions: sendTo('takingCash', { type: 'paying.cancel' }) },
        'patience.ended': {
          actions: ['giveUp', sendTo('takingCash', { type: 'paying.cancel' })],
        },
        'card.removed': {
          actions: ['giveUp', sendTo('takingCash', { type: 'paying.cancel' })],
        },
        'note-acceptor.*': { actions: sendTo('takingCash', ({ event }) => event) },
        'note.*': { actions: sendTo('takingCash', ({ event }) => event) },
      },
      states: {
        notes: {
          invoke: {
            src: 'takingCash',
            id: 'takingCash',
            input: ({ context }) => ({
              saleId: context.saleId,
              ids: context.ids,
              target: context.quote?.tender ?? null,
              most: context.mostCash,
              values: context.cashValues,
              notes: context.notes,
            }),
            onSnapshot: {
              actions: { type: 'followCash', params: ({ event }) => event.snapshot.context },
            },
            onDone: {
              target: '#sale.story.paying.counting',
              actions: [
                { type: 'takeCash', params: ({ event }) => event.output },
                { type: 'tellStrays', params: ({ context }) => payingEnded(context) },
              ],
            },
            // As a fault of ours anywhere in a sale: the next start asks the acceptor and settles.
          },
        },
        price: {
          initial: 'known',
          states: {
            known: { always: { guard: 'priceIsBehind', target: 'asking' } },
            asking: {
              entry: 'askPriceOfCash',
              invoke: {
                src: 'askQuote',
                input: ({ context }) => ({
                  context,
                  wish: { kind: 'money', tender: inserted(context.notes) },
                }),
                onDone: {
                  target: 'known',
                  actions: { type: 'takePrice', params: ({ event }) => ({ answer: event.output }) },
                },
                onError: { target: 'known', actions: 'priceUnknown' },
              },
            },
          },
        },
      },
    },

    // The acceptor is closed and idle: the sum is final.
    counting: {
      tags: 'money at risk',
      entry: raise({ type: 'patience.stop' }),
      always: [
        {
          guard: 'noteLost',
          target: '#sale.story.ordering.ending',
          actions: { type: 'mishapIs', params: { mishap: 'note unaccounted for' } },
        },
        { guard: 'acceptorLetDown', target: 'withoutAcceptor' },
        { guard: 'nothingIn', target: '#sale.story.leaving' },
        { guard: 'gaveUp', target: '#sale.story.ordering.ending' },
        { guard: 'cancelled', target: 'confirmingCancel' },
        { guard: 'deposit', target: 'confirmingDeposit' },
        {
          guard: 'tooLittleToGoOn',
          target: '#sale.story.ordering.ending',
          actions: { type: 'mishapIs', params: { mishap: 'note acceptor failed' } },
        },
        { guard: and(['moreThanChosen', 'allPriced']), target: 'decidingRest' },
        { guard: 'moreThanChosen', target: 'pricingAll' },
        { target: 'pricingPaid', actions: { type: 'payWith', params: { what: 'all' } } },
      ],
    },

    // The acceptor gave out before it took anything: another tender may do.
    withoutAcceptor: {
      always: [
        { guard: 'cardIsOut', target: '#sale.story.ended' },
        { guard: 'deposit', target: '#sale.story.leaving' },
        { target: '#sale.story.choosing.tender' },
      ],
    },

    // What all of it would buy is said before the customer is asked; more than may be sold is not offered.
    pricingAll: {
      tags: 'money at risk',
      entry: 'askPriceOfCash',
      invoke: {
        src: 'askQuote',
        input: ({ context }) => ({
          context,
          wish: { kind: 'money', tender: inserted(context.notes) },
        }),
        onDone: [
          {
            guard: { type: 'quoted', params: ({ event }) => ({ answer: event.output }) },
            target: 'decidingRest',
            actions: { type: 'takePrice', params: ({ event }) => ({ answer: event.output }) },
          },
          {
            guard: ({ event }) => event.output.kind === 'answered',
            target: 'pricingPaid',
            actions: { type: 'payWith', params: { what: 'chosen' } },
          },
          {
            target: '#sale.story.ordering.ending',
            actions: { type: 'mishapIs', params: { mishap: 'centre did not answer' } },
          },
        ],
        onError: {
          target: '#sale.story.ordering.ending',
          actions: { type: 'mishapIs', params: { mishap: 'centre did not answer' } },
        },
      },
    },

    decidingRest: {
      tags: ['money at risk', 'customer'],
      entry: raise({ type: 'patience.start' }),
      always: { guard: 'cardChanged', target: '#sale.story.ordering.ending' },
      on: {
        'press.rest': [
          {
            guard: ({ event }) => event.to === 'account',
            target: 'pricingPaid',
            actions: { type: 'payWith', params: { what: 'chosen' } },
          },
          { target: 'pricingPaid', actions: { type: 'payWith', params: { what: 'all' } } },
        ],
        'press.cancel': 'confirmingCancel',
        'patience.ended': '#sale.story.ordering.ending',
        'card.removed': '#sale.story.ordering.ending',
      },
    },

    // The price of what is really paid: the first may be of another amount, or have run out.
    pricingPaid: {
      tags: 'money at risk',
      entry: assign({ requotes: ({ context }) => context.requotes + 1 }),
      invoke: {
        src: 'askQuote',
        input: ({ context }) => ({
          context,
          wish: { kind: 'money', tender: context.paying ?? context.quote?.tender ?? minor(0) },
        }),
        onDone: [
          {
            guard: { type: 'quoted', params: ({ event }) => ({ answer: event.output }) },
            target: 'confirming',
            actions: { type: 'takeQuote', params: ({ event }) => ({ answer: event.output }) },
          },
          {
            guard: ({ event }) => event.output.kind === 'answered',
            target: '#sale.story.ordering.ending',
            actions: { type: 'mishapIs', params: { mishap: 'order refused' } },
          },
          {
            target: '#sale.story.ordering.ending',
            actions: { type: 'mishapIs', params: { mishap: 'centre did not answer' } },
          },
        ],
        onError: {
          target: '#sale.story.ordering.ending',
          actions: { type: 'mishapIs', params: { mishap: 'centre did not answer' } },
        },
      },
    },

    confirming: {
      tags: ['money at risk', 'customer'],
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      always: [
        // Taken away while the price was asked.
        { guard: and(['cardChanged', 'moneyIsIn']), target: '#sale.story.ordering.ending' },
        {
          guard: 'paymentUnknown',
          target: '#sale.story.ordering.ending',
          actions: { type: 'mishapIs', params: { mishap: 'payment unknown' } },
        },
        { guard: 'cardChanged', target: '#sale.story.ended' },
        // The terminal has lost patience: another tender may do.
        { guard: 'paymentUndone', target: '#sale.story.choosing.tender' },
      ],
      on: {
        'press.confirm': '#sale.story.ordering.journallingOrder',
        'press.back': { guard: 'paidByAccount', target: '#sale.story.choosing.tender' },
        'press.cancel': [
          { guard: 'moneyIsIn', target: 'confirmingCancel' },
          { target: '#sale.story.leaving' },
        ],
        'patience.ended': [
          { guard: 'moneyIsIn', target: '#sale.story.ordering.ending' },
          { target: '#sale.story.leaving' },
        ],
        'card.removed': [
          { guard: 'moneyIsIn', target: '#sale.story.ordering.ending' },
          { target: '#sale.story.ended' },
        ],
      },
    },

    confirmingDeposit: {
      tags: ['money at risk', 'customer'],
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.confirm': '#sale.story.ordering.ending',
        'press.keep going': { guard: 'cashWorks', target: 'insertingNotes' },
        'patience.ended': '#sale.story.ordering.ending',
        'card.removed': '#sale.story.ordering.ending',
      },
    },

    // What happens to the money, before it happens.
    confirmingCancel: {
      tags: ['money at risk', 'customer'],
      entry: ['goOn', raise({ type: 'patience.start' })],
      exit: raise({ type: 'patience.stop' }),
      // Nothing is left to cancel.
      always: { guard: and(['paymentEnded', 'paidThroughBank']), target: 'confirming' },
      on: {
        'press.keep going': [
          { guard: 'paymentHeld', target: 'confirming' },
          { guard: 'mayInsertMore', target: 'insertingNotes' },
          { target: 'counting' },
        ],
        'press.cancel': '#sale.story.ordering.ending',
        'press.confirm': '#sale.story.ordering.ending',
        'patience.ended': '#sale.story.ordering.ending',
        'card.removed': '#sale.story.ordering.ending',
      },
    },
  },
})

/** From here on a note that turns up late is for others to look after. */
const payingEnded = ({ saleId, unknownNotes }: SaleContext) => ({
  type: 'paying.ended' as const,
  lost: unknownNotes.map((note) => ({ ...note, saleId })),
})
