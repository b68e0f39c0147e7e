// Figures over a range: whole months as they were put down, the days around them, and the days that are still open.
import type { Chosen } from '../../domain/console/figures.ts'
import { dateShifted } from '../reconciliation/dates.ts'
import type { Reading } from '../store.ts'
import {
  cuts,
  hourCuts,
  measures,
  readingFigures,
  soldKinds,
  soldMeasures,
  type Cut,
  type FigureLine,
  type FigureReading,
  type HourCut,
  type Measure,
  type Measured,
} from './figure-tables.ts'
import { addMeasures, noMeasures } from './lines.ts'
import { openDays, type OpenDays } from './open-days.ts'

export type Range = { from: string; to: string }

/** What is counted together. */
export type By = Cut | 'day' | 'month'

export type Books = { read: FigureReading; open: OpenDays }

export const booksOf = async (
  read: Reading,
  of: { now: number; timeZone: string },
): Promise<Books> => ({ read: readingFigures(read), open: await openDays(read, of) })

/** Sums by kind of posting, by what they are counted together. */
export type Sums = Map<string, Map<string, Measured>>

type Row = Partial<Measured> & { key: string | number; kind: string }

/** `kinds` empty: all of them. */
export type Wanted = { range: Range; chosen: Chosen; by: By; kinds: readonly string[] }

export const addUp = async ({ read, open }: Books, wanted: Wanted): Promise<Sums> => {
  const sums: Sums = new Map()
  const { range, by } = wanted
  const through = open.closed?.business_day ?? ''
  const parts =
    // A month is not told by day.
    by === 'day'
      ? { months: null, days: [{ from: range.from, to: least(range.to, through) }] }
      : partsOf(range, through)
  const cut = cutOf(wanted)
  if (parts.months !== null) {
    add(sums, await (cut === null ? ofMonths : ofCut(cut, 'month'))(read, parts.months, wanted))
  }
  for (const part of parts.days) {
    if (part.from > part.to) continue
    add(sums, await (cut === null ? ofDays : ofCut(cut, 'day'))(read, part, wanted))
  }
  const own = open.lines.filter((line) => isWanted(line, wanted))
  add(
    sums,
    own.map((line) => ({ ...line, key: keyOf(line, by) })),
  )
  return sums
}

type OneCut = { cut: Cut; value: string | null }

/** The one thing by which figures were put down that says all of what is chosen and counted by; null where there is none. */
const cutOf = ({ chosen, by }: Wanted): OneCut | null => {
  const [first, ...more] = chosenOf(chosen)
  const isByCut = by !== 'day' && by !== 'month'
  if (first === undefined) return { cut: isByCut ? by : 'all', value: null }
  const [name, value] = first
  if (more.length > 0 || (isByCut && by !== 'all' && by !== name)) return null
  return { cut: cuts.find((cut) => cut === name) ?? 'all', value: String(value) }
}

/** What only delivered orders have is all that is asked of them. */
const measuresOf = (kinds: readonly string[]): readonly Measure[] =>
  kinds.length > 0 && kinds.every((kind) => soldKinds.includes(kind)) ? soldMeasures : measures

const ofCut =
  ({ cut, value }: OneCut, span: 'day' | 'month') =>
  async (read: FigureReading, { from, to }: Range, { by, kinds }: Wanted): Promise<Row[]> => {
    let query = read
      .selectFrom('cut_figures')
      .select(({ fn }) => measuresOf(kinds).map((measure) => fn.sum<number>(measure).as(measure)))
      .select('kind')
      .where('span', '=', span)
      .where('cut', '=', cut)
      .where('period', '>=', from)
      .where('period', '<=', to)
    if (value !== null) query = query.where('value', '=', value)
    if (kinds.length > 0) query = query.where('kind', 'in', kinds)
    const column = by === 'day' || by === 'month' ? 'period' : 'value'
    const rows = await query
      .select((it) => it.ref(column).as('key'))
      .groupBy(['kind', column])
      .execute()
    return rows.map((row) => ({ ...row, key: keyIn(row.key, by) }))
  }

const keyIn = (key: string, by: By): string => {
  if (by === 'all') return ''
  return by === 'month' ? key.slice(0, 7) : key
}

const least = (one: string, other: string): string => (one < other ? one : other)

