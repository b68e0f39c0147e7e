// Homes that buy less than they did, at the season of their neighbours; and homes that always bought far less than those. Pure.
import type { Buying } from './buying.ts'
import { placeOf, scoreOf, type HomeFinding } from './found.ts'
import { levelOf, type Group, type Neighbourhood } from './neighbours.ts'
import { ascending, middleOf, quantile } from './statistics.ts'

/** Months at the end that are held against those before: fewer are chance, for people buy for weeks at once. */
const shortest = 3
/** Months before them that must be known. */
const knownBefore = 3
/** A fall to more than this much of what was usual is a change of life. */
const mostOfUsual = 0.62
/** Below the middle of the neighbours, in their own scatter. */
const farBelow = 3.5
/** Neighbours are never taken for more alike than this: 0.1 is about a tenth of what they buy. */
const leastScatter = 0.1
/** For homes that were always low: half the homes of a town are smaller than the other half. */
const alwaysFarBelow = 3
const alwaysMonths = 6

type Spread = { middle: number; scatter: number; least: number; most: number; homes: number }

/** How the members of a group buy after a month, each against itself before it. */
export type Falls = Map<number, Spread>

/** For each group, once: what all later comparisons in it need. */
export const fallsOf = (group: Group, all: Neighbourhood): Falls => {
  const spreads = new Map<number, Spread>()
  const length = group.season.length
  for (let split = knownBefore; split <= length - shortest; split++) {
    const ratios = group.members.flatMap((home) => fallAt(home, split, group, all)?.ratio ?? [])
    if (ratios.length >= 10) spreads.set(split, spreadOf(ratios))
  }
  return spreads
}

const fallAt = (
  home: number,
  split: number,
  group: Group,
  { buyings }: Neighbourhood,
): { ratio: number; before: number } | null => {
  const buying = buyings[home]
  if (buying === undefined || split - buying.firstWhole < knownBefore) return null
  const before = levelOf(buying, group.season, { from: 0, to: split })
  const after = levelOf(buying, group.season, { from: split, to: buying.months.length })
  return before === null || before === 0 || after === null
    ? null
    : { ratio: after / before, before }
}

const spreadOf = (ratios: readonly number[]): Spread => {
  const { middle, scatter } = middleOf(ratios.map((it) => Math.log(Math.max(it, 0.02))))
  const sorted = ascending(ratios)
  return {
    middle,
    scatter: Math.max(scatter, leastScatter),
    least: quantile(sorted, 0.05),
    most: quantile(sorted, 0.95),
    homes: ratios.length,
  }
}

/** The month since which this home bought least against what it did before; null when it never fell far enough. */
export const lowBuyer = (
  home: number,
  of: { group: Group; all: Neighbourhood; falls: Falls; months: readonly string[] },
): HomeFinding | null => {
  const { group, all, falls, months } = of
  const buying = all.buyings[home]
  if (buying === undefined || !buying.mayBuy) return null
  let worst: { split: number; far: number; ratio: number; before: number; spread: Spread } | null =
    null
  for (const [split, spread] of falls) {
    const fall = fallAt(home, split, group, all)
    if (fall === null || fall.ratio === 0 || fall.ratio > mostOfUsual * Math.exp(spread.middle)) {
      continue
    }
    if (!saysItsMeter(buying, split, { group, spread })) continue
    const far = (spread.middle - Math.log(fall.ratio)) / spread.scatter
    if (far >= farBelow && (worst === null || far > worst.far)) {
      worst = { split, far, spread, ...fall }
    }
  }
  if (worst === null) return null
  const { split, far, spread, before } = worst
  const bought = sum(buying.months, split)
  const usualAfter = before * sum(group.season, split)
  const usual = usualAfter * Math.exp(spread.middle)
  return {
    pattern: 'low buyer',
    since: `${months[split] ?? ''}-01`,
    score: scoreOf(Math.min(90, 30 + 7 * (far - farBelow) + 4 * (months.length - split))),
    lostEnergy: Math.round(Math.max(0, usual - bought)),
    why: {
      kind: 'low buyer',
      against: 'own past',
      from: months[split] ?? '',
      months: months.length - split,
      bought: Math.round(bought),
      least: Math.round(usualAfter * spread.least),
      most: Math.round(usualAfter * spread.most),
      usual: Math.round(usual),
      neighbours: spread.homes,
      scatterTenths: Math.round(far * 10),
    },
    evidence: { orders: buying.lastOrders },
    through: months[split] ?? '',
  }
}

/** Who lives on what they had bought before does not use less: the meter's own count must have fallen too. */
const mostUsed = 0.75

const saysItsMeter = (
  { used }: Buying,
  split: number,
  { group, spread }: { group: Group; spread: Spread },
): boolean => {
  if (used === null) return true
  const rateOf = (from: number, to: number): number | null => {
    let [own, usual] = [0, 0]
    for (let month = from; month < to; month++) {
      own += used.months[month] ?? 0
      usual += (group.season[month] ?? 0) * (used.covered[month] ?? 0)
    }
    return usual === 0 ? null : own / usual
  }
  const [before, after] = [rateOf(0, split), rateOf(split, used.months.length)]
  if (before === null || after === null || before <= 0) return true
  return after / before <= mostUsed * Math.exp(spread.middle)
}

/** Homes that bought so little all the time that none of their kind does: against area and tariff, whatever the size. */
export const alwaysLow = (
  members: readonly number[],
  all: Neighbourhood,
): { spread: Spread; lowOnes: { home: number; far: number }[] } | null => {
  const known = members.flatMap((home) => {
    const [it, level] = [all.buyings[home], all.level[home]]
    return it === undefined || level === null || level === undefined || level === 0
      ? []
      : it.months.length - it.firstWhole < alwaysMonths
        ? []
        : [{ home, level }]
  })
  if (known.length < 20) return null
  const spread = spreadOf(known.map(({ level }) => level))
  const lowOnes = known.flatMap(({ home, level }) => {
    const far = (spread.middle - Math.log(level)) / spread.scatter
    return far < alwaysFarBelow ? [] : [{ home, far }]
  })
  return { spread, lowOnes }
}

export const alwaysLowFinding = (
  home: number,
  of: {
    far: number
    spread: Spread
    season: Float64Array
    all: Neighbourhood
    months: readonly string[]
  },
): HomeFinding | null => {
  const { far, spread, season, all, months } = of
  const buying = all.buyings[home]
  if (buying === undefined || !buying.mayBuy) return null
  const from = buying.firstWhole
  const bought = sum(buying.months, from)
  const whole = sum(season, from)
  const usual = whole * Math.exp(spread.middle)
  return {
    pattern: 'low buyer',
    since: `${months[from] ?? ''}-01`,
    // Some homes are small: being unlike all others says less than becoming unlike oneself.
    score: scoreOf(Math.min(45, 15 + 10 * (far - alwaysFarBelow))),
    lostEnergy: Math.round(Math.max(0, whole * spread.least - bought)),
    why: {
      kind: 'low buyer',
      against: 'neighbours',
      from: months[from] ?? '',
      months: months.length - from,
      bought: Math.round(bought),
      least: Math.round(whole * spread.least),
      most: Math.round(whole * spread.most),
      usual: Math.round(usual),
      neighbours: spread.homes,
      scatterTenths: Math.round(far * 10),
    },
    evidence: { orders: buying.lastOrders },
    through: placeOf(from),
  }
}

const sum = (months: Float64Array, from: number): number =>
  months.subarray(from).reduce((total, each) => total + each, 0)
