// The picture book of the first setup: every page a technician can see, and every press that comes back.
//
// As for customers, the kiosk sends one view whole and the page sends presses; what is being typed stays in the page until it
// is an answer.
import type { Language } from '../../domain/language.ts'
import type { SetupQuestion } from '../../domain/setup/questions.ts'
import type { SetupCheck } from '../../domain/setup/report-words.ts'
import type { SlotPlace, Slots } from '../kiosk/screen.ts'
import type {
  ServiceDevice,
  ServiceMark,
  ServiceRow,
  ServiceValue,
} from '../kiosk/service/service-page.ts'

export type SetupView = {
  /** Grows with every view. */
  number: number
  language: Language
  /** The moment of the view, ms since 1970. */
  now: number
  timeZone: string
  currency: { code: string; symbol: string }
  /** Null before it is known. */
  kiosk: string | null
  step: SetupStep
  page: SetupPage
  problem: SetupProblem | null
  /** Whether there is a way back. */
  back: boolean
}

/** The five nodes of the wire. */
export const setupSteps = ['language', 'centre', 'kiosk', 'devices', 'ready'] as const
export type SetupStep = (typeof setupSteps)[number]

export type SetupPage =
  | { kind: 'language' }
  /** `given`: what was answered before; never a code and never a PIN. */
  | { kind: 'question'; question: SetupQuestion; given: string; stick: boolean }
  | {
      kind: 'working'
      at: 'enrolling' | 'searching' | 'checking' | 'writing' | 'moment'
      found: DeviceLine[]
    }
  /** `mayGoOn`: a kiosk needs a card reader, and can do without the rest. */
  | { kind: 'devices'; devices: DeviceLine[]; mayGoOn: boolean }
  | {
      kind: 'device'
      device: DeviceLine
      rows: ServiceRow[]
      /** Where it could be, for whoever assigns it by hand. Empty for the reader, which the card daemon finds. */
      lines: string[]
      /** Of printers; `chosen` is the one that stands. */
      models: { name: string; called: string }[]
      chosen: string | null
    }
  | { kind: 'testing'; device: ServiceDevice; looking: boolean }
  | { kind: 'slots'; slots: Slots; asked: (keyof Slots)[] }
  | {
      kind: 'report'
      rows: SetupReportRow[]
      ready: boolean
      paper: 'no printer' | 'none' | 'printing' | 'printed' | 'not printed'
    }

/** A device and what is known of it. */
export type DeviceLine = {
  device: ServiceDevice
  /** What it said of itself, and where it is; null: there is none. */
  found: { said: string; line: string | null } | null
  tested: 'not yet' | 'passed' | 'failed'
}

/** Why a step did not go on. The page has a sentence for each: what, where, what to do. */
export type SetupProblem =
  | {
      kind:
        | 'nothing typed'
        | 'not an address'
        | 'not a kiosk number'
        | 'not a whole code'
        | 'not a currency'
        | 'not a time zone'
        | 'not a person number'
        | 'not a pin'
        | 'pins differ'
        /** The centre was not reached. */
        | 'centre away'
        /** Who answered there is not the centre that made the code. */
        | 'another centre'
        | 'clock wrong'
        | 'no stick'
        | 'nothing answers there'
    }
  /** In the centre's own words. */
  | { kind: 'refused by the centre'; said: string }
  /** Of the disk or the program, in its own words. */
  | { kind: 'not done'; said: string }

export type SetupReportRow = { check: SetupCheck; value: ServiceValue; mark: ServiceMark }

export const setupChoices = [
  'search again',
  'test',
  'leave out',
  'seen',
  'not seen',
  'print',
  'check again',
  'in service',
  'read stick',
] as const
export type SetupChoice = (typeof setupChoices)[number]

export type SetupPress =
  | { type: 'language'; language: Language }
  | { type: 'answer'; text: string }
  | { type: 'choose'; choice: SetupChoice }
  | { type: 'device'; device: ServiceDevice }
  /** The device of the page is on this line: asked there, and nowhere else. */
  | { type: 'line'; line: string }
  | { type: 'model'; model: string }
  | { type: 'slot'; slot: keyof Slots; place: SlotPlace }
  | { type: 'on' | 'back' }

/** What the page POSTs: the press and the number of the view it was made on. */
export type SetupPressed = { view: number; press: SetupPress }
