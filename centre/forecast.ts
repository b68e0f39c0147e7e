// The day the energy runs out, from what the meter says was used this month and last. Pure.
import type { Energy } from '../domain/energy.ts'
import { localDayOf } from './tariffs/tariff-calendar.ts'

const dayMs = 86_400_000

/** Beyond this a forecast says nothing. */
const farthestDays = 400

/**
 * When `remaining` at `at` (ms) will be used up at the mean use of this and the last month; null when nothing was used
 * or it is too far away to say.
 */
export const runsOutAt = (of: {
  remaining: Energy
  at: number
  usedThisMonth: Energy
  usedLastMonth: Energy
  timeZone: string
}): number | null => {
  const today = localDayOf(new Date(of.at), of.timeZone)
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  // A meter that was opened this month has no last month; its days must not thin out the mean.
  const daysLast = of.usedLastMonth > 0 ? new Date(Date.UTC(year, month - 1, 0)).getUTCDate() : 0
  const used = of.usedThisMonth + of.usedLastMonth
  if (used === 0) return null
  const days = Math.ceil((of.remaining * (day + daysLast)) / used)
  return days > farthestDays ? null : of.at + days * dayMs
}
