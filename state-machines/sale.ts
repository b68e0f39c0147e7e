// One customer, card in to card out.
import { assign, raise } from 'xstate'
import { cast } from './sale-cast.ts'
import { charging, payment } from './sale-charging.ts'
import { choosing } from './sale-choosing.ts'
import { firstContext } from './sale-context.ts'
import { leaving } from './sale-leaving.ts'
import { ordering } from './sale-ordering.ts'
import { paying } from './sale-paying.ts'
import { reading } from './sale-reading.ts'
import { redeeming } from './redeeming.ts'
import { inserted } from './taking-cash.ts'

const again = { target: 'waiting', reenter: true } as const

/**
 * Five things at once: what is so whatever the story does; the payment, if it goes through a bank; the story; the customer's
 * patience, which runs while a state tagged `customer` waits for a person and ends in `patience.ended`; and the time in
 * which a purchase may be taken back.
 */
export const sale = cast.createMachine({
  id: 'sale',
  type: 'parallel',
  context: ({ input }) => firstContext(input),
  output: ({ context }) => ({
    saleId: context.saleId,
    end: context.mishap ?? context.outcome.kind,
    cash: inserted(context.notes),
    service: context.service,
  }),
  states: {
    // A region of its own, and the first: it hears what a state of the story hears too, and the story sees it done.
    facts: {
      initial: 'heard',
      on: { 'story.ended': '.over' },
      states: {
        heard: {
          on: {
            'press.language': { actions: assign({ language: ({ event }) => event.language }) },
            'tenders.changed': {
              actions: assign(({ event: { tenders, cashValues } }) => ({ tenders, cashValues })),
            },
            'card.removed': { actions: 'cardOut' },
            'card.inserted': {
              actions: {
                type: 'cardBack',
                params: ({ event }) => ({ card: { line: event.line, fci: event.fci } }),
              },
            },
          },
        },
        over: { type: 'final' },
      },
    },
    payment,
    story: {
      initial: 'reading',
      states: {
        reading,
        redeeming,
        choosing,
        paying,
        charging,
        ordering,
        leaving,
        ended: { type: 'final', entry: raise({ type: 'story.ended' }) },
      },
    },
    undo: {
      initial: 'notOffered',
      on: { 'story.ended': '.over' },
      states: {
        notOffered: { on: { 'undo.offered': 'offered' } },
        offered: {
          entry: assign({ undoable: true }),
          exit: assign({ undoable: false }),
          on: {
            'undo.asked': 'notOffered',
            // Without the card, and after it, the session is gone for ever (power-card.md 8.3).
            'card.removed': 'notOffered',
            'card.inserted': 'notOffered',
          },
          after: { undoPatience: 'notOffered' },
        },
        over: { type: 'final' },
      },
    },
    patience: {
      initial: 'resting',
      on: {
        'patience.stop': '.resting',
        'patience.start': '.waiting',
        'story.ended': '.over',
      },
      states: {
        resting: {},
        waiting: {
          on: { 'press.*': again, 'note.*': again },
          after: { customerPatience: 'warned' },
        },
        warned: {
          on: { 'press.*': again, 'note.*': again },
          after: {
            warningPatience: { target: 'resting', actions: raise({ type: 'patience.ended' }) },
          },
        },
        over: { type: 'final' },
      },
    },
  },
})
