// What the console looks after by itself while nobody asks: each in small steps, so that no sale waits for one.
import type { FastifyBaseLogger } from 'fastify'
import { closeDays } from '../figures/closing-days.ts'
import { matchDays } from '../figures/matching-days.ts'
import { findingLosses } from '../losses/finding-losses.ts'
import type { Store } from '../store.ts'

export type Upkeep = {
  store: Store
  /** ms since 1970. */
  now: () => number
  timeZone: string
  log: FastifyBaseLogger
}

/** Begun every few seconds, none twice at once: a year that nobody has closed is caught up day by day. */
export const upkeep = ({ log, ...of }: Upkeep): readonly (() => Promise<void>)[] => [
  async () => {
    await closeDays({ ...of, told: (progress) => log.info(progress, 'a business day is closed') })
  },
  // One date at a time: to match one reads the payments of two weeks.
  async () => {
    await matchDays({ ...of, most: 1 })
  },
  async () => {
    const run = await findingLosses(of)
    if (run !== null) log.info(run, 'the books were looked at for losses')
  },
]
