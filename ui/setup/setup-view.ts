// The picture book of the first setup: every page a technician can see, and every press that comes back.
//
// As for customers, the kiosk sends one view whole and the page sends presses; what is being typed stays in the page until it
// is an answer.
import type { Language } from '../../domain/language.ts'
import type { SetupQuestion } from '../../state-machines/setup-answers.ts'
import type { SetupPress, SetupProblem, SetupReportRow } from '../../state-machines/setup-words.ts'
import type { Slots } from '../kiosk/screen.ts'
import type { ServiceDevice, ServiceRow } from '../kiosk/service/service-page.ts'

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
  | { kind: 'working'; at: 'enrolling' | 'searching' | 'checking' | 'writing' | 'moment'; found: DeviceLine[] }
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

export type SetupPressed = { view: number; press: SetupPress }
