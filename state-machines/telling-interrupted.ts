// After a stop in the middle of a purchase: whoever may still be standing there is told where the money is (P4, P7).
import { assign } from 'xstate'
import { cast } from './kiosk-cast.ts'

/**
 * The notes have been resolved; the centre is given a little time to settle the sale. A press, a card or the time-out ends
 * it, and the kiosk serves; the slip is printed all the same.
 */
export const tellingInterrupted = cast.createStateConfig({
  initial: 'looking',
  states: {
    looking: {
      tags: 'money at risk',
      invoke: {
        src: 'findInterrupted',
        onDone: [
          {
            guard: ({ event }) =>
              event.output.every(({ onScreen, slipOwed }) => !onScreen && !slipOwed),
            target: '#kiosk.service.outOfService',
          },
          { target: 'settling' },
        ],
        onError: '#kiosk.service.outOfService',
      },
    },

    settling: {
      tags: 'money at risk',
      on: { 'sales.tried': 'finding' },
      after: { settlingPatience: 'finding' },
    },

    finding: {
      tags: 'money at risk',
      invoke: {
        src: 'findInterrupted',
        onDone: {
          target: 'choosing',
          actions: [
            { type: 'takeInterrupted', params: ({ event }) => ({ sales: event.output }) },
            'slipsBegin',
          ],
        },
        onError: '#kiosk.service.outOfService',
      },
    },
    choosing: {
      always: [
        { guard: 'someoneToTell', target: 'telling' },
        { target: '#kiosk.service.outOfService' },
      ],
    },

    telling: {
      initial: 'shown',
      exit: assign({ interrupted: [] }),
      on: {
        'press.done': '#kiosk.service.outOfService',
        'press.cancel': '#kiosk.service.outOfService',
        'card.inserted': '#kiosk.service.outOfService',
        'card.unusable': '#kiosk.service.outOfService',
      },
      after: { tellingPatience: '#kiosk.service.outOfService' },
      states: {
        // What the centre or the printer does meanwhile is shown at once.
        shown: { on: { 'sales.tried': 'lookingAgain', 'slip.printed': 'lookingAgain' } },
        lookingAgain: {
          invoke: {
            src: 'findInterrupted',
            onDone: {
              target: 'shown',
              actions: assign({
                // A slip on paper does not take the screen away from whoever is reading it.
                interrupted: ({ context, event }) =>
                  context.interrupted.map((told) => ({
                    ...(event.output.find(({ saleId }) => saleId === told.saleId) ?? told),
                    onScreen: told.onScreen,
                  })),
              }),
            },
            onError: 'shown',
          },
        },
      },
    },
  },
})
