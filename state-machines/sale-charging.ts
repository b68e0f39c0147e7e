// The customer pays through a bank: at the terminal until the bank has agreed; at the end the payment is kept or undone.
// Between the two the story goes on, while the terminal holds the payment.
import { and, assign, raise, sendTo } from 'xstate'
import { cast } from './sale-cast.ts'
import { askedNow } from './sale-payment.ts'

/** A part of the story. */
export const charging = cast.createStateConfig({
  initial: 'atTerminal',
  states: {
    // The customer looks at the terminal, which has a patience of its own.
    atTerminal: {
      tags: 'money at risk',
      entry: [raise({ type: 'patience.stop' }), raise({ type: 'charging.wanted' })],
      always: [
        { guard: and(['paymentHeld', 'notWantedAnyMore']), target: '#sale.story.ordering.ending' },
        { guard: 'paymentHeld', target: '#sale.story.paying.confirming' },
        {
          guard: 'paymentUnknown',
          target: '#sale.story.ordering.ending',
          actions: { type: 'mishapIs', params: { mishap: 'payment unknown' } },
        },
        { guard: and(['paymentUndone', 'cardChanged']), target: '#sale.story.ended' },
        { guard: and(['paymentUndone', 'cancelled']), target: '#sale.story.leaving' },
        { guard: 'paymentUndone', target: '#sale.story.choosing.tender' },
      ],
      on: {
        'press.cancel': {
          actions: [assign({ cancelled: true }), raise({ type: 'charging.cancel' })],
        },
        'card.removed': { actions: ['giveUp', raise({ type: 'charging.cancel' })] },
      },
    },

    keeping: {
      tags: 'money at risk',
      entry: raise({ type: 'charging.keep' }),
      always: { guard: 'paymentEnded', target: '#sale.story.ordering.ending' },
    },
    refusing: {
      tags: 'money at risk',
      entry: raise({ type: 'charging.refuse' }),
      always: { guard: 'paymentEnded', target: '#sale.story.ordering.ending' },
    },
  },
})

/** Beside the story: the payment, from the choice of its tender to its end. */
export const payment = cast.createStateConfig({
  initial: 'none',
  on: { 'story.ended': '.over' },
  states: {
    none: { on: { 'charging.wanted': 'charging' } },
    charging: {
      tags: 'money at risk',
      invoke: {
        src: 'chargingBankCard',
        id: 'charging',
        input: ({ context }) => askedNow(context),
        onSnapshot: {
          actions: { type: 'followPayment', params: ({ event }) => event.snapshot.context },
        },
        onDone: {
          target: 'none',
          actions: [
            { type: 'followPayment', params: ({ event }) => event.output },
            raise({ type: 'payment.over' }),
          ],
        },
        // A fault of ours ends the program; the next start asks the terminal.
      },
      on: {
        'charging.cancel': { actions: sendTo('charging', ({ event }) => event) },
        'charging.keep': { actions: sendTo('charging', ({ event }) => event) },
        'charging.refuse': { actions: sendTo('charging', ({ event }) => event) },
        'payment.*': { actions: sendTo('charging', ({ event }) => event) },
      },
    },
    over: { type: 'final' },
  },
})
