// Pure: how a release on trial does. The updater ends the trial by this word, and puts the one before back without any.
export type Moment = {
  /** Since the program started. */
  forMs: number
  /** Since when all has been well without a break; null when something is not. */
  wellForMs: number | null
  isBusy: boolean
}

/** Well for so long: it is good. Not well by then: it is not. */
export const trialMs = { good: 30 * 60_000, longest: 90 * 60_000 } as const

/** A release does not end its trial while somebody is being served: the sale tells more. */
export const verdictOf = ({ forMs, wellForMs, isBusy }: Moment): 'good' | 'failed' | null => {
  if (isBusy) return null
  if (wellForMs !== null && wellForMs >= trialMs.good) return 'good'
  return forMs >= trialMs.longest ? 'failed' : null
}

/** What of a running kiosk counts; the same facts that feed its watchdog. */
export const isWell = (of: {
  isUp: boolean
  /** Whether customers can buy, in the word of the fleet. */
  status: string
  journal: string
  /** Since the page last answered. */
  pageSilentMs: number
}): boolean =>
  of.isUp &&
  (of.status === 'inService' || of.status === 'degraded' || of.status === 'maintenance') &&
  of.journal === 'written' &&
  of.pageSilentMs < 20_000
