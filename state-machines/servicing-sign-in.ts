// Signing in: the number, from the service card or typed, and the PIN of whoever has it.
import { cast } from './servicing-cast.ts'
import { refusedTry } from './servicing-context.ts'

export const signingIn = cast.createStateConfig({
  initial: 'beginning',
  states: {
    beginning: {
      always: [{ guard: 'numberIsKnown', target: 'typingPin' }, { target: 'typingNumber' }],
    },

    typingNumber: {
      entry: 'forgetName',
      always: { guard: 'keyIsBack', target: '#servicing.done' },
      after: { signInPatience: '#servicing.done' },
      on: {
        'press.digit': { actions: { type: 'typeDigit', params: ({ event }) => event } },
        'press.erase': { actions: 'erase' },
        'press.confirm': { guard: 'enoughTyped', target: 'typingPin', actions: 'nameIsTyped' },
        'press.cancel': '#servicing.done',
      },
    },

    typingPin: {
      always: { guard: 'keyIsBack', target: '#servicing.done' },
      after: { signInPatience: '#servicing.done' },
      on: {
        'press.digit': { actions: { type: 'typeDigit', params: ({ event }) => event } },
        'press.erase': { actions: 'erase' },
        'press.confirm': { guard: 'enoughTyped', target: 'checking' },
        'press.cancel': [
          { guard: 'numberIsKnown', target: '#servicing.done' },
          { target: 'typingNumber' },
        ],
      },
    },

    checking: {
      invoke: {
        src: 'checkPerson',
        input: ({ context: { name, typed } }) => ({ number: name, pin: typed }),
        onDone: {
          target: 'checked',
          actions: { type: 'checkedAs', params: ({ event }) => ({ checked: event.output }) },
        },
        // The count of tries cannot be put on the disk: nobody is let in without it.
        onError: '#servicing.done',
      },
    },
    checked: {
      always: [
        { guard: 'isPerson', target: '#servicing.begun' },
        { guard: 'wasWrong', target: 'journallingRefused' },
        { target: 'locked' },
      ],
    },

    journallingRefused: {
      entry: { type: 'say', params: { sentence: 'wrong', mark: 'wrong' } },
      invoke: {
        src: 'journal',
        input: ({ context }) => refusedTry(context),
        onDone: [{ guard: 'isLocked', target: 'locked' }, { target: 'beginning' }],
        onError: { target: '#servicing.done', actions: 'journalFailed' },
      },
    },

    locked: {
      always: { guard: 'keyIsBack', target: '#servicing.done' },
      after: { lockLeft: 'beginning', signInPatience: '#servicing.done' },
      on: { 'press.cancel': '#servicing.done' },
    },
  },
})
