// How much, and with what: an amount or an energy, its binding price, and the tender. No money has moved yet.
import { and, assign, raise } from 'xstate'
import { cast } from './sale-cast.ts'

export const choosing = cast.createStateConfig({
  initial: 'amount',
  on: {
    'press.cancel': '#sale.story.leaving',
    'patience.ended': '#sale.story.leaving',
    'card.removed': '#sale.story.ended',
  },
  states: {
    amount: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      on: {
        'press.amount by': {
          actions: assign({ by: ({ event }) => event.by, typed: '', problem: null }),
        },
        'press.digit': {
          guard: 'roomToType',
          actions: [
            'hush',
            assign({
              typed: ({ context, event }) => `${context.typed}${event.digit}`.replace(/^0+/, ''),
            }),
          ],
        },
        'press.erase': {
          actions: ['hush', assign({ typed: ({ context }) => context.typed.slice(0, -1) })],
        },
        'press.suggestion': {
          target: 'pricing',
          actions: { type: 'wishFor', params: ({ event }) => ({ units: event.value }) },
        },
        'press.continue': {
          guard: 'wishTyped',
          target: 'pricing',
          actions: { type: 'wishFor', params: ({ context }) => ({ units: Number(context.typed) }) },
        },
        'press.back': '#sale.story.reading.account',
      },
    },

    pricing: {
      invoke: {
        src: 'askQuote',
        input: ({ context }) => ({ context, wish: wished(context.wish) }),
        onDone: [
          {
            guard: { type: 'quoted', params: ({ event }) => ({ answer: event.output }) },
            target: 'tender',
            actions: { type: 'takeQuote', params: ({ event }) => ({ answer: event.output }) },
          },
          {
            guard: ({ event }) => event.output.kind === 'answered',
            target: 'amount',
            actions: { type: 'takeProblem', params: ({ event }) => ({ answer: event.output }) },
          },
          { target: '#sale.story.reading.refused', actions: 'centreIsAway' },
        ],
        onError: { target: '#sale.story.reading.refused', actions: 'centreIsAway' },
      },
    },

    tender: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      on: {
        'press.tender': [
          {
            guard: and(['cashWorks', ({ event }) => event.tender === 'cash']),
            target: '#sale.story.paying.insertingNotes',
            actions: assign({ tender: 'cash' }),
          },
          {
            guard: and(['accountPays', ({ event }) => event.tender === 'account']),
            target: '#sale.story.paying.confirming',
            actions: assign({ tender: 'account' }),
          },
          {
            guard: { type: 'waysOfPaying', params: ({ event }) => event },
            target: '#sale.story.charging',
            actions: [assign({ tender: ({ event }) => event.tender }), 'beginPayment'],
          },
        ],
        'press.back': 'amount',
      },
    },
  },
})

const wished = <Wish>(wish: Wish | null): Wish => {
  if (wish === null) throw new Error('a price is asked for a wish')
  return wish
}
