// Every home of the town against its neighbours: who buys no more, who buys too little, whose purchase lies unread.
import type { Buying } from './buying.ts'
import type { HomeFinding } from './found.ts'
import type { NeighboursRow } from './losses-tables.ts'
import { alwaysLow, alwaysLowFinding, fallsOf, lowBuyer, type Falls } from './low-buyers.ts'
import {
  levelOf,
  monthOfMembers,
  neighbourhoodOf,
  type Group,
  type Neighbourhood,
} from './neighbours.ts'
import { quantile } from './statistics.ts'
import { unreadPurchase } from './unread-purchases.ts'
import { neverBought, zeroBuyer } from './zero-buyers.ts'

export type Buyers = {
  found: { finding: HomeFinding; buying: Buying; neighbours: string | null }[]
  neighbours: NeighboursRow[]
  /** The key of the group that a home is compared with. */
  groupOf: (buying: Buying) => string | null
}

export const buyersAmong = async (
  buyings: readonly Buying[],
  of: { months: readonly string[]; day: string; pause: () => Promise<unknown> },
): Promise<Buyers> => {
  const all = await neighbourhoodOf(buyings, of.pause)
  const nearest = buyings.map((_, home) => all.groupOf(home))
  const groups = [...new Set(nearest)].filter((group) => group !== null)
  // Who never bought anything is comparable with nobody in particular.
  const whole = all.groups.find(({ kind }) => kind === 'all') ?? null
  await of.pause()
  const falls = new Map<string, Falls>()
  for (const group of groups) {
    falls.set(group.key, fallsOf(group, all))
    await of.pause()
  }
  const alwaysFar = farBelowOthers(all)
  const found: Buyers['found'] = []
  for (const [home, buying] of buyings.entries()) {
    const group = nearest[home] ?? whole
    if (group === null) continue
    for (const finding of findingsOf({ home, buying, group, all, falls, alwaysFar, ...of })) {
      found.push({ finding, buying, neighbours: group.key })
    }
    if (home % 500 === 0) await of.pause()
  }
  const shown = whole === null || groups.includes(whole) ? groups : [...groups, whole]
  const neighbours: NeighboursRow[] = []
  for (const group of shown) {
    neighbours.push(...rowsOf(group, all, of.months))
    await of.pause()
  }
  const places = new Map(buyings.map((buying, home) => [buying, home] as const))
  return {
    found,
    neighbours,
    groupOf: (buying) => nearest[places.get(buying) ?? -1]?.key ?? null,
  }
}

type Far = Map<number, { far: number; spread: NonNullable<ReturnType<typeof alwaysLow>>['spread'] }>

const findingsOf = (of: {
  home: number
  buying: Buying
  group: Group
  all: Neighbourhood
  falls: ReadonlyMap<string, Falls>
  alwaysFar: Far
  months: readonly string[]
  day: string
}): HomeFinding[] => {
  const { home, buying, group, all, falls, alwaysFar, months, day } = of
  const level = all.level[home]
  const zero =
    level === null || level === undefined
      ? neverBought(buying, { group, months, day })
      : zeroBuyer({ buying, group, level: levelIn(home, group, all), months, day })
  if (zero !== null) {
    // That it lies unread is part of the same story, unless the card was seen since.
    const unread = (buying.unread?.seen.length ?? 0) > 0 ? unreadPurchase(buying, day) : null
    return unread === null ? [zero] : [unread, zero]
  }
  const unread = unreadPurchase(buying, day)
  const own = falls.get(group.key)
  const low = own === undefined ? null : lowBuyer(home, { group, all, falls: own, months })
  const far = alwaysFar.get(home)
  const always =
    low === null && far !== undefined
      ? alwaysLowFinding(home, { ...far, season: group.season, all, months })
      : null
  return [unread, low, always].filter((finding) => finding !== null)
}

/** How it bought as long as it did buy, against the season of its own group. */
const levelIn = (home: number, group: Group, all: Neighbourhood): number => {
  const buying = all.buyings[home]
  if (buying === undefined) return 0
  const to = 1 + buying.months.findLastIndex((bought) => bought > 0)
  return levelOf(buying, group.season, { from: 0, to }) ?? 0
}

const farBelowOthers = (all: Neighbourhood): Far => {
  const far: Far = new Map()
  for (const group of all.groups) {
    if (group.kind !== 'tariff') continue
    const found = alwaysLow(group.members, all)
    if (found === null) continue
    const { spread } = found
    for (const { home, far: by } of found.lowOnes) far.set(home, { far: by, spread })
  }
  return far
}

const rowsOf = (
  { key, members }: Group,
  { buyings }: Neighbourhood,
  months: readonly string[],
): NeighboursRow[] =>
  months.map((month, place) => {
    const bought = monthOfMembers(members, buyings, place)
    return {
      neighbours: key,
      month,
      homes: bought.length,
      least: Math.round(quantile(bought, 0.05)),
      middle: Math.round(quantile(bought, 0.5)),
      most: Math.round(quantile(bought, 0.95)),
    }
  })
