// What the first setup of a kiosk says and is told: problems, results, presses; shared by its machine, its page and its acts.
import type { Language } from '../domain/language.ts'
import type { SlotPlace, Slots } from '../ui/kiosk/screen.ts'
import type { ServiceDevice, ServiceMark, ServiceRow, ServiceValue } from '../ui/kiosk/service/service-page.ts'
import type { SetupCheck } from '../domain/setup/report-words.ts'
import type { DeviceAnswers } from './setup-answers.ts'

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

/** A press of the page as an event of the machine. */
export type SetupPressEvent = SetupPress extends infer One
  ? One extends SetupPress
    ? Omit<One, 'type'> & { type: `press.${One['type']}` }
    : never
  : never

export const setupPressEvent = (press: SetupPress): SetupPressEvent =>
  ({ ...press, type: `press.${press.type}` }) as SetupPressEvent

/** A device that answered, as an answer. */
export type FoundDevice = {
  [Device in ServiceDevice]: { device: Device; found: NonNullable<DeviceAnswers[Device]> }
}[ServiceDevice]

export type SearchEvent =
  /** The lines that are looked at. */
  | { type: 'search.lines'; lines: string[] }
  | { type: 'search.found'; device: FoundDevice }
  | { type: 'search.ended' }

/** What is told while a device is tested. */
export type TestEvent =
  /** Somebody has to look at the paper. */
  | { type: 'test.looking' }
  | {
      type: 'test.ended'
      device: ServiceDevice
      passed: boolean
      rows: ServiceRow[]
    }
