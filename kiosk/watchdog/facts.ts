// What the watchdog looks at, and what it can find wrong: the shapes that its pure parts and its hands share.
import type { DeviceStates } from '../../state-machines/device-states.ts'

type Role = keyof DeviceStates

/** One look at the program. All times in milliseconds. */
export type HealthFacts = {
  /** False once the kiosk machine has stopped by a fault of ours. */
  machineRuns: boolean
  /** How much later than planned this look came. */
  loopLateMs: number
  /** Of each device that this kiosk has: since its loop last heard, asked or opened its line. */
  turnedMs: Partial<Record<Role, number>>
  /** Since the page last answered; since it was served when it never did. */
  page: { silentMs: number; hasAnswered: boolean }
  /** `not trusted`: it was so when this program started, and another start changes nothing. */
  journal: 'written' | 'failed' | 'not trusted'
  /** Since a test write last reached the disk of the data folder; null while none has since the start. */
  syncedMs: number | null
  /** By how much the worker of the outbox is late; 0 when it is not, or nothing is told to anybody. */
  outboxLateMs: number
  /** Since the screen last changed in a step of a sale, and the longest that any step may take. */
  step: { forMs: number; mostMs: number }
  /** Somebody is being served, or a technician is at work. */
  isBusy: boolean
}

/** Why a beat is withheld. */
export type Reason =
  | 'machine stopped'
  | 'event loop late'
  | `${Role} loop hangs`
  | 'page silent'
  | 'journal not written'
  | 'disk not synced'
  | 'outbox stands still'
  | 'step too long'

/** A reason, and for how long it has stood. */
export type Standing = { reason: Reason; forMs: number }
