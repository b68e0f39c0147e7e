// The cash box is exchanged: counted blind or sealed, taken out, another put in, and told on paper and on the screen.
//
// Each step is in the journal before the next is asked for, so whoever comes after a stop goes on where it stood. What the
// journal has in the box is shown to nobody before the count (money-safety.md 10, T8).
import { and } from 'xstate'
import { cast, journalling, typing } from './exchanging-cast.ts'
import {
  begunBy,
  countBy,
  exchangedBy,
  removedBy,
  sealedBy,
  stoppedBy,
} from './exchanging-context.ts'
import { telling } from './exchanging-telling.ts'

/** Between the new box and the end of it: nothing is signed for a box that is not in. */
const backToBox = cast.createStateConfig({ always: { guard: 'boxIsOut', target: 'puttingIn' } })

const stopIsChosen = { type: 'chose', params: { choice: 'stop exchange' } } as const

export const exchangingCashBox = cast.createMachine({
  id: 'exchangingCashBox',
  context: ({ input }) => ({
    ...input,
    values: [],
    twoPersons: true,
    boxIsOut: false,
    stock: null,
    exchange: null,
    resumed: false,
    asked: false,
    sensed: false,
    typed: '',
    counts: [],
    box: '',
    seal: '',
    witness: { number: '', person: null, refused: null },
    refusal: [],
    copy: 1,
    slip: null,
    printed: false,
    compared: false,
    pin: '',
    end: { kind: 'left open' },
  }),
  output: ({ context }) => context.end,
  on: {
    'note-acceptor.failed': {
      guard: { type: 'isCashBox', params: ({ event }) => ({ fault: event.fault.kind }) },
      actions: 'boxWentOut',
    },
    'note-acceptor.cleared': {
      guard: { type: 'isCashBox', params: ({ event }) => event },
      actions: 'boxCameIn',
    },
  },
  initial: 'takingUp',
  states: {
    takingUp: {
      invoke: {
        src: 'takeUp',
        onDone: {
          target: 'goingOn',
          actions: { type: 'takenUp', params: ({ event }) => ({ now: event.output }) },
        },
        onError: 'leftOpen',
      },
    },
    goingOn: {
      always: [
        { guard: 'noneStands', target: 'journallingBegun' },
        { guard: 'isExchanged', target: 'telling' },
        { guard: 'isRemoved', target: 'puttingIn' },
        { guard: 'isCounted', target: 'typingOldBox' },
        { target: 'choosingWay' },
      ],
    },
    journallingBegun: journalling(begunBy, 'choosingWay'),

    choosingWay: {
      entry: 'forgetCount',
      on: {
        'press.choose': [
          {
            guard: { type: 'chose', params: { choice: 'count here' } },
            target: 'counting',
            actions: 'isAsked',
          },
          {
            guard: { type: 'chose', params: { choice: 'count at the office' } },
            target: 'journallingSealed',
          },
          { guard: and(['mayStop', stopIsChosen]), target: 'journallingStopped' },
        ],
        'press.cancel': { guard: 'mayStop', target: 'journallingStopped' },
      },
      after: { exchangePatience: 'nobodyThere' },
    },

    // Blind: value by value, and nothing to hold it against.
    counting: {
      always: { guard: 'allCounted', target: 'checkingCount' },
      ...typing({ taken: 'countIsTyped', next: 'counting', back: 'takingBackCount' }),
    },
    takingBackCount: {
      always: [
        { guard: 'somethingCounted', target: 'counting', actions: 'takeBackCount' },
        { target: 'choosingWay' },
      ],
    },
    checkingCount: {
      on: {
        'press.confirm': 'journallingCount',
        'press.cancel': { target: 'counting', actions: 'takeBackCount' },
      },
      after: { exchangePatience: 'leftOpen' },
    },
    journallingCount: journalling(countBy, 'typingOldBox'),
    journallingSealed: journalling(sealedBy, 'typingOldBox'),

    typingOldBox: typing({ taken: 'boxIsTyped', next: 'typingOldSeal', back: 'doubting' }),
    typingOldSeal: typing({ taken: 'sealIsTyped', next: 'takingOut', back: 'typingOldBox' }),
    doubting: {
      on: {
        'press.choose': [
          { guard: { type: 'chose', params: { choice: 'exchange' } }, target: 'typingOldBox' },
          { guard: and(['mayStop', stopIsChosen]), target: 'journallingStopped' },
        ],
        'press.cancel': 'typingOldBox',
      },
      after: { exchangePatience: 'leftOpen' },
    },

    // The sensor of the acceptor says that it is out; where there is none, the person does.
    takingOut: {
      always: { guard: 'boxIsOut', target: 'journallingRemoved' },
      on: {
        'press.choose': [
          {
            guard: { type: 'chose', params: { choice: 'box is out' } },
            target: 'journallingRemoved',
          },
          { guard: and(['mayStop', stopIsChosen]), target: 'journallingStopped' },
        ],
        'press.cancel': 'typingOldBox',
      },
      after: { exchangePatience: 'leftOpen' },
    },
    journallingRemoved: journalling(removedBy, 'puttingIn'),

    puttingIn: {
      always: { guard: 'boxIsBack', target: 'typingNewBox' },
      on: {
        'press.choose': [
          { guard: 'boxMayBeIn', target: 'typingNewBox' },
          { guard: { type: 'chose', params: { choice: 'leave' } }, target: 'leftOpen' },
        ],
      },
      after: { exchangePatience: 'leftOpen' },
    },
    // An acceptor that is reset says for a moment that no box is missing: it is asked for again when that was not so.
    typingNewBox: {
      ...typing({ taken: 'boxIsTyped', next: 'typingNewSeal', back: 'waitingForBox' }),
      ...backToBox,
    },
    typingNewSeal: {
      ...typing({ taken: 'sealIsTyped', next: 'witnessing', back: 'typingNewBox' }),
      ...backToBox,
    },
    // A step back to the box: what the sensor said before is no answer any more.
    waitingForBox: { always: { target: 'puttingIn', actions: 'forgetSensor' } },

    witnessing: {
      always: [{ guard: 'needsWitness', target: 'typingWitness' }, { target: 'takingUpAgain' }],
    },
    typingWitness: {
      ...typing({ taken: 'witnessIsTyped', next: 'typingWitnessPin', back: 'typingNewSeal' }),
      ...backToBox,
    },
    typingWitnessPin: {
      ...typing({ taken: 'pinIsTyped', next: 'checkingWitness', back: 'typingWitness' }),
      ...backToBox,
    },
    checkingWitness: {
      invoke: {
        src: 'checkPerson',
        input: ({ context: { witness, pin } }) => ({ number: witness.number, pin }),
        onDone: {
          target: 'witnessChecked',
          actions: { type: 'witnessChecked', params: ({ event }) => ({ now: event.output }) },
        },
        // The count of tries cannot be put on the disk: nobody is let through without it.
        onError: 'leftOpen',
      },
    },
    witnessChecked: {
      always: [
        { guard: 'witnessIsThere', target: 'takingUpAgain' },
        { target: 'journallingRefused' },
      ],
    },
    journallingRefused: journalling(({ refusal }) => refusal, 'typingWitness'),
    // What is held against the count, on the screen and on paper, is what the journal has and the centre will read.
    takingUpAgain: {
      invoke: {
        src: 'takeUp',
        onDone: [
          { guard: 'boxIsOut', target: 'puttingIn' },
          {
            target: 'journallingDone',
            actions: { type: 'standsAsNow', params: ({ event }) => ({ now: event.output }) },
          },
        ],
        onError: 'leftOpen',
      },
    },
    journallingDone: journalling(exchangedBy, 'telling'),

    telling,

    journallingStopped: journalling(stoppedBy, 'notExchanged'),
    // Nothing was asked of anybody yet. Later the box may be out, on the word of the page, with no sensor to say so.
    nobodyThere: {
      always: [
        { guard: and(['mayStop', 'nothingAsked']), target: 'journallingStopped' },
        { target: 'leftOpen' },
      ],
    },

    exchanged: { entry: { type: 'endsAs', params: { kind: 'exchanged' } }, type: 'final' },
    notExchanged: { entry: { type: 'endsAs', params: { kind: 'not exchanged' } }, type: 'final' },
    /** It goes on with whoever comes next. */
    leftOpen: { entry: { type: 'endsAs', params: { kind: 'left open' } }, type: 'final' },
  },
})
