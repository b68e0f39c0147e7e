// The maintenance mode: somebody proves who they are, looks, tests, changes what wears out, and hands the kiosk back.
//
// It runs only while nobody is being served. Every act is journalled under the number of the person, and none of them touches
// money: notes in a test go back, no card is written, sums and counters are only looked at.
import { cast } from './servicing-cast.ts'
import { actOf, begunBy, endOf, openingOf, settingOf, signedIn } from './servicing-context.ts'
import { pages } from './servicing-pages.ts'
import { signingIn } from './servicing-sign-in.ts'
import { testing } from './servicing-tests.ts'

export const servicing = cast.createMachine({
  id: 'servicing',
  context: ({ input }) => ({
    ...input,
    keyBack: false,
    typed: '',
    name: input.number ?? '',
    person: null,
    visitId: null,
    checked: null,
    page: 'menu',
    said: null,
    act: { act: '', result: '' },
    setting: null,
    paperTest: null,
    tested: null,
    answerMs: null,
    next: null,
    opening: 'as it is',
    reason: 'maintenance',
  }),
  invoke: { src: 'ticks' },
  on: {
    // What a page shows of the devices goes on while it is looked at.
    tick: {},
    'service-key.turned': [{ guard: 'turnedBack', actions: 'keyIsBack' }, { actions: 'keyIsOn' }],
    'kiosk.closed': {
      actions: { type: 'closedByOffice', params: ({ event }) => ({ closed: event.how }) },
    },
    'kiosk.opened': { actions: { type: 'closedByOffice', params: { closed: null } } },
    'card.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
    'card-reader.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
    'note-acceptor.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
    'receipt-printer.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
    'bank-terminal.*': { actions: { type: 'hearDevice', params: ({ event }) => ({ event }) } },
  },
  initial: 'signingIn',
  output: ({ context: { next } }) => ({ next }),
  states: {
    signingIn,

    begun: {
      invoke: {
        src: 'journal',
        input: ({ context }) => begunBy(context),
        onDone: [{ guard: 'exchangeIsOpen', target: 'exchanging' }, { target: 'pages' }],
        // With a disk that fails nothing is put on record; that is what somebody has come for.
        onError: { target: 'pages', actions: 'journalFailed' },
      },
    },

    pages,

    /** What was done is on the disk before it is said. */
    journallingAct: {
      invoke: {
        src: 'journal',
        input: ({ context }) => actOf(context),
        onDone: 'pages',
        onError: { target: 'pages', actions: ['journalFailed', 'sayNotSaved'] },
      },
    },

    savingSetting: {
      invoke: {
        src: 'saveSetting',
        input: ({ context }) => settingOf(context),
        onDone: { target: 'journallingAct', actions: ['tellSetting', 'saySaved'] },
        onError: { target: 'pages', actions: 'sayNotSaved' },
      },
    },

    askingCentre: {
      invoke: {
        src: 'askCentre',
        onDone: {
          target: 'journallingAct',
          actions: { type: 'centreAnswered', params: ({ event }) => ({ answerMs: event.output }) },
        },
        onError: {
          target: 'journallingAct',
          actions: { type: 'centreAnswered', params: { answerMs: null } },
        },
      },
    },

    /** It stands over every restart, so it is journalled before anybody hears of it. */
    journallingOpening: {
      invoke: {
        src: 'journal',
        input: ({ context }) => openingOf(context),
        onDone: { target: 'pages', actions: ['openingIsDone', 'sayOpening', 'staysAsItIs'] },
        onError: { target: 'pages', actions: ['journalFailed', 'sayNotSaved'] },
      },
    },

    testing,

    exchanging: {
      invoke: {
        src: 'exchangingCashBox',
        id: 'exchange',
        input: ({ context }) => signedIn(context),
        onDone: {
          target: 'pages',
          actions: [
            { type: 'exchangeEnded', params: ({ event }) => ({ end: event.output.kind }) },
            'tellBox',
          ],
        },
      },
      on: {
        'press.*': { actions: 'tellExchange' },
        'note-acceptor.*': {
          actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellExchange'],
        },
        'receipt.*': { actions: 'tellExchange' },
        'receipt-printer.*': {
          actions: [{ type: 'hearDevice', params: ({ event }) => ({ event }) }, 'tellExchange'],
        },
      },
    },

    /** Everything that customers need is looked at once more before they come. */
    handingBack: {
      entry: 'sayNothing',
      on: {
        'press.choose': [
          {
            guard: { type: 'handsBack', params: { choice: 'open' } },
            target: 'leaving',
            actions: 'opens',
          },
          {
            guard: { type: 'handsBack', params: { choice: 'leave closed' } },
            target: 'leaving',
            actions: 'staysClosed',
          },
          {
            guard: { type: 'handsBack', params: { choice: 'leave' } },
            target: 'leaving',
            actions: 'staysAsItIs',
          },
        ],
        'press.cancel': { guard: 'mayStay', target: 'pages' },
        'service-key.turned': { guard: 'turnedOn', target: 'pages', actions: 'keyIsOn' },
      },
      after: { handBackPatience: { target: 'nobodyThere', actions: 'staysAsItIs' } },
    },

    leaving: {
      invoke: {
        src: 'journal',
        input: ({ context }) => endOf(context, context.next === null ? 'left' : 'restart'),
        onDone: [
          { guard: 'restarts', target: 'announcing' },
          { target: 'done', actions: 'openingIsDone' },
        ],
        onError: [
          { guard: 'restarts', target: 'announcing', actions: 'journalFailed' },
          { target: 'done', actions: 'journalFailed' },
        ],
      },
    },
    announcing: { after: { restartPause: 'done' } },

    /** Whoever was here has gone. The kiosk stays as it was: open to its customers, or closed. */
    nobodyThere: {
      invoke: {
        src: 'journal',
        input: ({ context }) => endOf(context, 'nobody there'),
        onDone: 'done',
        onError: { target: 'done', actions: 'journalFailed' },
      },
    },

    done: { type: 'final' },
  },
})
