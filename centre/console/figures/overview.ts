// The morning of whoever keeps the accounts: today beside a usual such day, the month so far, and what is open.
import type { FigureQuestions } from '../../../domain/console/figures.ts'
import type { Books, Range } from '../../figures/adding-up.ts'
import { soldByHour, type HourRow } from '../../figures/by-hour.ts'
import { startOfDay } from '../../figures/business-days.ts'
import { undecidedStates } from '../../order-states.ts'
import { dateShifted } from '../../reconciliation/dates.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { lastDayOf } from '../../figures/adding-up.ts'
import { daysSold, standingOf } from './selling.ts'
import { rangeBefore } from './ranges.ts'
import { nothingSold, soldOf, soldTogether } from './sums.ts'

type Overview = FigureQuestions['figures/overview']['told']

export const overviewTold = async (
  books: Books,
  { now, timeZone }: { now: number; timeZone: string },
): Promise<Overview> => {
  const day = localDayOf(new Date(now), timeZone)
  const own = await soldByHour(books, { range: { from: day, to: day }, chosen: {} })
  const before = await weekdaysBefore(books, day)
  const sofar = (now - startOfDay(day, timeZone)) / hourMs
  return {
    standing: standingOf(books),
    today: {
      day,
      sold: own.map(soldOf).reduce(soldTogether, nothingSold),
      hours: hoursOf(own, before),
    },
    usual: usualOf(before, sofar),
    month: await monthSoFar(books, day),
    open: await openNow(books),
  }
}

const hourMs = 3_600_000
/** So many weeks tell what is usual. */
const weeks = 8

/** The same weekday of the last weeks, as far as there was anything. */
const weekdaysBefore = async (books: Books, day: string): Promise<HourRow[][]> => {
  const days: HourRow[][] = []
  for (let week = 1; week <= weeks; week++) {
    const before = dateShifted(day, -7 * week)
    const rows = await soldByHour(books, { range: { from: before, to: before }, chosen: {} })
    if (rows.length > 0) days.push(rows)
  }
  return days
}

const sumOf = (rows: readonly HourRow[], of: (row: HourRow) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0)

/** The one in the middle; of an even number the lower of the two. */
const middleOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? 0

/** Of single hours, in many of which nobody buys: the one in the middle would be nothing all day. */
const averageOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.round(values.reduce((sum, it) => sum + it, 0) / values.length)

const hoursOf = (
  own: readonly HourRow[],
  before: readonly HourRow[][],
): Overview['today']['hours'] =>
  Array.from({ length: 24 }, (_, hour) => {
    const inHour = (rows: readonly HourRow[]): number =>
      sumOf(
        rows.filter((row) => row.hour === hour),
        ({ tendered }) => tendered,
      )
    return { hour, tendered: inHour(own), usual: averageOf(before.map(inHour)) }
  })

const usualOf = (before: readonly HourRow[][], sofar: number): Overview['usual'] => {
  if (before.length === 0) return null
  // Of the hour that runs, the part of it that is over.
  const partOf = (hour: number): number => Math.min(1, Math.max(0, sofar - hour))
  return {
    weekdays: before.length,
    soFar: middleOf(
      before.map((rows) =>
        Math.round(sumOf(rows, ({ hour, tendered }) => tendered * partOf(hour))),
      ),
    ),
    wholeDay: middleOf(before.map((rows) => sumOf(rows, ({ tendered }) => tendered))),
    orders: middleOf(before.map((rows) => sumOf(rows, ({ orders }) => orders))),
  }
}

const monthSoFar = async (books: Books, day: string): Promise<Overview['month']> => {
  const range: Range = { from: `${day.slice(0, 7)}-01`, to: day }
  const before = rangeBefore({ from: range.from, to: lastDayOf(day.slice(0, 7)) })
  const through = `${before.from.slice(0, 7)}${day.slice(7)}`
  const soldIn = async (of: Range) =>
    (await soldByHour(books, { range: of, chosen: {} }))
      .map(soldOf)
      .reduce(soldTogether, nothingSold)
  return {
    month: day.slice(0, 7),
    sold: await soldIn(range),
    lastMonthSoFar: await soldIn({
      from: before.from,
      to: through < before.to ? through : before.to,
    }),
    days: await daysSold(books, { range, chosen: {} }),
  }
}

const openNow = async ({ read }: Books): Promise<Overview['open']> => {
  const pending = await read
    .selectFrom('orders')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('tender').as('sum'),
    ])
    .where('state', 'in', undecidedStates)
    .executeTakeFirstOrThrow()
  const suspense = await read
    .selectFrom('claims')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('amount').as('sum'),
    ])
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  const items = await read
    .selectFrom('match_items')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('amount').as('sum'),
      fn.min<string | null>('business_date').as('oldest'),
    ])
    .executeTakeFirstOrThrow()
  const boxes = await read
    .selectFrom('box_exchanges')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number | null>('moved').as('sum'),
    ])
    .where('state', 'in', ['removed', 'exchanged'])
    .where('office_at', 'is', null)
    .executeTakeFirstOrThrow()
  const unpaid = await read
    .selectFrom('entries')
    .select(({ fn }) => fn.sum<number | null>('amount').as('sum'))
    .where('account', '=', 'unpaid deliveries')
    .executeTakeFirstOrThrow()
  const filled = (row: { count: number; sum: number | null }) => ({
    count: row.count,
    sum: row.sum ?? 0,
  })
  return {
    pending: filled(pending),
    suspense: filled(suspense),
    settlement: { ...filled(items), oldest: items.oldest },
    boxes: filled(boxes),
    unpaid: unpaid.sum ?? 0,
  }
}
