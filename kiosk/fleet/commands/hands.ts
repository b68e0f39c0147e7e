// What a command can reach of a running kiosk: all of it, and there is nothing here that moves money.
import type { Numbered } from '../../../domain/fleet/topics.ts'
import type { TestedDevice } from '../../../domain/fleet/operations.ts'
import type { ClosedBy, ClosedReason, Closing } from '../../../domain/service/service-entries.ts'

/** What the kiosk's machines do for a command. */
export type KioskHands = {
  /** Resolves when nobody is being served any more and that is journalled. */
  close: (how: Closing, reason: ClosedReason, by: ClosedBy) => Promise<void>
  open: (by: ClosedBy) => Promise<void>
  /** No sale, no credit, no card inside, no note moving, nothing being printed (C6). */
  isIdle: () => boolean
  /** Resolves when the kiosk is idle, and when the signal aborts. */
  whenIdle: (signal: AbortSignal) => Promise<void>
  /** The page loads itself anew. */
  restartScreen: () => void
  /** The program ends in order, with `exitToRestart`. */
  restartRuntime: () => void
  /** Resolves when the machine has been told to; null where the configuration says nothing of it. */
  reboot: (() => Promise<void>) | null
  /** Never moves a note, a card or a payment. `words`: what was found, for the operator. */
  selfTest: (device: TestedDevice) => Promise<{ ok: boolean; words: string }>
}

/** What the line to the fleet does for a command. */
export type LineHands = {
  report: () => void
  beatEvery: (seconds: number) => void
  /** The first number that is sent again; null when nothing is kept from there on. */
  resend: (topic: Numbered, from: number) => Promise<number | null>
}

/** An exit code that supervision starts the program again after: `EX_TEMPFAIL` of sysexits. */
export const exitToRestart = 75
