// What the pages of the maintenance mode say of this kiosk, beyond what its machine knows.
import type { CashBox } from '../cash-box.ts'
import type { FaultTold } from '../site-record.ts'
import type { ServiceDevice } from '../../ui/kiosk/service/service-page.ts'

/** A command of the office as this kiosk has it. */
export type CommandTold = { op: string; at: number; state: string }

export type ServiceFacts = {
  now: number
  kiosk: { number: string; place: string }
  version: string
  /** ms since 1970 */
  startedAt: number
  /** As the configuration and the devices themselves say it. */
  device: (device: ServiceDevice) => {
    model: string
    port: string | null
    serial: string | null
    /** Since its last good answer; null when it never gave one. */
    heardMs: number | null
  }
  faults: readonly FaultTold[]
  /** When this visit began, ms since 1970; null before somebody is in. */
  visitSince: number | null
  cashBox: CashBox
  /** Null when it cannot be trusted. */
  journal: { lines: number; waiting: number } | null
  salesOpen: number
  /** Notes whose place nobody knows. */
  notesOpen: number
  paymentsOpen: number
  /** Null where this kiosk reports to no fleet. */
  fleet: { joined: boolean; waiting: number } | null
  /** The centre's clock minus ours, ms; null before it was told. */
  clockOffMs: number | null
  receipts: number
  commands: readonly CommandTold[]
  /** Since the page last painted; null when none ever did. */
  paintedMs: number | null
}
