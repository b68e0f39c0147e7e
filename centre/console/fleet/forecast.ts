// Pure: when something is used up or full, from how fast it went in the days before, and how sure that is.
import type { Forecast } from '../../../domain/console/fleet.ts'
import { dayAfter } from './calendar.ts'

/** So many days are looked back on, and at least so many must be known. */
export const paceDays = 28
const fewestDays = 7
/** Four out of five times it happens between the early and the late day: the middle 80 % of a normal distribution. */
const spread = 1.28
/** Nobody plans further ahead; what is later is told as no day at all. */
const furthestDays = 730

/** What whole days before today have used: how many days, their sum, and the sum of their squares. */
export type Used = { days: number; sum: number; squares: number }

export const usedInAll = (used: readonly number[]): Used => ({
  days: used.length,
  sum: used.reduce((sum, each) => sum + each, 0),
  squares: used.reduce((sum, each) => sum + each * each, 0),
})

/**
 * `room`: how much is left until then. Days are taken as alike but for chance: after d days, d times the mean is used, and the
 * deviation has grown with the root of d.
 */
export const forecastOf = (of: { today: string; room: number; used: Used }): Forecast => {
  const { today, room, used } = of
  const { days, sum, squares } = used
  if (days < fewestDays) return { kind: 'unknown', why: 'too few days' }
  const pace = sum / days
  if (pace === 0) return { kind: 'unknown', why: 'nothing is used' }
  const variance = Math.max(0, squares - sum * pace) / (days - 1)
  const deviation = spread * Math.sqrt(variance)
  const day = (after: number): string => dayAfter(today, Math.floor(Math.min(after, furthestDays)))
  const left = Math.max(0, room)
  const late = daysUntil(left, pace, -deviation)
  return {
    kind: 'known',
    day: day(left / pace),
    early: day(daysUntil(left, pace, deviation)),
    late: late > furthestDays ? null : day(late),
    pace,
    overDays: days,
  }
}

/** d with pace·d + deviation·√d = room. */
const daysUntil = (room: number, pace: number, deviation: number): number => {
  const root = (-deviation + Math.sqrt(deviation ** 2 + 4 * pace * room)) / (2 * pace)
  return root ** 2
}

/** On each whole day from the first one known to yesterday: a day of which nothing is told had nothing. */
export const usedOn = (
  days: readonly { day: string; count: number }[],
  { from, today, since }: { from: string; today: string; since: string | null },
): Used => {
  if (since === null) return usedInAll([])
  const counts = new Map(days.map(({ day, count }) => [day, count]))
  const used: number[] = []
  for (let day = since > from ? since : from; day < today; day = dayAfter(day, 1)) {
    used.push(counts.get(day) ?? 0)
  }
  return usedInAll(used)
}
