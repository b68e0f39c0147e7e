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
      entry: assign({ failedPrints: 0 }),
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
          actions: [assign({ printed: ({ event }) => ({ why: event.why }) }), 'printFailed'],
        },
      },
      after: {
        printingPatience: {
          target: 'telling',
          actions: [assign({ printed: { why: 'not answering' } }), 'printFailed'],
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
        onDone: [
          { guard: 'toldOnScreen', target: '#sale.story.reading.healed' },
          { guard: 'mishap', target: 'mishap' },
          { target: 'goodbye' },
        ],
        onError: [
          { guard: 'toldOnScreen', target: '#sale.story.reading.healed' },
          { guard: 'mishap', target: 'mishap' },
          { target: 'goodbye' },
        ],
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
        'press.print again': [
          { guard: 'notPrinted', target: 'printing' },
          { guard: 'mayRepeat', target: 'preparingReceipt', actions: 'oneMoreCopy' },
        ],
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
        'press.print again': [
          { guard: 'notPrinted', target: 'printing' },
          { guard: 'mayRepeat', target: 'preparingReceipt', actions: 'oneMoreCopy' },
        ],
        'press.take back': { guard: 'mayTakeBack', target: 'confirmingUndo' },
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

    // Asked once; nothing has happened yet (power-card.md 8.3).
    confirmingUndo: {
      tags: 'customer',
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.confirm': 'takingBack',
        'press.back': 'goodbye',
        'press.cancel': 'goodbye',
        'patience.ended': 'goodbye',
        'card.removed': 'goodbye',
      },
    },
    takingBack: {
      tags: 'money at risk',
      entry: raise({ type: 'undo.asked' }),
      invoke: {
        src: 'takingBack',
        id: 'takingBack',
        input: ({ context: { saleId, insertionId, order, card, ids } }) => {
          if (order === null) throw new Error('only an order is taken back')
          return { saleId, insertionId, order, line: card.line, ids }
        },
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'undone',
            target: 'preparingReceipt',
            actions: ['forgetSlip', { type: 'takeUndone', params: ({ event }) => event.output }],
          },
          {
            guard: ({ event }) => event.output.kind === 'unknown',
            target: 'preparingReceipt',
            actions: ['forgetSlip', 'undoIsUnknown'],
          },
          { target: 'goodbye', actions: assign({ undoFailed: true }) },
        ],
        onError: { target: 'preparingReceipt', actions: ['forgetSlip', 'undoIsUnknown'] },
      },
    },

    thanking: {
      on: {
        'press.done': '#sale.story.ended',
        'press.print again': [
          { guard: 'notPrinted', target: 'printing' },
          { guard: 'mayRepeat', target: 'preparingReceipt', actions: 'oneMoreCopy' },
        ],
        'card.inserted': '#sale.story.ended',
      },
      after: { thanksPatience: '#sale.story.ended' },
    },
  },
})
