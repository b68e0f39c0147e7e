// What a technician has answered in the first setup of a kiosk, and the order in which it is asked. Pure.
import type { Language } from '../domain/language.ts'
import type { Minor } from '../domain/money.ts'
import { setupQuestions, type SetupQuestion } from '../domain/setup/questions.ts'
import type { SlotPlace, Slots } from '../ui/kiosk/screen.ts'
import type { ServiceDevice } from '../ui/kiosk/service/service-page.ts'

/** The whole way, from power-on to in service. */
export const setupStages = ['language', ...setupQuestions, 'devices', 'slots', 'report'] as const
export type SetupStage = (typeof setupStages)[number]

export const setupDevices = [
  'cardReader',
  'noteAcceptor',
  'receiptPrinter',
  'bankTerminal',
] as const satisfies readonly ServiceDevice[]

/** How udev knows what is plugged in: by the serial number of its adapter, else by the USB port (`ID_PATH`). */
export type UsbPlace = { serial: string } | { path: string }

type OnLine = {
  /** A device, or `tcp:host:port`. */
  line: string
  /** Null where it is not on USB. */
  usb: UsbPlace | null
}

/** What was found, or assigned by hand; null: there is none, or it is left out. */
export type DeviceAnswers = {
  cardReader: { name: string } | null
  /** `serial` as the unit says it: another unit will not be believed. */
  noteAcceptor: (OnLine & { serial: string; currency: string; values: Minor[] }) | null
  receiptPrinter: (OnLine & { model: string }) | null
  bankTerminal: (OnLine & { framing: 'serial' | 'tcp'; terminalId: string }) | null
}

export type SetupAnswers = {
  /** Of the technician, and the one customers are met in. Null before it was chosen. */
  language: Language | null
  at: SetupStage
  texts: Partial<Record<SetupQuestion, string>>
  /** This machine has its certificate, for the kiosk number in `texts`. */
  enrolled: boolean
  /** Of the first maintenance person; never the PIN itself. */
  pinHash: string | null
  devices: DeviceAnswers
  slots: Slots
}

/** Where most kiosks have them. */
const usualSlots: Record<keyof Slots, SlotPlace> = {
  bankTerminal: 'right-high',
  notes: 'right-mid',
  card: 'right-low',
  receipt: 'bottom',
}

export const noAnswers: SetupAnswers = {
  language: null,
  at: 'language',
  texts: {},
  enrolled: false,
  pinHash: null,
  devices: { cardReader: null, noteAcceptor: null, receiptPrinter: null, bankTerminal: null },
  slots: usualSlots,
}

export const isQuestion = (stage: SetupStage): stage is SetupQuestion =>
  setupQuestions.some((question) => question === stage)

/** `asked`: the questions that the plan of the authority leaves open. */
type Asked = { answers: SetupAnswers; asked: readonly SetupQuestion[] }

const isOnTheWay = (stage: SetupStage, { answers, asked }: Asked): boolean => {
  if (!isQuestion(stage)) return true
  if (stage === 'code') return !answers.enrolled
  return asked.includes(stage)
}

/** The stage after this one, past what needs no answer. The last one is its own next. */
export const stageAfter = (of: Asked): SetupStage =>
  setupStages
    .slice(setupStages.indexOf(of.answers.at) + 1)
    .find((stage) => isOnTheWay(stage, of)) ?? of.answers.at

/** The stage before this one; null at the first. A PIN is begun anew, never gone back into. */
export const stageBefore = (of: Asked): SetupStage | null =>
  setupStages
    .slice(0, setupStages.indexOf(of.answers.at))
    .toReversed()
    .find((stage) => stage !== 'pin again' && isOnTheWay(stage, of)) ?? null

/** After a restart: what was typed and kept nowhere is asked again. */
export const resumed = (answers: SetupAnswers): SetupAnswers =>
  answers.at === 'pin again' ? { ...answers, at: 'pin' } : answers

/** Another kiosk or another centre is another identity: the machine enrols anew. */
export const withText = (
  answers: SetupAnswers,
  question: SetupQuestion,
  text: string,
): SetupAnswers => {
  const changesIdentity =
    (question === 'centre' || question === 'kiosk') && answers.texts[question] !== text
  return {
    ...answers,
    texts: { ...answers.texts, [question]: text },
    enrolled: answers.enrolled && !changesIdentity,
  }
}

export const withoutDevice = (devices: DeviceAnswers, device: ServiceDevice): DeviceAnswers => ({
  ...devices,
  [device]: null,
})

/** The printer that was found is of this model. */
export const withModel = (answers: SetupAnswers, model: string): SetupAnswers => {
  const { receiptPrinter } = answers.devices
  if (receiptPrinter === null) return answers
  return {
    ...answers,
    devices: { ...answers.devices, receiptPrinter: { ...receiptPrinter, model } },
  }
}