/** The months that lie in the range as a whole and are closed, and the days before and after them. */
const partsOf = (
  { from, to }: Range,
  closedThrough: string,
): { months: Range | null; days: Range[] } => {
  const last = least(to, closedThrough)
  const first = from.endsWith('-01') ? from.slice(0, 7) : monthAfter(from.slice(0, 7))
  const end = lastDayOf(last.slice(0, 7)) === last ? last.slice(0, 7) : monthBefore(last)
  if (last === '' || first > end) return { months: null, days: [{ from, to: last }] }
  return {
    months: { from: first, to: end },
    days: [
      { from, to: dateShifted(`${first}-01`, -1) },
      { from: dateShifted(lastDayOf(end), 1), to: last },
    ],
  }
}

export const monthAfter = (month: string): string => dateShifted(`${month}-28`, 4).slice(0, 7)
export const lastDayOf = (month: string): string =>
  month === '' ? '' : dateShifted(`${monthAfter(month)}-01`, -1)
const monthBefore = (day: string): string =>
  day === '' ? '' : dateShifted(`${day.slice(0, 7)}-01`, -1).slice(0, 7)

const add = (sums: Sums, rows: readonly Row[]): void => {
  for (const row of rows) {
    const key = String(row.key)
    const kinds = sums.get(key) ?? new Map<string, Measured>()
    sums.set(key, kinds)
    const before = kinds.get(row.kind) ?? noMeasures()
    kinds.set(row.kind, before)
    addMeasures(before, row)
  }
}

const ofMonths = async (
  read: FigureReading,
  { from, to }: Range,
  { chosen, by, kinds }: Wanted,
): Promise<Row[]> => {
  const column = by === 'day' ? 'month' : by
  let query = read
    .selectFrom('month_figures')
    .select(({ fn }) => measuresOf(kinds).map((measure) => fn.sum<number>(measure).as(measure)))
    .select('kind')
    .where('month', '>=', from)
    .where('month', '<=', to)
  for (const [name, value] of chosenOf(chosen)) query = query.where(name, '=', value)
  if (kinds.length > 0) query = query.where('kind', 'in', kinds)
  if (column === 'all') {
    const rows = await query.groupBy('kind').execute()
    return rows.map((row) => ({ ...row, key: '' }))
  }
  const rows = await query
    .select((it) => it.ref(column).as('key'))
    .groupBy(['kind', column])
    .execute()
  return rows
}

const ofDays = async (
  read: FigureReading,
  { from, to }: Range,
  { chosen, by, kinds }: Wanted,
): Promise<Row[]> => {
  const column = by === 'day' || by === 'month' ? 'business_day' : by
  let query = read
    .selectFrom('day_figures')
    .select(({ fn }) => measuresOf(kinds).map((measure) => fn.sum<number>(measure).as(measure)))
    .select('kind')
    .where('business_day', '>=', from)
    .where('business_day', '<=', to)
  for (const [name, value] of chosenOf(chosen)) query = query.where(name, '=', value)
  if (kinds.length > 0) query = query.where('kind', 'in', kinds)
  if (column === 'all') {
    const rows = await query.groupBy('kind').execute()
    return rows.map((row) => ({ ...row, key: '' }))
  }
  const rows = await query
    .select((it) => it.ref(column).as('key'))
    .groupBy(['kind', column])
    .execute()
  return by === 'month' ? rows.map((row) => ({ ...row, key: String(row.key).slice(0, 7) })) : rows
}

/** Column by column, what is asked for. */
export const chosenOf = (chosen: Chosen) => {
  const { kiosk, channel, tariff, area, tender } = chosen
  const all = [
    ['kiosk', kiosk],
    ['channel', channel],
    ['tariff', tariff],
    ['area', area],
    ['tender', tender],
  ] as const
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

export const isWanted = (
  line: FigureLine,
  { range, chosen, kinds }: Pick<Wanted, 'range' | 'chosen' | 'kinds'>,
): boolean =>
  line.business_day >= range.from &&
  line.business_day <= range.to &&
  (kinds.length === 0 || kinds.includes(line.kind)) &&
  chosenOf(chosen).every(([name, value]) => line[name] === value)

const keyOf = (line: FigureLine, by: By): string | number => {
  switch (by) {
    case 'all':
      return ''
    case 'day':
      return line.business_day
    case 'month':
      return line.business_day.slice(0, 7)
    default:
      return line[by]
  }
}

/** The one cut by which hours were put down that says all that is chosen; null where more than one would be needed. */
export const hourCutOf = (chosen: Chosen): { cut: HourCut | 'all'; value: string } | null => {
  const given = chosenOf(chosen)
  const [only] = given
  if (only === undefined) return { cut: 'all', value: '' }
  const cut = hourCuts.find((name) => name === only[0])
  return given.length > 1 || cut === undefined ? null : { cut, value: String(only[1]) }
}
