// The days of a kiosk, and whether something of it wears out.
import type { TrendsTold } from '../../../domain/console/fleet.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import { noCounts } from '../../fleet/days.ts'
import { readingFleet, type FleetDays } from '../../fleet/fleet-tables.ts'
import type { Reading } from '../../store.ts'
import { dayAfter, daysBetween } from './calendar.ts'
import { beforeDays, dayTold, recentDays, wearOf } from './wear.ts'

/** `today` is under way: it is shown, and not judged. */
export const trendsOf = async (
  read: Reading,
  of: { kiosk: KioskNumber; today: string; days: number },
): Promise<TrendsTold> => {
  const { kiosk, today, days } = of
  const first = dayAfter(today, 1 - Math.max(days + recentDays, recentDays + beforeDays + 1))
  const known = await readingFleet(read)
    .selectFrom('fleet_days')
    .selectAll()
    .where('kiosk', '=', kiosk)
    .where('day', '>=', first)
    .orderBy('day')
    .execute()
  const week = dayAfter(today, -recentDays)
  const month = dayAfter(week, -beforeDays)
  const since = known[0]?.day ?? today
  const fleet = await fleetSince(read, { week, today })
  const from = dayAfter(today, 1 - days)
  const all = everyDay(known, { kiosk, from: dayAfter(from, 1 - recentDays), today })
  return {
    days: all
      .map((each, at) => dayTold(each, all.slice(Math.max(0, at + 1 - recentDays), at + 1)))
      .filter(({ day }) => day >= from),
    wear: wearOf({
      recent: known.filter(({ day }) => day >= week && day < today),
      before: known.filter(({ day }) => day >= month && day < week),
      knownBefore: Math.max(0, Math.min(beforeDays, daysBetween(since, week))),
      fleet,
      fleetDays: fleet.kiosks * recentDays,
    }),
  }
}

/** A day on which nothing was told has nothing; before the first day that is known there are none. */
const everyDay = (
  known: readonly FleetDays[],
  of: { kiosk: KioskNumber; from: string; today: string },
): FleetDays[] => {
  const byDay = new Map(known.map((each) => [each.day, each]))
  const [first] = known
  const all: FleetDays[] = []
  const { kiosk, today } = of
  if (first === undefined) return all
  for (let day = first.day > of.from ? first.day : of.from; day <= today; day = dayAfter(day, 1)) {
    all.push(byDay.get(day) ?? { ...noCounts, unit: null, unit_rejected: null, kiosk, day })
  }
  return all
}

const fleetSince = async (read: Reading, { week, today }: { week: string; today: string }) => {
  const row = await readingFleet(read)
    .selectFrom('fleet_days')
    .select(({ fn }) => [
      fn.sum<number | null>('notes').as('notes'),
      fn.sum<number | null>('rejects').as('rejects'),
      fn.sum<number | null>('line_errors').as('line_errors'),
      fn.sum<number | null>('retries').as('retries'),
      fn.sum<number | null>('connections').as('connections'),
      fn.sum<number | null>('faults').as('faults'),
      fn.count<number>('kiosk').distinct().as('kiosks'),
    ])
    .where('day', '>=', week)
    .where('day', '<', today)
    .executeTakeFirstOrThrow()
  const { kiosks } = row
  return {
    kiosks,
    notes: row.notes ?? 0,
    rejects: row.rejects ?? 0,
    line_errors: row.line_errors ?? 0,
    retries: row.retries ?? 0,
    connections: row.connections ?? 0,
    faults: row.faults ?? 0,
  }
}
