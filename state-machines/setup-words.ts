// What the machine of the first setup is told: presses of its page, what a search finds, how a test goes.
import type { ServiceDevice, ServiceRow } from '../ui/kiosk/service/service-page.ts'
import type { SetupPress } from '../ui/setup/setup-view.ts'
import type { DeviceAnswers } from './setup-answers.ts'

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
