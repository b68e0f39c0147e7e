// The first setup of a kiosk: from power-on to in service, one question a page. Every answer may be gone back to.
//
// Nothing here has money in it: no note is taken and nothing is charged. What was answered is kept by whoever runs this
// machine (`context.answers` after every step); a power cut leads back to where the technician was.
import { assign } from 'xstate'
import { found, isReady, notDone, onwards, settingUpCast } from './setting-up-cast.ts'
import { isQuestion, withModel, withoutDevice, withText } from './setup-answers.ts'

export const settingUp = settingUpCast.createMachine({
  id: 'settingUp',
  context: ({ input }) => ({
    ...input,
    problem: null,
    secret: '',
    device: 'cardReader',
    only: null,
    lines: [],
    searched: false,
    tested: {},
    looking: false,
    report: [],
    paper: 'none',
  }),
  initial: 'arriving',
  on: {
    'press.language': {
      actions: assign(({ context: { answers }, event: { language } }) => ({
        answers: { ...answers, language },
      })),
    },
  },
  states: {
    arriving: {
      always: [
        { guard: 'atLanguage', target: 'language' },
        { guard: 'atQuestion', target: 'asking' },
        { guard: 'atDevices', target: 'devices' },
        { guard: 'atSlots', target: 'slots' },
        { target: 'checking' },
      ],
    },

    language: {
      on: {
        'press.language': {
          target: 'arriving',
          actions: assign(({ context, event: { language } }) =>
            onwards(context, { ...context.answers, language }),
          ),
        },
      },
    },

    asking: {
      on: {
        'press.answer': {
          target: 'taking',
          actions: assign(({ context: { secret, answers }, event: { text } }) => ({
            // The first of two PINs stays beside the second.
            secret: answers.at === 'pin again' ? `${secret}\n${text}` : text,
          })),
        },
        'press.back': { target: 'arriving', actions: 'goBack' },
        'press.choose': {
          guard: ({ context: { answers }, event }) =>
            event.choice === 'read stick' && answers.at === 'code',
          target: 'readingStick',
        },
      },
    },

    readingStick: {
      invoke: {
        src: 'readStick',
        onDone: [
          {
            guard: ({ event }) => event.output !== null,
            target: 'taking',
            actions: assign({ secret: ({ event }) => event.output ?? '' }),
          },
          {
            target: 'asking',
            actions: { type: 'say', params: { problem: { kind: 'no stick' } } },
          },
        ],
        onError: {
          target: 'asking',
          actions: { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
        },
      },
    },

    // Pure for the most part; a promise, as what is asked may be of the machine it runs on.
    taking: {
      invoke: {
        src: 'takeText',
        input: ({ context: { answers, secret } }) => ({
          question: isQuestion(answers.at) ? answers.at : 'place',
          text: secret.split('\n').at(-1) ?? '',
          secret: secret.split('\n')[0] ?? '',
        }),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'wrong',
            target: 'refusing',
            actions: assign({
              problem: ({ event }) => (event.output.kind === 'wrong' ? event.output.problem : null),
            }),
          },
          {
            guard: 'atCode',
            target: 'enrolling',
            actions: assign({
              secret: ({ event }) => (event.output.kind === 'text' ? event.output.text : ''),
            }),
          },
          { guard: 'atPinAgain', target: 'hashing' },
          {
            target: 'arriving',
            actions: assign(({ context, event }) => {
              const { answers } = context
              const { at } = answers
              if (event.output.kind === 'wrong' || !isQuestion(at)) return {}
              const { text } = event.output
              return at === 'pin'
                ? { ...onwards(context, answers), secret: text }
                : { ...onwards(context, withText(answers, at, text)), secret: '' }
            }),
          },
        ],
        onError: {
          target: 'asking',
          actions: { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
        },
      },
    },

    /** Two PINs that differ are both typed anew. */
    refusing: {
      always: {
        target: 'arriving',
        actions: assign(({ context: { answers } }) => ({
          secret: '',
          answers: answers.at === 'pin again' ? { ...answers, at: 'pin' as const } : answers,
        })),
      },
    },

    enrolling: {
      invoke: {
        src: 'enrol',
        input: ({ context: { answers, secret } }) => ({ answers, code: secret }),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'enrolled',
            target: 'arriving',
            actions: assign(({ context }) => ({
              ...onwards(context, { ...context.answers, enrolled: true }),
              secret: '',
            })),
          },
          {
            target: 'asking',
            actions: assign({
              problem: ({ event }) => (event.output.kind === 'wrong' ? event.output.problem : null),
            }),
          },
        ],
        onError: {
          target: 'asking',
          actions: { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
        },
      },
    },

    hashing: {
      invoke: {
        src: 'hashPin',
        input: ({ context: { secret } }) => secret.split('\n')[0] ?? '',
        onDone: {
          target: 'arriving',
          actions: assign(({ context, event }) => ({
            ...onwards(context, { ...context.answers, pinHash: event.output }),
            secret: '',
          })),
        },
        onError: {
          target: 'asking',
          actions: { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
        },
      },
    },

    searching: {
      entry: 'hush',
      invoke: {
        src: 'search',
        input: ({ context: { answers, only, device } }) => ({
          answers,
          device: only === null ? null : device,
          line: only,
        }),
        onError: {
          target: 'devices',
          actions: [
            assign({ searched: true }),
            { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
          ],
        },
      },
      on: {
        'search.lines': { actions: assign({ lines: ({ event }) => event.lines }) },
        'search.found': { actions: assign(({ context, event }) => found(context, event.device)) },
        'search.ended': [
          {
            guard: ({ context: { only, answers, device } }) =>
              only !== null && answers.devices[device] === null,
            target: 'device',
            actions: { type: 'say', params: { problem: { kind: 'nothing answers there' } } },
          },
          { target: 'devices', actions: assign({ searched: true }) },
        ],
      },
    },

    devices: {
      always: {
        guard: ({ context: { searched } }) => !searched,
        target: 'searching',
        actions: assign({ only: null }),
      },
      on: {
        'press.device': {
          target: 'device',
          actions: assign({ device: ({ event }) => event.device, problem: null }),
        },
        'press.choose': {
          guard: { type: 'chose', params: { choice: 'search again' } },
          target: 'searching',
          actions: assign({ only: null }),
        },
        'press.on': { guard: 'hasReader', target: 'arriving', actions: 'goOn' },
        'press.back': { target: 'arriving', actions: 'goBack' },
      },
    },

    device: {
      on: {
        'press.choose': [
          {
            guard: ({ context, event }) =>
              event.choice === 'test' && context.answers.devices[context.device] !== null,
            target: 'testing',
          },
          {
            guard: { type: 'chose', params: { choice: 'leave out' } },
            target: 'devices',
            actions: assign(({ context: { answers, device, tested } }) => ({
              answers: { ...answers, devices: withoutDevice(answers.devices, device) },
              tested: { ...tested, [device]: undefined },
            })),
          },
        ],
        'press.line': {
          target: 'searching',
          actions: assign(({ context: { answers, device }, event: { line } }) => ({
            only: line,
            answers: { ...answers, devices: withoutDevice(answers.devices, device) },
          })),
        },
        'press.model': {
          guard: 'isPrinter',
          actions: assign(({ context: { answers, tested, device }, event: { model } }) => ({
            answers: withModel(answers, model),
            tested: { ...tested, [device]: undefined },
          })),
        },
        'press.back': { target: 'devices', actions: 'hush' },
        'press.on': { target: 'devices', actions: 'hush' },
      },
    },

    testing: {
      entry: assign({ looking: false, problem: null }),
      invoke: {
        src: 'testDevice',
        id: 'test',
        input: ({ context: { answers, device } }) => ({ answers, device }),
        onError: {
          target: 'device',
          actions: { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
        },
      },
      on: {
        'press.back': 'device',
        'test.looking': { actions: assign({ looking: true }) },
        'press.choose': {
          actions: ({ event, self }) => {
            const { test } = self.getSnapshot().children
            test?.send(event)
          },
        },
        'test.ended': {
          target: 'device',
          actions: assign(({ context: { tested }, event: { device, passed, rows } }) => ({
            looking: false,
            tested: { ...tested, [device]: { passed, rows } },
          })),
        },
      },
    },

    slots: {
      on: {
        'press.slot': {
          actions: assign(({ context: { answers }, event: { slot, place } }) => ({
            answers: { ...answers, slots: { ...answers.slots, [slot]: place } },
          })),
        },
        'press.on': { target: 'arriving', actions: 'goOn' },
        'press.back': { target: 'arriving', actions: 'goBack' },
      },
    },

    checking: {
      entry: 'hush',
      invoke: {
        src: 'check',
        input: ({ context: { answers, tested } }) => ({ answers, tested }),
        onDone: { target: 'report', actions: assign({ report: ({ event }) => event.output }) },
        onError: {
          target: 'report',
          actions: [
            assign({ report: [] }),
            { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
          ],
        },
      },
    },

    report: {
      on: {
        'press.choose': [
          { guard: { type: 'chose', params: { choice: 'check again' } }, target: 'checking' },
          {
            guard: ({ context, event }) =>
              event.choice === 'print' && context.answers.devices.receiptPrinter !== null,
            target: 'printing',
          },
          {
            guard: ({ context, event }) => event.choice === 'in service' && isReady(context.report),
            target: 'finishing',
          },
        ],
        'press.back': { target: 'arriving', actions: 'goBack' },
      },
    },

    printing: {
      invoke: {
        src: 'print',
        input: ({ context: { answers, report } }) => ({ answers, report }),
        onDone: {
          target: 'report',
          actions: assign({ paper: ({ event }) => (event.output ? 'printed' : 'not printed') }),
        },
        onError: { target: 'report', actions: assign({ paper: 'not printed' }) },
      },
    },

    finishing: {
      invoke: {
        src: 'finish',
        input: ({ context: { answers } }) => answers,
        onDone: 'inService',
        onError: {
          target: 'report',
          actions: { type: 'say', params: ({ event }) => ({ problem: notDone(event.error) }) },
        },
      },
    },

    inService: { type: 'final' },
  },
})
