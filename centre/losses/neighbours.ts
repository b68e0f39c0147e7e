// Who is comparable with whom: the same area, the same tariff, a similar size; and what they buy in each month. Pure.
//
// Where there are too few of them, one looks farther: beyond the area, beyond the size, in the end in the whole town.
import type { LossChart } from '../../domain/console/losses.ts'
import type { Buying } from './buying.ts'
import { ascending, quantile } from './statistics.ts'

/** Fewer say nothing of what is usual. */
const fewest = 20
const sizes = 4
/** The two largest and the two smallest of a hundred are left out of a mean. */
const trimmed = 0.02

export type GroupKind = LossChart['group']

export type Group = {
  key: string
  kind: GroupKind
  members: number[]
  /** What a member of usual size buys in each month, 0.01 kWh. */
  season: Float64Array
}

export type Neighbourhood = {
  buyings: readonly Buying[]
  /** Of each home: its size, 1 for one that buys as the mean of its area and tariff does; null before it is known. */
  level: (number | null)[]
  /** The nearest group with enough members; null for a home that is comparable with none. */
  groupOf: (home: number) => Group | null
  groups: readonly Group[]
}

/** All homes that can be compared: those that may buy, each held against the season of its area and tariff. Others work in between. */
export const neighbourhoodOf = async (
  buyings: readonly Buying[],
  pause: () => Promise<unknown>,
): Promise<Neighbourhood> => {
  const compared = [...buyings.keys()].filter((home) => {
    const it = buyings[home]
    return it !== undefined && it.mayBuy && it.firstWhole < it.months.length
  })
  const bySeason = grouped(compared, (home) => seasonKeysOf(buyings[home]))
  const seasons = new Map<string, Float64Array>()
  for (const [key, members] of bySeason) {
    await pause()
    seasons.set(key, seasonOf(members, buyings))
  }
  const level: (number | null)[] = buyings.map(() => null)
  const ownSeason = (home: number): Float64Array | undefined => {
    const key = seasonKeysOf(buyings[home]).find((it) => (bySeason.get(it)?.length ?? 0) >= fewest)
    return seasons.get(key ?? everybody)
  }
  for (const home of compared) {
    const [buying, season] = [buyings[home], ownSeason(home)]
    if (buying === undefined || season === undefined) continue
    level[home] = levelOf(buying, season, { from: 0, to: buying.months.length })
  }
  const size = sizesOf(compared, buyings, level)
  const keysOf = (home: number) => groupKeysOf(buyings[home], size[home] ?? 0)
  const groups = new Map<string, Group>()
  for (const [key, members] of grouped(compared, (home) => keysOf(home).map((it) => it.key))) {
    if (members.length < fewest) continue
    const kind = keysOf(members[0] ?? 0).find((it) => it.key === key)?.kind ?? 'all'
    await pause()
    groups.set(key, { key, kind, members, season: seasonOf(members, buyings) })
  }
  return {
    buyings,
    level,
    groups: [...groups.values()],
    groupOf: (home) => {
      if (level[home] === null) return null
      for (const { key } of keysOf(home)) {
        const group = groups.get(key)
        if (group !== undefined) return group
      }
      return null
    },
  }
}

/** How this home buys against a season, over the months that are wholly theirs; null where there are none. */
export const levelOf = (
  { months, firstWhole }: Pick<Buying, 'months' | 'firstWhole'>,
  season: Float64Array,
  { from, to }: { from: number; to: number },
): number | null => {
  let [own, usual] = [0, 0]
  for (let month = Math.max(from, firstWhole); month < to; month++) {
    own += months[month] ?? 0
    usual += season[month] ?? 0
  }
  return usual === 0 ? null : own / usual
}

const everybody = 'all'

const seasonKeysOf = (it: Buying | undefined): string[] =>
  it === undefined ? [] : [`${it.home.tariff} in ${it.home.area}`, it.home.tariff, everybody]

/** What kind of group a key names: as `groupKeysOf` writes it. */
export const groupKindOf = (key: string): GroupKind =>
  key === everybody
    ? 'all'
    : key.includes(' in ')
      ? 'area, tariff and size'
      : key.includes(', size ')
        ? 'tariff and size'
        : 'tariff'

const groupKeysOf = (it: Buying | undefined, size: number): { key: string; kind: GroupKind }[] =>
  it === undefined
    ? []
    : [
        {
          key: `${it.home.tariff} in ${it.home.area}, size ${size}`,
          kind: 'area, tariff and size',
        },
        { key: `${it.home.tariff}, size ${size}`, kind: 'tariff and size' },
        { key: it.home.tariff, kind: 'tariff' },
        { key: everybody, kind: 'all' },
      ]

/** 1 to 4: the quarter of the homes of its tariff that this one is in. */
const sizesOf = (
  compared: readonly number[],
  buyings: readonly Buying[],
  level: readonly (number | null)[],
): number[] => {
  const size: number[] = []
  for (const members of grouped(compared, (home) => [buyings[home]?.home.tariff ?? '']).values()) {
    const sorted = ascending(members.map((home) => level[home] ?? 0))
    const bounds = [1, 2, 3].map((quarter) => quantile(sorted, quarter / sizes))
    for (const home of members) {
      size[home] = 1 + bounds.filter((bound) => (level[home] ?? 0) > bound).length
    }
  }
  return size
}

/** The mean of those whose month it wholly is, without the few that are far from all others. */
const seasonOf = (members: readonly number[], buyings: readonly Buying[]): Float64Array => {
  const length = buyings[members[0] ?? 0]?.months.length ?? 0
  return Float64Array.from({ length }, (_, month) => {
    const bought = monthOfMembers(members, buyings, month)
    const cut = Math.floor(bought.length * trimmed)
    const kept = bought.subarray(cut, bought.length - cut)
    return kept.length === 0 ? 0 : kept.reduce((sum, each) => sum + each, 0) / kept.length
  })
}

/** Energy that each of them bought in a month, sorted. */
export const monthOfMembers = (
  members: readonly number[],
  buyings: readonly Buying[],
  month: number,
): Float64Array =>
  ascending(
    members.flatMap((home) => {
      const it = buyings[home]
      return it === undefined || month < it.firstWhole ? [] : [it.months[month] ?? 0]
    }),
  )

const grouped = (
  homes: readonly number[],
  keysOf: (home: number) => readonly string[],
): Map<string, number[]> => {
  const groups = new Map<string, number[]>()
  for (const home of homes) {
    for (const key of keysOf(home)) {
      const known = groups.get(key)
      if (known === undefined) groups.set(key, [home])
      else known.push(home)
    }
  }
  return groups
}
