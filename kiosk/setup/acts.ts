// What the set-up does in the world: its machine on the real centre, lines, printer and disk.
import { randomUUID } from 'node:crypto'
import { fromCallback, fromPromise } from 'xstate'
import { KioskNumber } from '../../domain/identifiers.ts'
import { settingUp } from '../../state-machines/setting-up.ts'
import type { DeviceTested, Enrolled } from '../../state-machines/setting-up-cast.ts'
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import type { SearchEvent, SetupPressEvent, TestEvent } from '../../state-machines/setup-words.ts'
import type { SetupReportRow } from '../../ui/setup/setup-view.ts'
import type { ServiceDevice } from '../../ui/kiosk/service/service-page.ts'
import type { Clock } from '../clock.ts'
import { enrol } from '../enrolment/enrolling.ts'
import { openIdentity } from '../enrolment/identity.ts'
import { identityFetch } from '../../server/identity/identity-fetch.ts'
import type { Log } from '../log.ts'
import { hashPin } from '../service/pin-hash.ts'
import { testPapers } from '../service/test-paper.ts'
import { checkedConfigOf, configTextOf } from './config-of.ts'
import { driversIn, type DriversOf } from './device-drivers.ts'
import { enrolmentUrl } from './enrolment-url.ts'
import { linesOfMachine, namedLines } from './lines.ts'
import { printAlone } from './printing.ts'
import { freeBytesOf, lookAtCentre, readinessOf } from './readiness.ts'
import { readinessSlip } from './readiness-slip.ts'
import { search } from './searching.ts'
import type { SetupPlan } from './setup-plan.ts'
import { codeOnStick } from './stick.ts'
import { takeText } from './taking-text.ts'
import { testDevice } from './testing.ts'
import { writeFiles } from './written-files.ts'

export type ActsOptions = {
  plan: SetupPlan
  configFile: string
  /** Absolute. */
  dataFolder: string
  clock: Clock
  log: Log
}

/** The machine with its world. */
export const settingUpOn = (options: ActsOptions) => {
  const { plan, configFile, clock, log } = options
  const drivers = driversIn(plan, log)
  return settingUp.provide({
    actors: {
      takeText: fromPromise(({ input }) => Promise.resolve(takeText(input))),
      readStick: fromPromise(() => codeOnStick(plan.stickFolders)),
      enrol: fromPromise(({ input, signal }) => enrolled(options, input, signal)),
      hashPin: fromPromise(({ input }) => hashPin(input)),
      search: fromCallback(({ sendBack, input }) =>
        search({
          ...input,
          drivers,
          clock,
          linesThere: () =>
            plan.lines === null ? linesOfMachine() : Promise.resolve(namedLines(plan.lines)),
          tell: (event: SearchEvent) => sendBack(event),
        }),
      ),
      testDevice: fromCallback<SetupPressEvent, { answers: SetupAnswers; device: ServiceDevice }>(
        ({ sendBack, receive, input }) => {
          const test = testDevice({
            ...input,
            drivers: drivers.chosen(input.answers),
            papers: () => papersFor(options, input.answers),
            clock,
            tell: (event: TestEvent) => sendBack(event),
          })
          receive(test.press)
          return test.stop
        },
      ),
      check: fromPromise(({ input }) => checked(options, drivers, input)),
      print: fromPromise(({ input }) => printed(options, drivers, input)),
      finish: fromPromise(({ input }) =>
        writeFiles({ configFile, config: configTextOf(plan, input), answers: input }),
      ),
    },
  })
}

const enrolled = async (
  { plan, dataFolder, log }: ActsOptions,
  { answers, code }: { answers: SetupAnswers; code: string },
  signal: AbortSignal,
): Promise<Enrolled> => {
  const centre = enrolmentUrl(plan, answers)
  const kiosk = KioskNumber.parse(answers.texts.kiosk)
  const done = await enrol({ centre: centre ?? '', code, kiosk, folder: dataFolder, signal })
  if (done.kind === 'enrolled') return done
  const { problem, why } = done
  log.warn({ problem, why }, 'this machine did not enrol')
  switch (problem) {
    case 'code mistyped':
      return { kind: 'wrong', problem: { kind: 'not a whole code' } }
    case 'not our centre':
      return { kind: 'wrong', problem: { kind: 'another centre' } }
    case 'code refused':
      return { kind: 'wrong', problem: { kind: 'refused by the centre', said: why } }
    case 'centre away':
    case 'clock wrong':
      return { kind: 'wrong', problem: { kind: problem } }
    case 'disk':
    case 'wrong answer':
      return { kind: 'wrong', problem: { kind: 'not done', said: why } }
    default:
      return problem satisfies never
  }
}

const papersFor = ({ plan, clock }: ActsOptions, answers: SetupAnswers) => {
  const read = checkedConfigOf(plan, answers)
  if (read.kind === 'problems') throw new Error(read.problems.join('; '))
  return testPapers('test page', { ...read.config, at: clock.now(), id: randomUUID() })
}

/** What needs no hand and was not tested yet is tested now. */
const checked = async (
  options: ActsOptions,
  drivers: DriversOf,
  of: { answers: SetupAnswers; tested: Partial<Record<ServiceDevice, DeviceTested | undefined>> },
): Promise<SetupReportRow[]> => {
  const { plan, dataFolder, clock } = options
  const { answers } = of
  const url = enrolmentUrl(plan, answers)
  const identity = url === null ? null : await openIdentity({ folder: dataFolder })
  const config = checkedConfigOf(plan, answers)
  const centre =
    config.kind === 'problems'
      ? { kind: 'away' as const }
      : await lookAtCentre(
          config.config.centre.url,
          identity === null ? fetch : identityFetch(identity),
          clock.now,
        )
  return readinessOf({
    answers,
    config,
    tested: { ...(await untested(drivers, clock, of)), ...definedOf(of.tested) },
    identity: identity === null ? 'not needed' : identity.current(),
    centre,
    freeBytes: await freeBytesOf(dataFolder),
  })
}

type Tested = Partial<Record<ServiceDevice, DeviceTested>>

const definedOf = (tested: Partial<Record<ServiceDevice, DeviceTested | undefined>>) =>
  Object.fromEntries(Object.entries(tested).filter(([, result]) => result !== undefined))

const needNoHand = ['cardReader', 'noteAcceptor', 'bankTerminal'] as const

const untested = async (
  drivers: DriversOf,
  clock: Clock,
  { answers, tested }: { answers: SetupAnswers; tested: Partial<Record<ServiceDevice, unknown>> },
): Promise<Tested> => {
  const wanted = needNoHand.filter(
    (device) => answers.devices[device] !== null && tested[device] === undefined,
  )
  const results = await Promise.all(
    wanted.map(
      (device) =>
        new Promise<[ServiceDevice, DeviceTested]>((resolve) => {
          testDevice({
            device,
            answers,
            drivers: drivers.chosen(answers),
            papers: () => [],
            clock,
            tell: (event) => {
              if (event.type === 'test.ended') resolve([device, event])
            },
          })
        }),
    ),
  )
  return Object.fromEntries(results)
}

const printed = async (
  { plan, clock }: ActsOptions,
  drivers: DriversOf,
  { answers, report }: { answers: SetupAnswers; report: SetupReportRow[] },
): Promise<boolean> => {
  const read = checkedConfigOf(plan, answers)
  if (read.kind === 'problems') return false
  const paper = readinessSlip({
    language: answers.language ?? 'en',
    config: read.config,
    rows: report,
    at: clock.now(),
  })
  return printAlone({ drivers: drivers.chosen(answers), paper, jobId: randomUUID(), clock })
}
