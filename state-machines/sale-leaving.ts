// Paper, card, goodbye.
import { assign, raise } from 'xstate'
import { cast } from './sale-cast.ts'

export const leaving = cast.createStateConfig({
  initial: 'choosingTheWayOut',
  states: {
    choosingTheWayOut: {
      entry: raise({ type: 'patience.stop' }),
      always: [{ guard: 'cardChanged', target: '#sale.story.ended' }, { target: 'takingCard' }],
    },

    preparingReceipt: {
      invoke: {
        src: 'prepareReceipt',
        input: ({ context }) => context,
        onDone: { target: 'printing', actions: assign({ receipt: ({ event }) => event.output }) },
        onError: {
          target: 'telling',
          actions: assign({ printed: { why: 'receipt could not be prepared' } }),
        },
      },
    },
    printing: {
      entry: [assign({ printed: 'printing' }), 'printReceipt'],
      on: {
        'receipt.printed': {
          guard: { type: 'ownReceipt', params: ({ event }) => event },
          target: 'telling',
          actions: assign({ printed: 'yes' }),
        },
        'receipt.not-printed': {
          guard: { type: 'ownReceipt', params: ({ event }) => event },
          target: 'telling',
          actions: assign({ printed: ({ event }) => ({ why: event.why }) }),
        },
      },
      after: {
        printingPatience: {
          target: 'telling',
          actions: assign({ printed: { why: 'not answering' } }),
        },
      },
    },
    telling: {
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, receipt, printed } }) => {
          if (receipt === null) return []
          const { jobId } = receipt
          return printed === 'yes'
            ? [{ type: 'receipt.printed', saleId, jobId }]
            : [
                {
                  type: 'receipt.not-printed',
                  saleId,
                  jobId,
                  why: typeof printed === 'object' ? printed.why : 'not asked',
                },
              ]
        },
        onDone: [{ guard: 'mishap', target: 'mishap' }, { target: 'goodbye' }],
        onError: [{ guard: 'mishap', target: 'mishap' }, { target: 'goodbye' }],
      },
    },
    goodbye: {
      always: [
        { guard: 'cardIsOut', target: 'thanking' },
        // The next customer is here already.
        { guard: 'freshCardIn', target: '#sale.story.ended' },
        { target: 'takingCard' },
      ],
    },

    // What happened, where the money is, what to do, whom to call, the reference.
    mishap: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.print again': { guard: 'notPrinted', target: 'printing' },
        'press.done': 'afterMishap',
        'press.cancel': 'afterMishap',
        'patience.ended': 'afterMishap',
      },
    },
    afterMishap: {
      always: [{ guard: 'cardChanged', target: '#sale.story.ended' }, { target: 'takingCard' }],
    },

    takingCard: {
      initial: 'calm',
      on: {
        'press.print again': { guard: 'notPrinted', target: 'printing' },
        'card.removed': [
          { guard: 'nothingHappened', target: '#sale.story.ended' },
          { target: 'thanking' },
        ],
      },
      states: {
        calm: { after: { cardUrgent: 'urgent' } },
        urgent: { after: { cardForgotten: '#sale.story.ended' } },
      },
    },

    thanking: {
      on: {
        'press.done': '#sale.story.ended',
        'press.print again': { guard: 'notPrinted', target: 'printing' },
        'card.inserted': '#sale.story.ended',
      },
      after: { thanksPatience: '#sale.story.ended' },
    },
  },
})
