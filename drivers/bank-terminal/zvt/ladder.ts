// What is tried with a terminal that answers and does not get ready: one rung after another. Pure.
//
//   no answer:  the same frame, twice more ──► the line opened again, with back-off, and registered again
//   not ready:  what the specification says helps, once a minute ──► reset, and the line opened again
//
// A payment is on none of them: it is sent once, and looked for when the terminal is back.
import type { Conversation } from './conversation.ts'
import { faultOfState, remedyOf, terminalState, type Remedy } from './result-codes.ts'

export const ladderDelays = {
  /** A remedy that did not help is tried again after so long. */
  remedyAgainMs: 60_000,
  /** Not ready for so long: no remedy has helped. */
  notReadyMs: 300_000,
  /** Sparingly (fleet.md 9.2): a reset that did not help is not repeated sooner. */
  resetAgainMs: 3_600_000,
}

export type Rung = { kind: 'wait' } | { kind: 'remedy'; remedy: Remedy } | { kind: 'reset' }

export type Trouble = {
  /** Since when it has not been ready; null while it is. */
  notReadySinceMs: number | null
  remedied: { remedy: Remedy; atMs: number } | null
  resetMs: number | null
  /** Something is asked of it, or nobody knows what became of the last payment. */
  paymentOpen: boolean
}

export const rungFor = (state: number, trouble: Trouble, nowMs: number): Rung => {
  if (mayReset(state, trouble, nowMs)) return { kind: 'reset' }
  const remedy = remedyOf(state)
  const { remedied } = trouble
  if (remedy === null) return { kind: 'wait' }
  const triedMs = remedied?.remedy === remedy ? remedied.atMs : Number.NEGATIVE_INFINITY
  return nowMs >= triedMs + ladderDelays.remedyAgainMs
    ? { kind: 'remedy', remedy }
    : { kind: 'wait' }
}

/**
 * Devices.md 10.6: a reset does not finish what is running. So never while it is busy or a payment is open; and a card that was
 * left inside, or a day that is not ended, is no better for it.
 */
const mayReset = (state: number, trouble: Trouble, nowMs: number): boolean => {
  const { notReadySinceMs, resetMs, paymentOpen } = trouble
  return (
    state !== terminalState.busy &&
    faultOfState(state)?.kind === 'not ready' &&
    !paymentOpen &&
    notReadySinceMs !== null &&
    nowMs - notReadySinceMs >= ladderDelays.notReadyMs &&
    (resetMs === null || nowMs - resetMs >= ladderDelays.resetAgainMs)
  )
}

export const paymentOpen = ({
  payment,
  pinAsked,
  jobs,
  verdicts,
}: Pick<Conversation, 'payment' | 'pinAsked' | 'jobs' | 'verdicts'>): boolean =>
  payment !== null ||
  pinAsked !== null ||
  jobs.length > 0 ||
  [...verdicts.values()].at(-1)?.type === 'payment.unknown'
