// Pure: the pages of the maintenance mode, what can be chosen on each, and who may choose it.
import type { Language } from '../domain/language.ts'
import type { ClosedReason } from '../domain/service/service-entries.ts'
import { mayDo, type Right, type Role } from '../domain/service/person.ts'
import type {
  ServiceChoice,
  ServiceDevice,
  ServiceSentence,
} from '../ui/kiosk/service/service-page.ts'

/** A page that is only looked at; what takes its time (a test, an exchange) is a state of its own. */
export type MenuPage =
  | 'menu'
  | 'devices'
  | ServiceDevice
  | 'screen'
  | 'touch grid'
  | 'colours'
  | 'sound'
  | 'link'
  | 'records'
  | 'faults'
  | 'commands'
  | 'cash box'
  | 'paper'
  | 'settings'
  | 'language'
  | 'close'
  | 'restart'

type Page = {
  /** Where Cancel leads; null leaves the maintenance mode. */
  back: MenuPage | null
  /** In this order: the keypad's 1 to 9. */
  choices: readonly ServiceChoice[]
  sentence?: ServiceSentence
  /** What its acts ask for, beyond looking. */
  right?: Right
}

const device = (choices: readonly ServiceChoice[]): Page => ({
  back: 'devices',
  choices,
  right: 'test devices',
})
const lookedAt: readonly ServiceChoice[] = ['seen', 'not seen']

export const menuPages: Record<MenuPage, Page> = {
  menu: {
    back: null,
    choices: [
      'devices',
      'cash box',
      'paper',
      'link',
      'records',
      'settings',
      'language',
      'close',
      'restart',
    ],
    sentence: 'choose',
  },
  devices: {
    back: 'menu',
    choices: [
      'cardReader',
      'noteAcceptor',
      'receiptPrinter',
      'bankTerminal',
      'screen',
      'sound',
      'faults',
    ],
  },
  cardReader: device(['test']),
  noteAcceptor: device(['test']),
  receiptPrinter: device(['test page', 'cut']),
  bankTerminal: device(['test']),
  screen: device(['touch grid', 'colours']),
  'touch grid': { ...device(lookedAt), back: 'screen', sentence: 'touch every field' },
  colours: { ...device(lookedAt), back: 'screen', sentence: 'do you see five colours' },
  sound: { ...device(['play', ...lookedAt]), sentence: 'did you hear three sounds' },
  faults: { back: 'devices', choices: [] },
  link: { back: 'menu', choices: ['ask again', 'commands'], right: 'test devices' },
  commands: { back: 'link', choices: [] },
  records: { back: 'menu', choices: [] },
  'cash box': { back: 'menu', choices: ['exchange'], right: 'exchange cash box' },
  paper: {
    back: 'menu',
    choices: ['roll changed', 'test page'],
    sentence: 'new roll',
    right: 'change paper',
  },
  settings: {
    back: 'menu',
    choices: ['english', 'chinese', 'arabic', 'volume up', 'volume down'],
    right: 'change settings',
  },
  language: { back: 'menu', choices: ['english', 'chinese', 'arabic'] },
  close: {
    back: 'menu',
    choices: ['close now', 'close for a fault', 'close for the day', 'open'],
    right: 'close the kiosk',
  },
  restart: {
    back: 'menu',
    choices: ['restart screen', 'restart program', 'reboot', 'shut down'],
    right: 'restart',
  },
}

/** Beyond the right that its page asks for. */
const rightOfChoice: Partial<Record<ServiceChoice, Right>> = { 'shut down': 'shut down' }

/** What is not there, or not possible now, is not offered. */
export type MenuFacts = {
  closed: boolean
  devices: readonly ServiceDevice[]
  /** It has said which notes it knows. */
  acceptorReady: boolean
  /** What the configuration says how to do. */
  machineActs: readonly ServiceChoice[]
  /** Spoken here. */
  languages: readonly Language[]
}

/** What this person can choose on this page now. */
export const choicesOn = (page: MenuPage, role: Role, facts: MenuFacts): ServiceChoice[] => {
  const { choices, right } = menuPages[page]
  if (right !== undefined && !mayDo(role, right)) return []
  return choices.filter((choice) => {
    const asks = rightOfChoice[choice]
    return (
      (asks === undefined || mayDo(role, asks)) &&
      hasUse(choice, role) &&
      isThere(choice, page, facts)
    )
  })
}

/** A page of acts alone is no page for those who may do none of them. */
const hasUse = (choice: ServiceChoice, role: Role): boolean => {
  if (!isMenuPage(choice) || !pagesOfActs.has(choice)) return true
  const { right } = menuPages[choice]
  return right === undefined || mayDo(role, right)
}
const pagesOfActs = new Set<MenuPage>(['cash box', 'settings', 'close', 'restart'])

const isThere = (
  choice: ServiceChoice,
  page: MenuPage,
  { closed, devices, acceptorReady, machineActs, languages }: MenuFacts,
): boolean => {
  const language = languageOf(choice)
  if (language !== null) return languages.includes(language)
  switch (choice) {
    case 'restart screen':
    case 'restart program':
    case 'reboot':
    case 'shut down':
      return machineActs.includes(choice)
    case 'test':
      return page !== 'noteAcceptor' || acceptorReady
    case 'open':
      return closed
    case 'close now':
    case 'close for a fault':
    case 'close for the day':
      return !closed
    case 'cardReader':
    case 'noteAcceptor':
    case 'receiptPrinter':
    case 'bankTerminal':
      return devices.includes(choice)
    case 'cash box':
      return devices.includes('noteAcceptor')
    case 'paper':
      return devices.includes('receiptPrinter')
    default:
      return true
  }
}

/** Why the kiosk is closed, as whoever closes it says. */
export const closingChoices = {
  'close now': 'maintenance',
  'close for a fault': 'fault',
  'close for the day': 'closed for the day',
} as const satisfies Partial<Record<ServiceChoice, ClosedReason>>

export const reasonOf = (choice: ServiceChoice): ClosedReason => {
  const reasons: Partial<Record<ServiceChoice, ClosedReason>> = closingChoices
  return reasons[choice] ?? 'maintenance'
}

export const isMenuPage = (choice: ServiceChoice | MenuPage): choice is MenuPage =>
  Object.hasOwn(menuPages, choice)

export const languageOf = (choice: ServiceChoice): Language | null => {
  switch (choice) {
    case 'english':
      return 'en'
    case 'chinese':
      return 'zh'
    case 'arabic':
      return 'ar'
    default:
      return null
  }
}
