// Pure: where the set-up is, as the one view a page is sent.
import type { SnapshotFrom } from 'xstate'
import { never } from '../../domain/never.ts'
import type { settingUp } from '../../state-machines/setting-up.ts'
import { isReady } from '../../state-machines/setting-up-cast.ts'
import {
  isQuestion,
  setupDevices,
  stageBefore,
  type SetupAnswers,
  type SetupStage,
} from '../../state-machines/setup-answers.ts'
import type { DeviceLine, SetupPage, SetupStep, SetupView } from '../../ui/setup/setup-view.ts'
import type { Slots } from '../../ui/kiosk/screen.ts'
import type { ServiceDevice } from '../../ui/kiosk/service/service-page.ts'
import { modelsOffered } from './printer-models.ts'

export type SetupSnapshot = SnapshotFrom<typeof settingUp>

/** What stands around every page, before there is a configuration. */
export type SetupPlace = { timeZone: string; currency: { code: string; symbol: string } }

const stepOf: Record<SetupStage, SetupStep> = {
  language: 'language',
  centre: 'centre',
  kiosk: 'centre',
  code: 'centre',
  place: 'kiosk',
  phone: 'kiosk',
  utility: 'kiosk',
  'tax number': 'kiosk',
  currency: 'kiosk',
  'time zone': 'kiosk',
  person: 'kiosk',
  name: 'kiosk',
  pin: 'kiosk',
  'pin again': 'kiosk',
  devices: 'devices',
  slots: 'devices',
  report: 'ready',
}

/** Everything but the number. */
export const setupViewOf = (
  snapshot: SetupSnapshot,
  place: SetupPlace,
  now: number,
): Omit<SetupView, 'number'> => {
  const { answers, problem } = snapshot.context
  return {
    language: answers.language ?? 'en',
    now,
    ...place,
    kiosk: answers.texts.kiosk ?? null,
    step: stepOf[answers.at],
    page: pageOf(snapshot),
    problem,
    back: snapshot.can({ type: 'press.back' }) && hasBefore(snapshot),
  }
}

/** Back leads out of a test, and from a device to all of them; else to the stage before. */
const hasBefore = ({ value, context }: SetupSnapshot): boolean =>
  value === 'device' || value === 'testing' || stageBefore(context) !== null

const pageOf = ({ value, context }: SetupSnapshot): SetupPage => {
  const { answers } = context
  switch (value) {
    case 'language':
      return { kind: 'language' }
    case 'asking':
    // What was typed is looked at in a moment: the page stays.
    case 'taking':
    case 'refusing':
    case 'readingStick':
    case 'hashing':
      return questionPage(answers)
    case 'enrolling':
      return { kind: 'working', at: 'enrolling', found: [] }
    case 'searching':
      return { kind: 'working', at: 'searching', found: linesOf(context) }
    case 'devices':
      return {
        kind: 'devices',
        devices: linesOf(context),
        mayGoOn: answers.devices.cardReader !== null,
      }
    case 'device':
      return devicePage(context)
    case 'testing':
      return { kind: 'testing', device: context.device, looking: context.looking }
    case 'slots':
      return { kind: 'slots', slots: answers.slots, asked: slotsAsked(answers) }
    case 'checking':
      return { kind: 'working', at: 'checking', found: [] }
    case 'report':
    case 'printing':
      return reportPage(context, value === 'printing')
    case 'finishing':
    case 'inService':
      return { kind: 'working', at: 'writing', found: [] }
    // Never stood in: it leads on at once.
    case 'arriving':
      return { kind: 'working', at: 'moment', found: [] }
    default:
      return never(value)
  }
}

const questionPage = ({ at, texts }: SetupAnswers): SetupPage => {
  const question = isQuestion(at) ? at : 'place'
  return { kind: 'question', question, given: texts[question] ?? '', stick: question === 'code' }
}

type Context = SetupSnapshot['context']

const linesOf = (context: Context): DeviceLine[] =>
  setupDevices.map((device) => deviceLine(context, device))

const deviceLine = ({ answers, tested }: Context, device: ServiceDevice): DeviceLine => {
  const result = tested[device]
  return {
    device,
    found: saidBy(answers, device),
    tested: result === undefined ? 'not yet' : result.passed ? 'passed' : 'failed',
  }
}

/** In the words of the device: a number on a plate, a name. */
const saidBy = ({ devices }: SetupAnswers, device: ServiceDevice): DeviceLine['found'] => {
  const { cardReader, noteAcceptor, receiptPrinter, bankTerminal } = devices
  switch (device) {
    case 'cardReader':
      return cardReader && { said: cardReader.name, line: null }
    case 'noteAcceptor':
      return (
        noteAcceptor && {
          said: `${noteAcceptor.serial} · ${noteAcceptor.currency}`,
          line: noteAcceptor.line,
        }
      )
    case 'receiptPrinter':
      return (
        receiptPrinter && {
          said: modelsOffered.find(({ name }) => name === receiptPrinter.model)?.called ?? '',
          line: receiptPrinter.line,
        }
      )
    case 'bankTerminal':
      return bankTerminal && { said: bankTerminal.terminalId, line: bankTerminal.line }
    default:
      return never(device)
  }
}

const devicePage = (context: Context): SetupPage => {
  const { device, tested, lines, answers } = context
  const { receiptPrinter } = answers.devices
  const isPrinter = device === 'receiptPrinter' && receiptPrinter !== null
  return {
    kind: 'device',
    device: deviceLine(context, device),
    rows: tested[device]?.rows ?? [],
    lines: device === 'cardReader' ? [] : freeLines(answers, device, lines),
    models: isPrinter ? modelsOffered : [],
    chosen: isPrinter ? receiptPrinter.model : null,
  }
}

/** A line has one device at its end. */
const freeLines = (
  { devices }: SetupAnswers,
  device: ServiceDevice,
  lines: readonly string[],
): string[] => {
  const taken = setupDevices.flatMap((other) => {
    const found = other === 'cardReader' || other === device ? null : devices[other]
    return found === null ? [] : [found.line]
  })
  return lines.filter((line) => !taken.includes(line))
}

/** Of what is there. */
const slotsAsked = ({ devices }: SetupAnswers): (keyof Slots)[] => [
  'card',
  ...(devices.noteAcceptor === null ? [] : ['notes' as const]),
  ...(devices.bankTerminal === null ? [] : ['bankTerminal' as const]),
  ...(devices.receiptPrinter === null ? [] : ['receipt' as const]),
]

const reportPage = ({ report, paper, answers }: Context, printing: boolean): SetupPage => ({
  kind: 'report',
  rows: report,
  ready: isReady(report),
  paper: answers.devices.receiptPrinter === null ? 'no printer' : printing ? 'printing' : paper,
})
