// Which cash boxes are fetched on which day, and in which order: by when each may be full, region by region.
import { sql } from 'kysely'
import type { z } from 'zod'
import type {
  CollectionAsked,
  CollectionDay,
  CollectionStop,
  CollectionTold,
  CollectionWhy,
} from '../../../domain/console/fleet-cash.ts'
import { timeOf, type KioskNumber } from '../../../domain/identifiers.ts'
import { readingFleet } from '../../fleet/fleet-tables.ts'
import type { Reading } from '../../store.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { boxIn, type Box } from './box.ts'
import { dayAfter, daysBetween } from './calendar.ts'
import { forecastOf, paceDays, type Used } from './forecast.ts'

/** No box stays in longer, however little is in it. */
const longestInDays = 60
/** From here on it is fetched at once. */
const fullNowPercent = 85

type Asked = z.output<typeof CollectionAsked>
type Known = {
  kiosk: KioskNumber
  place: string
  area: number | null
  box: Box | null
  used: Used
  /** Minor units of an average note lately. */
  worth: number
  lastExchange: number | null
}

export const collectionPlan = async (
  read: Reading,
  of: { now: number; timeZone: string; asked: Asked; seesCash: boolean },
): Promise<CollectionTold> => {
  const { now, timeZone, asked, seesCash } = of
  const today = localDayOf(new Date(now), timeZone)
  const all = (await everyBox(read, today)).filter(
    ({ area }) => asked.area === undefined || area === asked.area,
  )
  const areas = await read.selectFrom('areas').selectAll().orderBy('area').execute()
  const names = new Map(areas.map(({ area, name }) => [area, name]))
  const last = dayAfter(today, asked.days - 1)
  const due = all.flatMap((known) => {
    const stop = stopOf(known, { today, timeZone, seesCash })
    return stop === null ? [] : [{ ...stop, area: known.area }]
  })
  const soon = due.filter(({ day }) => day <= last)
  const days = Array.from({ length: asked.days }, (_, at) => dayAfter(today, at))
  return {
    at: now,
    days: days.map((day) =>
      dayOf(
        day,
        soon.filter((each) => each.day === day),
        names,
      ),
    ),
    unknown: all
      .filter((known) => known.box === null || isUnknown(known, today))
      .map(({ kiosk, place }) => ({ kiosk, place })),
    later: due.length - soon.length,
    areas,
  }
}

const isUnknown = ({ box, used }: Known, today: string): boolean =>
  box !== null &&
  box.percent < fullNowPercent &&
  forecastOf({ today, room: box.capacity - box.notes, used }).kind === 'unknown'

type Due = { day: string; stop: Omit<CollectionStop, 'order'>; area: number | null }

/** On the early day, as a full box takes no note; what is nearly full or long in goes today. */
const stopOf = (
  known: Known,
  of: { today: string; timeZone: string; seesCash: boolean },
): Omit<Due, 'area'> | null => {
  const { box, used, lastExchange, worth, kiosk, place } = known
  if (box === null) return null
  const { today, timeZone, seesCash } = of
  const full = forecastOf({ today, room: box.capacity - box.notes, used })
  const inSince = lastExchange === null ? null : localDayOf(new Date(lastExchange), timeZone)
  const longIn = inSince === null ? null : dayAfter(inSince, longestInDays)
  const due = dueOn({ today, percent: box.percent, full, longIn: box.notes > 0 ? longIn : null })
  if (due === null) return null
  const pace = full.kind === 'known' ? full.pace : 0
  const more = Math.min(
    Math.max(0, box.capacity - box.notes),
    Math.round(pace * daysBetween(today, due.day)),
  )
  return {
    day: due.day,
    stop: {
      kiosk,
      place,
      why: due.why,
      notes: box.notes,
      percent: box.percent,
      assumed: box.assumed,
      full,
      lastExchange,
      expectedNotes: box.notes + more,
      expectedValue: seesCash ? box.value + Math.round(more * worth) : null,
    },
  }
}

const dueOn = (of: {
  today: string
  percent: number
  full: CollectionStop['full']
  longIn: string | null
}): { day: string; why: CollectionWhy } | null => {
  const { today, percent, full, longIn } = of
  if (percent >= fullNowPercent) return { day: today, why: 'full now' }
  const late = longIn === null ? null : longIn < today ? today : longIn
  if (full.kind === 'unknown') return late === null ? null : { day: late, why: 'long in' }
  // The day before it may be full, as people come in the morning too.
  const before = full.early > today ? dayAfter(full.early, -1) : today
  if (late !== null && late < before) return { day: late, why: 'long in' }
  return { day: before, why: full.day === full.early ? 'would be full' : 'might be full' }
}

/** The region with the most boxes first; within one the way goes by place, as streets do. */
const dayOf = (
  day: string,
  due: readonly Due[],
  names: ReadonlyMap<number, string>,
): CollectionDay => {
  const areas = Map.groupBy(due, ({ area }) => area)
  const ways = Array.from(areas, ([area, dues]) => ({
    area,
    name: area === null ? null : (names.get(area) ?? String(area)),
    stops: dues
      .map(({ stop }) => stop)
      .sort((one, other) => compared(one.place, other.place) || compared(one.kiosk, other.kiosk))
      .map((stop, at) => ({ ...stop, order: at + 1 })),
  })).sort(
    (one, other) => other.stops.length - one.stops.length || (one.area ?? 0) - (other.area ?? 0),
  )
  const values = due.map(({ stop }) => stop.expectedValue)
  return {
    day,
    areas: ways,
    stops: due.length,
    expectedValue: values.includes(null)
      ? null
      : values.reduce<number>((sum, each) => sum + (each ?? 0), 0),
  }
}

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const everyBox = async (read: Reading, today: string): Promise<Known[]> => {
  const fleet = readingFleet(read)
  const kiosks = await fleet
    .selectFrom('fleet_kiosks')
    .innerJoin('kiosks', 'kiosks.kiosk', 'fleet_kiosks.kiosk')
    .select(['kiosks.kiosk', 'kiosks.place', 'kiosks.area', 'fleet_kiosks.heartbeat'])
    .execute()
  const from = dayAfter(today, -paceDays)
  const days = await fleet
    .selectFrom('fleet_days')
    .select(({ fn }) => ['kiosk', fn.min('day').as('since'), fn.sum<number>('notes').as('notes')])
    .select(({ fn }) => fn.sum<number>('taken').as('taken'))
    .select(sql<number>`sum(notes * notes)`.as('squares'))
    .where('day', '>=', from)
    .where('day', '<', today)
    .groupBy('kiosk')
    .execute()
  const byKiosk = new Map(days.map((each) => [each.kiosk, each]))
  const exchanged = await read
    .selectFrom('box_exchanges')
    .select(({ fn }) => ['kiosk', fn.max('exchange').as('last')])
    .where('state', '=', 'exchanged')
    .groupBy('kiosk')
    .execute()
  const lasts = new Map(exchanged.map(({ kiosk, last }) => [kiosk, timeOf(last)]))
  return kiosks.map(({ kiosk, place, area, heartbeat }) => {
    const known = byKiosk.get(kiosk)
    // Of a kiosk that began meanwhile only its own days count.
    const span = known === undefined ? 0 : daysBetween(known.since, today)
    const { notes = 0, squares = 0, taken = 0 } = known ?? {}
    return {
      kiosk,
      place,
      area,
      box: boxIn(heartbeat),
      used: { days: span, sum: notes, squares },
      worth: notes === 0 ? 0 : taken / notes,
      lastExchange: lasts.get(kiosk) ?? null,
    }
  })
}
