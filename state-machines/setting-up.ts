// The first setup of a kiosk: from power-on to in service, one question a page. Every answer may be gone back to.
//
// Nothing here has money in it: no note is taken and nothing is charged. What was answered is kept by whoever runs this
// machine (`context.answers` after every step); a power cut leads back to where the technician was.
import { assign, fromCallback, fromPromise, setup } from 'xstate'
import type { ServiceDevice, ServiceRow } from '../ui/kiosk/service/service-page.ts'
import { refuse } from './casting.ts'
import {
  isQuestion,
  stageAfter,
  stageBefore,
  withModel,
  withoutDevice,
  withText,
  type SetupAnswers,
} from './setup-answers.ts'
import { type SetupQuestion } from '../domain/setup/questions.ts'
import type { FoundDevice, SearchEvent, SetupPressEvent, TestEvent } from './setup-words.ts'
import type { SetupProblem, SetupReportRow } from '../ui/setup/setup-view.ts'

export type SettingUpInput = {
  answers: SetupAnswers
  /** Questions that the plan of the authority leaves open. */
  asked: readonly SetupQuestion[]
}

/** What a text comes to: as it is kept, or what is wrong with it. */
export type TextTaken = { kind: 'text'; text: string } | { kind: 'wrong'; problem: SetupProblem }

export type Enrolled = { kind: 'enrolled' } | { kind: 'wrong'; problem: SetupProblem }

export type DeviceTested = { passed: boolean; rows: ServiceRow[] }

type Context = SettingUpInput & {
  problem: SetupProblem | null
  /** Typed, and sent to the centre; or typed once. Kept nowhere else. */
  secret: string
  /** The device whose page is shown. */
  device: ServiceDevice
  /** Null: all lines; else the one that was chosen by hand. */
  only: string | null
  /** The lines there are, as the last search saw them. */
  lines: string[]
  searched: boolean
  tested: Partial<Record<ServiceDevice, DeviceTested>>
  /** Somebody has to look at the paper. */
  looking: boolean
  report: SetupReportRow[]
  paper: 'none' | 'printed' | 'not printed'
}

const notDone = (error: unknown): SetupProblem => ({
  kind: 'not done',
  said: error instanceof Error ? error.message : String(error),
})

/** Where it goes on to, and with which answers. */
const onwards = (context: Context, answers: SetupAnswers): Partial<Context> => ({
  problem: null,
  answers: { ...answers, at: stageAfter({ answers, asked: context.asked }) },
})

const found = ({ answers, tested }: Context, { device, found: said }: FoundDevice) => ({
  answers: { ...answers, devices: { ...answers.devices, [device]: said } },
  // Another device than the one that was tested.
  tested: { ...tested, [device]: undefined },
})

export const settingUp = setup({
  types: {
    context: {} as Context,
    input: {} as SettingUpInput,
    events: {} as SetupPressEvent | SearchEvent | TestEvent,
  },
  actors: {
    takeText: fromPromise<TextTaken, { question: SetupQuestion; text: string; secret: string }>(
      refuse('what a text comes to'),
    ),
    readStick: fromPromise<string | null>(refuse('a stick')),
    enrol: fromPromise<Enrolled, { answers: SetupAnswers; code: string }>(refuse('a centre')),
    hashPin: fromPromise<string, string>(refuse('a hash')),
    search: fromCallback<
      { type: 'none' },
      { answers: SetupAnswers; device: ServiceDevice | null; line: string | null }
    >(refuse('a search')),
    testDevice: fromCallback<SetupPressEvent, { answers: SetupAnswers; device: ServiceDevice }>(
      refuse('a test'),
    ),
    check: fromPromise<SetupReportRow[], Pick<Context, 'answers' | 'tested'>>(refuse('checks')),
    print: fromPromise<boolean, Pick<Context, 'answers' | 'report'>>(refuse('a printer')),
    finish: fromPromise<void, SetupAnswers>(refuse('a disk')),
  },
  actions: {
    goBack: assign(({ context }) => ({
      problem: null,
      secret: '',
      answers: { ...context.answers, at: stageBefore(context) ?? context.answers.at },
    })),
    goOn: assign(({ context }) => onwards(context, context.answers)),
    say: assign((_, { problem }: { problem: SetupProblem }) => ({ problem })),
    hush: assign({ problem: null }),
  },
  guards: {
    atLanguage: ({ context: { answers } }) => answers.at === 'language',
    atQuestion: ({ context: { answers } }) => isQuestion(answers.at),
    atDevices: ({ context: { answers } }) => answers.at === 'devices',
    atSlots: ({ context: { answers } }) => answers.at === 'slots',
    atCode: ({ context: { answers } }) => answers.at === 'code',
    atPinAgain: ({ context: { answers } }) => answers.at === 'pin again',
    searched: ({ context: { searched } }) => searched,
    hasReader: ({ context: { answers } }) => answers.devices.cardReader !== null,
    isFitted: ({ context: { answers, device } }) => answers.devices[device] !== null,
    isPrinter: ({ context: { device } }) => device === 'receiptPrinter',
    isReady: ({ context: { report } }) =>
      report.length > 0 && report.every(({ mark }) => mark !== 'wrong'),
    chose: ({ event }, { choice }: { choice: string }) =>
      event.type === 'press.choose' && event.choice === choice,
  },
}).createMachine({
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
          guard: { type: 'chose', params: { choice: 'read stick' } },
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
            guard: ({ context: { report }, event }) =>
              event.choice === 'in service' &&
              report.length > 0 &&
              report.every(({ mark }) => mark !== 'wrong'),
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
