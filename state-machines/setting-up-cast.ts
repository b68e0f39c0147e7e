// The cast of the first setup: what it knows, what it can ask of the world, and its small acts.
import { assign, fromCallback, fromPromise, setup } from 'xstate'
import type { SetupQuestion } from '../domain/setup/questions.ts'
import type { ServiceDevice, ServiceRow } from '../ui/kiosk/service/service-page.ts'
import type { SetupProblem, SetupReportRow } from '../ui/setup/setup-view.ts'
import { refuse } from './casting.ts'
import { isQuestion, stageAfter, stageBefore, type SetupAnswers } from './setup-answers.ts'
import type { FoundDevice, SearchEvent, SetupPressEvent, TestEvent } from './setup-words.ts'

export type SettingUpInput = {
  answers: SetupAnswers
  /** Questions that the plan of the authority leaves open. */
  asked: readonly SetupQuestion[]
}

/** What a text comes to: as it is kept, or what is wrong with it. */
export type TextTaken = { kind: 'text'; text: string } | { kind: 'wrong'; problem: SetupProblem }

export type Enrolled = { kind: 'enrolled' } | { kind: 'wrong'; problem: SetupProblem }

export type DeviceTested = { passed: boolean; rows: ServiceRow[] }

export type SettingUpContext = SettingUpInput & {
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

export const notDone = (error: unknown): SetupProblem => ({
  kind: 'not done',
  said: error instanceof Error ? error.message : String(error),
})

/** Where it goes on to, and with which answers. */
export const onwards = (
  context: SettingUpContext,
  answers: SetupAnswers,
): Partial<SettingUpContext> => ({
  problem: null,
  answers: { ...answers, at: stageAfter({ answers, asked: context.asked }) },
})

export const found = (
  { answers, tested }: SettingUpContext,
  { device, found: said }: FoundDevice,
) => ({
  answers: { ...answers, devices: { ...answers.devices, [device]: said } },
  // Another device than the one that was tested.
  tested: { ...tested, [device]: undefined },
})

/** Nothing in it is wrong. */
export const isReady = (report: readonly SetupReportRow[]): boolean =>
  report.length > 0 && report.every(({ mark }) => mark !== 'wrong')

export const settingUpCast = setup({
  types: {
    context: {} as SettingUpContext,
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
    check: fromPromise<SetupReportRow[], Pick<SettingUpContext, 'answers' | 'tested'>>(
      refuse('checks'),
    ),
    print: fromPromise<boolean, Pick<SettingUpContext, 'answers' | 'report'>>(refuse('a printer')),
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
    hasReader: ({ context: { answers } }) => answers.devices.cardReader !== null,
    isPrinter: ({ context: { device } }) => device === 'receiptPrinter',
    chose: ({ event }, { choice }: { choice: string }) =>
      event.type === 'press.choose' && event.choice === choice,
  },
})
