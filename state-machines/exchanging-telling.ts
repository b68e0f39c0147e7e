// An exchange that is done is told: on paper, copy by copy, and on the screen, where what was expected is first seen.
//
// Paper decides nothing: what is not printed is on the screen.
import { cast, journalling } from './exchanging-cast.ts'
import { begunSlip, exchangeOf, queuedSlip, slipEntry } from './exchanging-context.ts'

export const telling = cast.createStateConfig({
  initial: 'next',
  states: {
    next: {
      always: [
        { guard: 'slipsLeft', target: 'preparingSlip', actions: 'copyIsDue' },
        { guard: 'wasCompared', target: 'done' },
        { target: 'comparing' },
      ],
    },
    preparingSlip: {
      invoke: {
        src: 'prepareSlip',
        input: ({ context }) => ({
          exchange: exchangeOf(context),
          copy: context.copy,
          begun: begunSlip(context),
        }),
        onDone: {
          target: 'journallingQueued',
          actions: { type: 'slipIs', params: ({ event }) => ({ slip: event.output }) },
        },
        onError: { target: 'comparing', actions: 'isNotPrinted' },
      },
    },
    journallingQueued: journalling(queuedSlip, 'printing'),
    printing: {
      entry: 'print',
      on: {
        'receipt.printed': {
          guard: { type: 'own', params: ({ event }) => event },
          target: 'journallingPrinted',
          actions: 'isPrinted',
        },
        'receipt.not-printed': {
          guard: { type: 'own', params: ({ event }) => event },
          target: 'journallingNotPrinted',
          actions: 'isNotPrinted',
        },
      },
      after: { printingPatience: { target: 'journallingNotPrinted', actions: 'isNotPrinted' } },
    },
    journallingPrinted: journalling((context) => slipEntry(context, 'yes'), 'next'),
    journallingNotPrinted: journalling((context) => slipEntry(context, 'no'), 'next'),

    comparing: {
      on: { 'press.confirm': { target: 'done', actions: 'isCompared' } },
      after: { lookingPatience: '#exchangingCashBox.exchanged' },
    },
    done: {
      on: {
        'press.choose': [
          {
            guard: { type: 'chose', params: { choice: 'print slip again' } },
            target: 'preparingSlip',
            actions: 'copyIsDue',
          },
          {
            guard: { type: 'chose', params: { choice: 'leave' } },
            target: '#exchangingCashBox.exchanged',
          },
        ],
        'press.confirm': '#exchangingCashBox.exchanged',
        'press.cancel': '#exchangingCashBox.exchanged',
      },
      after: { lookingPatience: '#exchangingCashBox.exchanged' },
    },
  },
})
