// The money becomes an order, the order goes onto the card; whatever is left over is settled with the centre.
import { and, assign, enqueueActions, raise, sendTo } from 'xstate'
import { cast } from './sale-cast.ts'
import { toldAtClosing } from './sale-payment.ts'
import { inserted } from './taking-cash.ts'

export const ordering = cast.createStateConfig({
  initial: 'journallingOrder',
  states: {
    journallingOrder: {
      tags: 'money at risk',
      entry: 'newRequest',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, requestId, quote, tender, notes } }) =>
          requestId === null || quote === null || tender === null
            ? []
            : [
                {
                  type: 'order.requesting',
                  saleId,
                  requestId,
                  quoteId: quote.quoteId,
                  tender,
                  amount: tender === 'cash' ? inserted(notes) : quote.tender,
                  ...(tender === 'cash' && { notes: notes.map(({ noteId }) => noteId) }),
                },
              ],
        onDone: 'requestingOrder',
        onError: 'ending',
      },
    },

    requestingOrder: {
      tags: 'money at risk',
      invoke: {
        src: 'requestOrder',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) =>
              event.output.kind === 'answered' && event.output.reply.kind === 'reserved',
            target: 'journallingReserved',
            actions: { type: 'takeOrder', params: ({ event }) => ({ answer: event.output }) },
          },
          {
            guard: ({ event }) =>
              event.output.kind === 'answered' || event.output.kind === 'refused',
            target: 'journallingRefused',
            actions: {
              type: 'noteOrderRefusal',
              params: ({ event }) => ({ answer: event.output }),
            },
          },
          {
            target: 'journallingOrderUnknown',
            actions: [
              { type: 'noteOrderRefusal', params: ({ event }) => ({ answer: event.output }) },
              { type: 'mishapIs', params: { mishap: 'centre did not answer' } },
            ],
          },
        ],
        onError: {
          target: 'journallingOrderUnknown',
          actions: { type: 'mishapIs', params: { mishap: 'centre did not answer' } },
        },
      },
    },

    journallingReserved: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, toAccount } }) =>
          order === null
            ? []
            : [
                {
                  type: 'order.reserved',
                  saleId,
                  orderNumber: order.orderNumber,
                  amount: order.tender,
                  toAccount,
                  energy: order.energy,
                },
              ],
        onDone: [
          // The terminal has undone the payment, or nobody knows: nothing is written for it.
          { guard: 'orderUnpaid', target: 'ending' },
          // Only a card that was looked at since it went in is written on.
          { guard: 'cardChanged', target: 'awaitingCardBack' },
          { target: 'writing' },
        ],
        onError: {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
      },
    },

    // The card was put back, and proven not to carry the order.
    writingAgain: {
      always: [{ guard: 'orderUnpaid', target: 'ending' }, { target: 'writing' }],
    },

    journallingRefused: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, orderRefusal } }) => [
          { type: 'order.refused', saleId, why: orderRefusal ?? 'no reason given' },
        ],
        onDone: [
          { guard: 'mayAskPriceAgain', target: '#sale.story.paying.pricingPaid' },
          {
            target: 'ending',
            actions: { type: 'mishapIs', params: { mishap: 'order refused' } },
          },
        ],
        onError: {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'order refused' } },
        },
      },
    },

    journallingOrderUnknown: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId } }) => [
          { type: 'order.unknown', saleId, why: 'the centre did not answer' },
        ],
        onDone: 'ending',
        onError: 'ending',
      },
    },

    writing: {
      tags: 'money at risk',
      entry: raise({ type: 'patience.stop' }),
      invoke: {
        src: 'writingCard',
        id: 'writingCard',
        input: ({ context: { saleId, insertionId, order, card, ids } }) => {
          if (order === null) throw new Error('only an order is written on a card')
          return { saleId, insertionId, order, line: card.line, ids }
        },
        onSnapshot: {
          actions: { type: 'followWriting', params: ({ event }) => event.snapshot.context },
        },
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'written',
            target: 'ending',
            actions: [
              { type: 'takeWritten', params: ({ event }) => event.output },
              enqueueActions(({ event, enqueue }) => {
                if (event.output.kind === 'written' && event.output.inSession) {
                  enqueue.raise({ type: 'undo.offered' })
                }
              }),
            ],
          },
          {
            guard: ({ event }) => event.output.kind === 'not written',
            target: 'notWritten',
            actions: [
              { type: 'takeWritten', params: ({ event }) => event.output },
              { type: 'takeCardState', params: ({ event }) => event.output },
            ],
          },
          {
            guard: and(['orderUnpaid', ({ event }) => event.output.kind === 'not begun']),
            target: 'ending',
            actions: { type: 'takeCardState', params: ({ event }) => event.output },
          },
          {
            guard: ({ event }) => 'cardGone' in event.output && event.output.cardGone,
            target: 'awaitingCardBack',
            actions: { type: 'takeCardState', params: ({ event }) => event.output },
          },
          // No script went out and the card is still here: the centre gives the money back.
          {
            target: 'ending',
            actions: [
              { type: 'takeCardState', params: ({ event }) => event.output },
              {
                type: 'mishapIs',
                params: ({ event }) => ({
                  mishap:
                    event.output.kind === 'not begun' ? 'centre did not answer' : 'outcome unknown',
                }),
              },
            ],
          },
        ],
        onError: {
          target: 'ending',
          actions: [
            assign({ cardState: 'undecided' }),
            { type: 'mishapIs', params: { mishap: 'outcome unknown' } },
          ],
        },
      },
      on: {
        'payment.over': {
          guard: 'orderUnpaid',
          actions: sendTo('writingCard', { type: 'writing.stop' }),
        },
      },
    },

    // Proven not on the card after every attempt: the customer chooses (power-card.md 9.1).
    notWritten: {
      tags: ['money at risk', 'customer'],
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      always: { guard: 'orderUnpaid', target: 'ending' },
      on: {
        'press.finish order': 'writing',
        'press.return order': 'journallingReturn',
        'press.cancel': 'journallingReturn',
        'patience.ended': {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
        'card.removed': {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
      },
    },

    // The same card, back within the time, settles it here and now; later it does at any kiosk.
    awaitingCardBack: {
      tags: 'money at risk',
      always: { guard: 'freshCardIn', target: '#sale.story.reading' },
      on: {
        'card.removed': { actions: assign({ otherCard: false }) },
        'press.cancel': {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card pulled while writing' } },
        },
        'press.done': {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card pulled while writing' } },
        },
      },
      after: {
        cardBackPatience: {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card pulled while writing' } },
        },
      },
    },

    // The card was put back and shows that the purchase had reached it.
    journallingFound: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order } }) =>
          order === null ? [] : [{ type: 'card.written', saleId, orderNumber: order.orderNumber }],
        onDone: { target: 'ending', actions: 'cardHasIt' },
        onError: { target: 'ending', actions: 'cardHasIt' },
      },
    },

    journallingReturn: {
      tags: 'money at risk',
      entry: ['newRequest', assign({ returnAsked: true })],
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, requestId } }) =>
          order === null || requestId === null
            ? []
            : [{ type: 'order.returning', saleId, orderNumber: order.orderNumber, requestId }],
        onDone: 'returning',
        onError: {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
      },
    },
    returning: {
      tags: 'money at risk',
      invoke: {
        src: 'requestReturn',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) =>
              event.output.kind === 'answered' && event.output.reply.kind === 'returned',
            target: 'journallingReturned',
            actions: [{ type: 'takeReturn', params: ({ event }) => ({ answer: event.output }) }],
          },
          {
            target: 'ending',
            actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
          },
        ],
        onError: {
          target: 'ending',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
      },
    },
    journallingReturned: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order } }) =>
          order === null
            ? []
            : [{ type: 'order.returned', saleId, orderNumber: order.orderNumber }],
        onDone: 'ending',
        onError: 'ending',
      },
    },

    // A payment gets its end before the sale is closed, and an order that goes back goes back before that.
    ending: {
      tags: 'money at risk',
      entry: raise({ type: 'patience.stop' }),
      always: [
        {
          guard: { type: 'due', params: { what: 'keep' } },
          target: '#sale.story.charging.keeping',
        },
        {
          guard: { type: 'due', params: { what: 'return the order' } },
          target: 'journallingReturn',
        },
        {
          guard: { type: 'due', params: { what: 'refuse' } },
          target: '#sale.story.charging.refusing',
        },
        // The centre is told what has become of it once the terminal has been asked.
        { guard: 'paymentUnknown', target: 'settled' },
        { target: 'journallingClosing' },
      ],
    },

    // Every sale with an order or money in it is closed with the centre: nothing stays in between.
    journallingClosing: {
      tags: 'money at risk',
      entry: 'newRequest',
      invoke: {
        src: 'journal',
        input: ({ context }) =>
          context.requestId === null
            ? []
            : [{ type: 'sale.closing', requestId: context.requestId, ...toldAtClosing(context) }],
        // A written card needs no answer to be told to the customer; the kiosk machine sends the closing on.
        onDone: [{ guard: 'written', target: 'settled' }, { target: 'closing' }],
        onError: 'settled',
      },
    },
    closing: {
      tags: 'money at risk',
      invoke: {
        src: 'requestClosing',
        input: ({ context }) => context,
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'answered',
            target: 'journallingSettled',
            actions: { type: 'takeClosing', params: ({ event }) => ({ answer: event.output }) },
          },
          { target: 'settled' },
        ],
        onError: 'settled',
      },
    },
    journallingSettled: {
      tags: 'money at risk',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, closing, written, order } }) =>
          closing === null
            ? []
            : [
                ...(written && order !== null
                  ? [
                      {
                        type: 'card.written' as const,
                        saleId,
                        orderNumber: order.orderNumber,
                      },
                    ]
                  : []),
                {
                  type: 'sale.settled',
                  saleId,
                  orderNumber: closing.order?.orderNumber ?? null,
                  ...(closing.order && { orderState: closing.order.state }),
                  toAccount: closing.toAccount,
                  toSuspense: closing.toSuspense,
                },
              ],
        onDone: 'settled',
        onError: 'settled',
      },
    },
    settled: {
      tags: 'money at risk',
      entry: 'nameOutcome',
      always: '#sale.story.leaving.preparingReceipt',
    },
  },
})
