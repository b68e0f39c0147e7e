// The paper of a kiosk: how long a roll has lasted there until now, and how long this one will.
import type { Forecast } from '../../../domain/console/fleet.ts'
import type { SupplyWord } from '../../../domain/fleet/words.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import { readingFleet, type FleetDays } from '../../fleet/fleet-tables.ts'
import type { Reading } from '../../store.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { forecastOf, type Used } from './forecast.ts'

/** That paper is there again after it was low or out is a new roll; both within this time are the same one. */
const sameRollMs = 24 * 3_600_000
/** So many rolls are looked back on. */
const mostRolls = 12

type Paper = {
  receipts: { since: number | null; changedAt: number | null; usual: number | null }
  empty: Forecast
}

export const paperOf = async (
  read: Reading,
  of: {
    kiosk: KioskNumber
    today: string
    timeZone: string
    /** Receipts of each whole day before today. */
    used: Used
    word: SupplyWord | null
  },
): Promise<Paper> => {
  const { kiosk, today, timeZone, used, word } = of
  const changes = rollChanges(await paperThere(read, kiosk))
  const days = changes.map((at) => localDayOf(new Date(at), timeZone))
  const [first] = days
  const receipts = first === undefined ? [] : await receiptsFrom(read, { kiosk, day: first })
  const lasted = days
    .slice(1)
    .map((day, at) => receiptsIn(receipts, { from: days[at] ?? day, day }))
  const usual = medianOf(lasted.filter((count) => count > 0))
  const last = days.at(-1)
  const since = last === undefined ? null : receiptsIn(receipts, { from: last, day: null })
  return {
    receipts: { since, changedAt: changes.at(-1) ?? null, usual },
    empty:
      word === 'out'
        ? { kind: 'unknown', why: 'empty now' }
        : usual === null || since === null
          ? { kind: 'unknown', why: 'never changed' }
          : forecastOf({ today, room: usual - since, used }),
  }
}

const paperThere = async (read: Reading, kiosk: KioskNumber): Promise<number[]> => {
  const rows = await readingFleet(read)
    .selectFrom('alerts')
    .select('cleared_at')
    .where('kiosk', '=', kiosk)
    .where('device', '=', 'receiptPrinter')
    .where('code', 'in', ['paper low', 'paper out'])
    .where('cleared_at', 'is not', null)
    .orderBy('cleared_at', 'desc')
    .limit(2 * mostRolls)
    .execute()
  return rows.flatMap(({ cleared_at }) => cleared_at ?? []).toReversed()
}

/** When a roll was put in, the oldest first. */
export const rollChanges = (there: readonly number[]): number[] =>
  there.filter((at, place) => at - (there[place - 1] ?? Number.NEGATIVE_INFINITY) > sameRollMs)

type Receipts = Pick<FleetDays, 'day' | 'receipts'>

const receiptsFrom = (read: Reading, { kiosk, day }: { kiosk: KioskNumber; day: string }) =>
  readingFleet(read)
    .selectFrom('fleet_days')
    .select(['day', 'receipts'])
    .where('kiosk', '=', kiosk)
    .where('day', '>=', day)
    .execute()

/** From the first day on, before the second; null: to the end. The day of a change counts for the new roll. */
const receiptsIn = (
  all: readonly Receipts[],
  { from, day }: { from: string; day: string | null },
): number =>
  all
    .filter((each) => each.day >= from && (day === null || each.day < day))
    .reduce((sum, { receipts }) => sum + receipts, 0)

const medianOf = (counts: readonly number[]): number | null => {
  const sorted = counts.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
