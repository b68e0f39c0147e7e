// How one home buys, month by month: small enough to be held for every home of a town at once. Pure.
import { energyOf, type Home } from './home.ts'

export const dayMs = 86_400_000

/** Months that are looked at: the running one, and a year before it. */
export const monthsLooked = 13

/** The last months up to that of a day, the earlier first: `YYYY-MM`. */
export const monthsBefore = (day: string, count = monthsLooked): string[] => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Array.from({ length: count }, (_, place) =>
    new Date(Date.UTC(year, month - count + place, 1)).toISOString().slice(0, 7),
  )
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

export type Buying = {
  home: Home['binding']
  mayBuy: boolean
  /** Energy bought for each of the months, 0.01 kWh: each purchase spread over the days until the next. */
  months: Float64Array
  /** What its meter says was used meanwhile; null where too few write-backs say so. */
  used: Used | null
  /** Place of the first month that is theirs as a whole; as many as there are months when none is. */
  firstWhole: number
  purchases: number
  /** `YYYY-MM-DD`; null when nothing was ever bought. */
  lastBought: string | null
  longestGapDays: number
  /** What the meter had on a day, what lay on the card included: from its last write-back, or from what was bought last. */
  stock: { day: string; energy: number }
  /** Minor units for 1 kWh; null where nothing was sold in these books. */
  price: number | null
  /** The newest purchases, for evidence. */
  lastOrders: string[]
  lastWriteBack: number | null
  unread: Unread | null
}

/** Energy in 0.01 kWh, and the share of each month that lies between two write-backs. */
export type Used = { months: Float64Array; covered: Float64Array }

/** A purchase that no meter is known to have taken. */
export type Unread = {
  order: string
  loaded: string
  energy: number
  /** Visits of the card since, the purchase still on it. */
  seen: string[]
}

/** The months that are looked at, and the last day of it. */
export type Looked = { months: readonly string[]; day: string }

export const buyingOf = (home: Home, of: Looked & { dayOf: (at: number) => string }): Buying => {
  const bought = [
    ...home.earlier.map(({ at, energy }) => ({ day: of.dayOf(at), energy })),
    ...home.purchases.map((it) => ({ day: it.business_day, energy: it.energy })),
  ].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0))
  const first = bought[0]?.day.slice(0, 7)
  const gaps = bought.slice(1).map(({ day }, place) => daysBetween(bought[place]?.day ?? day, day))
  const charged = home.purchases.reduce((sum, it) => sum + it.charged, 0)
  const sold = energyOf(home.purchases)
  const last = bought.at(-1)
  return {
    home: home.binding,
    mayBuy: home.mayBuy,
    months: spreadOver(bought, of),
    used: usedOver(home.writeBacks, of),
    firstWhole:
      first === undefined ? of.months.length : of.months.filter((month) => month <= first).length,
    purchases: bought.length,
    lastBought: last?.day ?? null,
    longestGapDays: gaps.reduce((most, gap) => Math.max(most, gap), 0),
    stock: stockOf(home, last, of.dayOf),
    price: sold === 0 ? null : (charged * 100) / sold,
    lastOrders: home.purchases.slice(-8).map((it) => it.order_number),
    lastWriteBack: home.writeBacks.at(-1)?.write_back ?? null,
    unread: unreadOf(home, of.dayOf),
  }
}

type Bought = { day: string; energy: number }

/**
 * People buy for weeks at once: what counts is how fast it goes. A purchase lasts until the next; the last one lasts as long
 * as those before it would, and longer if nothing has been bought since.
 */
const spreadOver = (bought: readonly Bought[], { months, day }: Looked): Float64Array => {
  const starts = months.map((month) => Date.parse(`${month}-01`) / dayMs)
  const end = Date.parse(day) / dayMs + 1
  const spread = new Float64Array(months.length)
  const days = bought.map((it) => Date.parse(it.day) / dayMs)
  const lasted = (days.at(-1) ?? 0) - (days[0] ?? 0)
  const usedUp = bought.slice(0, -1).reduce((sum, it) => sum + it.energy, 0)
  for (const [place, { energy }] of bought.entries()) {
    const from = days[place] ?? 0
    const next = days[place + 1]
    const usual = usedUp === 0 ? 30 : (energy * lasted) / usedUp
    const until = Math.max(from + 1, next ?? Math.max(end, from + usual))
    const perDay = energy / (until - from)
    for (const [month, start] of starts.entries()) {
      const within = Math.min(until, starts[month + 1] ?? end) - Math.max(from, start)
      if (within > 0) spread[month] = (spread[month] ?? 0) + perDay * within
    }
  }
  return spread
}

const fewestWriteBacks = 4

/** Between two write-backs the meter has counted; within them it is taken as even. */
const usedOver = (writeBacks: Home['writeBacks'], { months, day }: Looked): Used | null => {
  if (writeBacks.length < fewestWriteBacks) return null
  const bounds = [...months.map((month) => Date.parse(`${month}-01`)), Date.parse(day) + dayMs]
  const used = new Float64Array(months.length)
  const covered = new Float64Array(months.length)
  for (const [place, now] of writeBacks.entries()) {
    const before = writeBacks[place - 1]
    if (before === undefined || now.meter_time <= before.meter_time) continue
    const rate = (now.total_used - before.total_used) / (now.meter_time - before.meter_time)
    for (let month = 0; month < months.length; month++) {
      const [start = 0, end = 0] = [bounds[month], bounds[month + 1]]
      const within = Math.min(end, now.meter_time) - Math.max(start, before.meter_time)
      if (within <= 0) continue
      used[month] = (used[month] ?? 0) + rate * within
      covered[month] = (covered[month] ?? 0) + within / (end - start)
    }
  }
  return { months: used, covered }
}

const stockOf = (
  home: Home,
  last: { day: string; energy: number } | undefined,
  dayOf: (at: number) => string,
): Buying['stock'] => {
  const newest = home.writeBacks.reduce<Home['writeBacks'][number] | undefined>(
    (one, other) =>
      one === undefined || other.count > one.count || other.meter_time > one.meter_time
        ? other
        : one,
    undefined,
  )
  if (newest === undefined) return { day: last?.day ?? '', energy: last?.energy ?? 0 }
  const after = home.purchases.filter(({ count }) => count > newest.count)
  return {
    day: dayOf(newest.meter_time),
    energy: newest.remaining - newest.overdraft_used + energyOf(after),
  }
}

/** An hour after it was loaded the card is no longer in the same slot. */
const sameVisitMs = 3_600_000

const unreadOf = (home: Home, dayOf: (at: number) => string): Unread | null => {
  // It was counted when the meter was exchanged, and nobody carries it home any more.
  if (home.ended) return null
  const newest = home.purchases.at(-1)
  if (newest === undefined || newest.state !== 'LOADED') return null
  if (home.writeBacks.some(({ count }) => count >= newest.count)) return null
  const loadedAt = newest.loaded_at ?? newest.created_at
  return {
    order: newest.order_number,
    loaded: dayOf(loadedAt),
    energy: newest.energy,
    seen: home.visits
      .filter(({ begun_at }) => begun_at > loadedAt + sameVisitMs)
      .map(({ insertion }) => insertion),
  }
}
