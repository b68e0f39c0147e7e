// The money becomes an order, the order goes onto the card; whatever is left over is settled with the centre.
import { assign, enqueueActions, raise } from 'xstate'
import { cast } from './sale-cast.ts'
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
        onError: 'journallingClosing',
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
          // Only a card that was looked at since it went in is written on.
          { guard: 'cardChanged', target: 'awaitingCardBack' },
          { target: 'writing' },
        ],
        onError: {
          target: 'journallingClosing',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
      },
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
            target: 'journallingClosing',
            actions: { type: 'mishapIs', params: { mishap: 'order refused' } },
          },
        ],
        onError: {
          target: 'journallingClosing',
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
        onDone: 'journallingClosing',
        onError: 'journallingClosing',
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
            target: 'journallingClosing',
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
            actions: { type: 'takeWritten', params: ({ event }) => event.output },
          },
          {
            guard: ({ event }) => 'cardGone' in event.output && event.output.cardGone,
            target: 'awaitingCardBack',
          },
          // No script went out and the card is still here: the centre gives the money back to the account.
          {
            target: 'journallingClosing',
            actions: {
              type: 'mishapIs',
              params: ({ event }) => ({
                mishap:
                  event.output.kind === 'not begun' ? 'centre did not answer' : 'outcome unknown',
              }),
            },
          },
        ],
        onError: {
          target: 'journallingClosing',
          actions: { type: 'mishapIs', params: { mishap: 'outcome unknown' } },
        },
      },
    },

    // Proven not on the card after every attempt: the customer chooses (power-card.md 9.1).
    notWritten: {
      tags: ['money at risk', 'customer'],
      entry: raise({ type: 'patience.start' }),
      exit: raise({ type: 'patience.stop' }),
      on: {
        'press.finish order': 'writing',
        'press.return order': 'journallingReturn',
        'press.cancel': 'journallingReturn',
        'patience.ended': {
          target: 'journallingClosing',
          actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
        },
        'card.removed': {
          target: 'journallingClosing',
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
          target: 'journallingClosing',
          actions: { type: 'mishapIs', params: { mishap: 'card pulled while writing' } },
        },
        'press.done': {
          target: 'journallingClosing',
          actions: { type: 'mishapIs', params: { mishap: 'card pulled while writing' } },
        },
      },
      after: {
        cardBackPatience: {
          target: 'journallingClosing',
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
        onDone: { target: 'journallingClosing', actions: 'cardHasIt' },
        onError: { target: 'journallingClosing', actions: 'cardHasIt' },
      },
    },

    journallingReturn: {
      tags: 'money at risk',
      entry: 'newRequest',
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, order, requestId } }) =>
          order === null || requestId === null
            ? []
            : [{ type: 'order.returning', saleId, orderNumber: order.orderNumber, requestId }],
        onDone: 'returning',
        onError: {
          target: 'journallingClosing',
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
            target: 'journallingClosing',
            actions: { type: 'mishapIs', params: { mishap: 'card not written' } },
          },
        ],
        onError: {
          target: 'journallingClosing',
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
        onDone: 'journallingClosing',
        onError: 'journallingClosing',
      },
    },

    // Every sale with an order or a note in it is closed with the centre: nothing stays in between.
    journallingClosing: {
      tags: 'money at risk',
      entry: ['newRequest', raise({ type: 'patience.stop' })],
      invoke: {
        src: 'journal',
        input: ({ context: { saleId, firstInsertionId, requestId, notes } }) =>
          requestId === null
            ? []
            : [{ type: 'sale.closing', saleId, insertionId: firstInsertionId, requestId, notes }],
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
