// What is said of a fault: the same for drivers, kiosk, fleet, maintenance menu and centre (fleet.md 9).
import type { ActionWord, DeviceWord, EventAbout, MoneyAtRisk, Severity } from '../fleet/words.ts'

/** Who brings it about that a fault ends; the driver notices by itself that it has. */
export type ClearedBy =
  /** The device or the line recovers, or the driver helps it. */
  | 'itself'
  /** Whoever has the key of the kiosk and no tools: paper, cover, cash box. */
  | 'person on site'
  | 'technician'
  /** Nobody at the kiosk can: network, centre, time. */
  | 'office'

export type FaultWords = {
  /** What the device is meanwhile. */
  word: DeviceWord
  about: EventAbout
  sev: Severity
  act: ActionWord
  risk: MoneyAtRisk
  clearedBy: ClearedBy
}
