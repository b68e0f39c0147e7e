// The kinds of home and workplace in the town, and how much energy each uses through the year.
import type { Calendar, Day } from './calendar.ts'
import { dayMs } from './calendar.ts'

export type HouseholdKind = (typeof households)[number]['kind']

type HouseholdModel = {
  kind: string
  /** Of the town's customers, in 1/1000. */
  share: number
  tariff: 'RES' | 'SOC' | 'COM' | 'HOL'
  /** On a day without heating, cooling and feast, in 0.01 kWh; how unlike one another they are. */
  perDay: number
  spread: number
  /** What the coldest and the hottest day add, as a share of it. */
  heating: number
  cooling: number
  weekend: number
  holiday: number
  /** Days for which they buy at once, and what is left when they go. */
  buysFor: readonly [least: number, most: number]
  leaves: readonly [least: number, most: number]
}

export const households = [
  {
    kind: 'flat',
    share: 452,
    tariff: 'RES',
    perDay: 430,
    spread: 0.3,
    heating: 0.5,
    cooling: 0.6,
    weekend: 1.15,
    holiday: 1.2,
    buysFor: [18, 40],
    leaves: [200, 1_800],
  },
  {
    kind: 'house',
    share: 250,
    tariff: 'RES',
    perDay: 620,
    spread: 0.32,
    heating: 0.9,
    cooling: 0.6,
    weekend: 1.15,
    holiday: 1.25,
    buysFor: [20, 42],
    leaves: [400, 3_000],
  },
  {
    kind: 'small flat',
    share: 140,
    tariff: 'SOC',
    perDay: 260,
    spread: 0.25,
    heating: 0.35,
    cooling: 0.3,
    weekend: 1.1,
    holiday: 1.1,
    buysFor: [10, 30],
    leaves: [50, 900],
  },
  {
    kind: 'shop',
    share: 80,
    tariff: 'COM',
    perDay: 1_250,
    spread: 0.4,
    heating: 0.3,
    cooling: 0.8,
    weekend: 1.05,
    holiday: 0.6,
    buysFor: [12, 32],
    leaves: [1_500, 8_000],
  },
  {
    kind: 'workshop',
    share: 40,
    tariff: 'COM',
    perDay: 2_000,
    spread: 0.45,
    heating: 0.25,
    cooling: 0.15,
    weekend: 0.25,
    holiday: 0.15,
    buysFor: [14, 30],
    leaves: [3_000, 15_000],
  },
  {
    kind: 'villa',
    share: 18,
    tariff: 'RES',
    perDay: 1_300,
    spread: 0.3,
    heating: 1.1,
    cooling: 1.2,
    weekend: 1.1,
    holiday: 1.2,
    buysFor: [25, 45],
    leaves: [1_500, 6_000],
  },
  {
    kind: 'holiday home',
    share: 20,
    tariff: 'HOL',
    perDay: 420,
    spread: 0.3,
    heating: 0,
    cooling: 0.4,
    weekend: 1.6,
    holiday: 2.2,
    buysFor: [25, 60],
    leaves: [200, 1_000],
  },
] as const satisfies readonly HouseholdModel[]

export type Household = (typeof households)[number]

export const householdOf = (kind: HouseholdKind): Household => {
  const found = households.find((each) => each.kind === kind)
  if (found === undefined) throw new RangeError(`there is no household ${kind}`)
  return found
}

/** How much of a day's usual use an average home of this kind uses on a day. */
const useOn = (it: HouseholdModel, day: Day): number => {
  const people = day.isHoliday ? it.holiday : day.isWeekend ? it.weekend : 1
  if (it.kind === 'holiday home') return emptyOr(day, people)
  return people * (1 + it.heating * day.cold + it.cooling * day.heat)
}

/** Somebody is there in summer and in the holidays; else only the refrigerator. */
const emptyOr = (day: Day, people: number): number =>
  day.isHoliday ? people : day.heat > 0.5 ? people * 1.2 : 0.06

/** Days of usual use that have passed since the year began, at any moment of it. */
export type UseSoFar = (at: number) => number

export const useOf = (kind: HouseholdKind, calendar: Calendar): UseSoFar => {
  const model = householdOf(kind)
  const sums = new Float64Array(calendar.days.length + 1)
  for (const [place, day] of calendar.days.entries()) {
    sums[place + 1] = (sums[place] ?? 0) + useOn(model, day)
  }
  return (at) => {
    const place = calendar.placeOf(at)
    const [before = 0, after = 0] = [sums[place], sums[place + 1]]
    return before + ((at - calendar.from) / dayMs - place) * (after - before)
  }
}

/** When so many days of usual use will have passed; the end of the calendar where they never do. */
export const whenUsed = (
  soFar: UseSoFar,
  of: { from: number; use: number; calendar: Calendar },
) => {
  const target = soFar(of.from) + of.use
  const last = of.calendar.from + of.calendar.days.length * dayMs - 1
  let [low, high] = [of.from, last]
  if (soFar(last) <= target) return last
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 2)
    if (soFar(middle) < target) low = middle
    else high = middle
  }
  return high
}
