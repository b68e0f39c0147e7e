// Homes that buy no more although their energy must have run out long ago by their own habit and the season. Pure.
import { dayAfter, daysBetween, type Buying } from './buying.ts'
import { scoreOf, type HomeFinding } from './found.ts'
import type { Group } from './neighbours.ts'

/** Overdue by less is a purchase that comes a little late. */
const fewestDaysOverdue = 21
/** Against the longest time this home ever stayed away. */
const longerThanEver = 1.3
/** Beyond it nobody says on which day something ran out. */
const farthestDays = 400
/** A home that was opened this long ago has had time to buy. */
const monthsToBegin = 2

export type Compared = {
  buying: Buying
  group: Group
  level: number
  months: readonly string[]
  /** The last day that is looked at. */
  day: string
}

export const zeroBuyer = ({ buying, group, level, months, day }: Compared): HomeFinding | null => {
  const { lastBought } = buying
  if (!buying.mayBuy || lastBought === null) return null
  const away = daysBetween(lastBought, day)
  const longest = Math.max(14, buying.longestGapDays)
  if (away < Math.max(fewestDaysOverdue, longest * longerThanEver)) return null
  const perDay = usePerDayOf({ group, level, months })
  const ranOut = ranOutOn({ ...buying.stock, perDay, until: day })
  if (ranOut === null) return null
  const overdueDays = daysBetween(ranOut, day)
  if (overdueDays < fewestDaysOverdue) return null
  const missed = energyBetween(ranOut, day, perDay)
  const isHabit = Math.min(1, (buying.purchases - 1) / 4)
  return {
    pattern: 'zero buyer',
    since: ranOut,
    score: scoreOf(isHabit * Math.min(75, 25 + 18 * Math.log2(away / longest) + overdueDays / 4)),
    lostEnergy: Math.round(missed),
    why: {
      kind: 'zero buyer',
      lastBought,
      purchases: buying.purchases,
      held: Math.round(buying.stock.energy),
      usedPerDay: Math.round(perDay(day)),
      ranOut,
      overdueDays,
      longestGapDays: buying.longestGapDays,
      neighbours: group.members.length,
    },
    evidence: {
      orders: buying.lastOrders,
      ...(buying.lastWriteBack === null ? {} : { writeBacks: [buying.lastWriteBack] }),
    },
    through: lastBought,
  }
}

/** A home that has a card and a meter for months and never bought anything. */
export const neverBought = (
  buying: Buying,
  of: { group: Group; months: readonly string[]; day: string },
): HomeFinding | null => {
  if (!buying.mayBuy || buying.lastBought !== null) return null
  const { day, months, group } = of
  const begun = months.findIndex((month) => month > buying.home.opening_period.slice(0, 7))
  if (begun < 0 || months.length - begun <= monthsToBegin) return null
  const since = `${months[begun] ?? day.slice(0, 7)}-01`
  const perDay = usePerDayOf({ group, level: 0.5, months })
  return {
    pattern: 'zero buyer',
    since,
    score: scoreOf(20 + 3 * (months.length - begun)),
    lostEnergy: Math.round(energyBetween(since, day, perDay)),
    why: {
      kind: 'zero buyer',
      lastBought: null,
      purchases: 0,
      held: 0,
      usedPerDay: Math.round(perDay(day)),
      ranOut: since,
      overdueDays: daysBetween(since, day),
      longestGapDays: 0,
      neighbours: group.members.length,
    },
    evidence: {},
    through: since,
  }
}

/** What this home would use on a day: as the neighbours of its size do in that month. */
const usePerDayOf =
  (of: Pick<Compared, 'group' | 'level' | 'months'>) =>
  (day: string): number => {
    const month = of.months.indexOf(day.slice(0, 7))
    // The running month is not whole: the one before it says more of a day.
    const place = Math.min(month < 0 ? 0 : month, of.months.length - 2)
    const days = daysIn(of.months[place] ?? day)
    return (of.level * (of.group.season[place] ?? 0)) / days
  }

const daysIn = (month: string): number => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}

/** The first day on which nothing is left; null when something still is. */
const ranOutOn = (of: {
  day: string
  energy: number
  perDay: (day: string) => number
  until: string
}): string | null => {
  let { day, energy } = of
  for (let days = 0; day <= of.until && days < farthestDays; days++) {
    if (energy <= 0) return day
    energy -= of.perDay(day)
    day = dayAfter(day, 1)
  }
  return null
}

const energyBetween = (from: string, until: string, perDay: (day: string) => number): number => {
  let sum = 0
  for (let day = from; day < until; day = dayAfter(day, 1)) sum += perDay(day)
  return sum
}
