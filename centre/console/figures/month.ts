// A month as a whole: everything the printed page says of it, and the ledger's own sums beside it.
import type { Checked, FigureQuestions, MatchSums } from '../../../domain/console/figures.ts'
import { addUp, lastDayOf, type Books, type Range } from '../../figures/adding-up.ts'
import { soldByHour, type HourRow } from '../../figures/by-hour.ts'
import { seenNow } from '../../figures/closing-days.ts'
import { columnOf, type Measured } from '../../figures/figure-tables.ts'
import { ledgerSums } from '../../figures/ledger-sums.ts'
import { addMeasures, noMeasures } from '../../figures/lines.ts'
import { dateShifted } from '../../reconciliation/dates.ts'
import { boxesTold } from './boxes.ts'
import { weekdayOf } from './ranges.ts'
import { receivedTold } from './receiving.ts'
import { compared, daysSold, standingOf } from './selling.ts'
import { sumsIn } from './settling.ts'
import { besideSales, otherwiseIn } from './sums.ts'

type Month = FigureQuestions['figures/month']['told']

export const monthTold = async (
  books: Books,
  of: { month: string; today: string; timeZone: string },
): Promise<Month> => {
  const { month, today, timeZone } = of
  const range = { from: `${month}-01`, to: lastDayOf(month) }
  const selling = { range, chosen: {} }
  const { groups: byArea, ...whole } = await compared(books, selling, 'area')
  const groupsBy = async (by: 'tariff' | 'tender' | 'channel' | 'kiosk') =>
    (await compared(books, selling, by)).groups
  const all = await addUp(books, { ...selling, by: 'all', kinds: [] })
  const { boxes } = await boxesTold(books.read, { range, timeZone })
  const counted = boxes.filter(({ atOffice }) => atOffice !== null)
  return {
    standing: standingOf(books),
    month,
    isClosed: range.to <= (books.open.closed?.business_day ?? ''),
    ...whole,
    days: await daysSold(books, selling),
    byArea,
    byTariff: await groupsBy('tariff'),
    byTender: await groupsBy('tender'),
    byChannel: await groupsBy('channel'),
    kiosks: await groupsBy('kiosk'),
    cells: cellsOf(await soldByHour(books, selling)),
    otherwise: otherwiseIn(all, besideSales),
    received: (await receivedTold(books, { range })).total,
    boxes: {
      count: boxes.length,
      counted: counted.length,
      difference: counted.reduce((sum, { difference }) => sum + (difference ?? 0), 0),
    },
    settlement: await settlementOf(books, range),
    checked: await checkedOf(books, { range, reported: sumOf(all), today, timeZone }),
  }
}

/** By weekday and hour, with how many such days there were. */
export const cellsOf = (rows: readonly HourRow[]): Month['cells'] => {
  const days = new Map<number, Set<string>>()
  const cells = new Map<string, Month['cells'][number]>()
  for (const { day, hour, orders, tendered } of rows) {
    const weekday = weekdayOf(day)
    const known = days.get(weekday) ?? new Set<string>()
    days.set(weekday, known.add(day))
    const key = `${weekday} ${hour}`
    const before = cells.get(key) ?? { weekday, hour, orders: 0, tendered: 0, days: 0 }
    cells.set(key, {
      ...before,
      orders: before.orders + orders,
      tendered: before.tendered + tendered,
    })
  }
  return [...cells.values()]
    .map((cell) => ({ ...cell, days: days.get(cell.weekday)?.size ?? 0 }))
    .toSorted((one, other) => one.weekday - other.weekday || one.hour - other.hour)
}

const settlementOf = async ({ read }: Books, { from, to }: Range): Promise<MatchSums> => {
  const days = await read
    .selectFrom('day_matches')
    .selectAll()
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .execute()
  const none = (): MatchSums['open'] => ({ count: 0, sum: 0 })
  const sums: MatchSums = { matched: none(), long: none(), short: none(), open: none() }
  for (const day of days.map(sumsIn)) {
    for (const result of ['matched', 'long', 'short', 'open'] as const) {
      sums[result].count += day[result].count
      sums[result].sum += day[result].sum
    }
  }
  return sums
}

const sumOf = (sums: Awaited<ReturnType<typeof addUp>>): Measured => {
  const all = noMeasures()
  for (const kinds of sums.values()) for (const row of kinds.values()) addMeasures(all, row)
  return all
}

/** Account kind by account kind, as debits less credits: what the report is made of, and what the entries come to. */
const checkedOf = async (
  books: Books,
  of: { range: Range; reported: Measured; today: string; timeZone: string },
): Promise<Checked[]> => {
  const { range, reported, today, timeZone } = of
  const { read, open } = books
  const sums = new Map<string, number>()
  const add = (rows: readonly { account_kind: string; amount: number }[]): void => {
    for (const { account_kind, amount } of rows) {
      sums.set(account_kind, (sums.get(account_kind) ?? 0) + amount)
    }
  }
  add(
    await read
      .selectFrom('ledger_sums')
      .select(({ fn }) => ['account_kind', fn.sum<number>('amount').as('amount')])
      .where('business_day', '>=', range.from)
      .where('business_day', '<=', range.to)
      .groupBy('account_kind')
      .execute(),
  )
  const closed = open.closed?.business_day ?? ''
  if (open.lines.length > 0 && range.to > closed) {
    const first = closed === '' ? range.from : dateShifted(closed, 1)
    const day = first < range.from ? range.from : first
    const through = range.to < today ? range.to : today
    const before = day === first ? open.closed : null
    if (day <= through) {
      const seen = await seenNow(read)
      add(await ledgerSums(read, { day, through, seen, before, timeZone }))
    }
  }
  return checkedBy(sums, reported)
}

const checkedBy = (sums: ReadonlyMap<string, number>, reported: Measured): Checked[] => {
  // What has no column of its own is told together.
  const columns = new Map<string, { what: string; ledger: number; reported: number }>()
  for (const [kind, amount] of sums) {
    const [column, side] = columnOf(kind)
    const before = columns.get(column)
    columns.set(column, {
      what: column === 'other' ? 'other accounts' : kind,
      ledger: (before?.ledger ?? 0) + amount,
      reported: side * reported[column] + 0,
    })
  }
  return [...columns.values()].toSorted((one, other) => (one.what < other.what ? -1 : 1))
}
