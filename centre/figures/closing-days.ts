// Business days are closed, one after the other: what was booked on each is put down once, and never changes afterwards.
//
// docs/decisions/2026-11-27-figures.md says what a day is made of. A day is put down in slices, each a short transaction,
// so that no sale waits; it counts once its row in `closed_days` stands. Whoever is stopped in between goes on where the
// lines end.
import { sql } from 'kysely'
import { setImmediate } from 'node:timers/promises'
import { dateShifted } from '../reconciliation/dates.ts'
import type { Store } from '../store.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import { startOfDay, startOfNext } from './business-days.ts'
import {
  cuts,
  hourCuts,
  measures,
  readingFigures,
  soldKinds,
  soldMeasures,
  withFigures,
  type ClosedDay,
  type FigureReading,
  type FigureWork,
} from './figure-tables.ts'
import { ledgerSums } from './ledger-sums.ts'
import { linesOf } from './lines.ts'

/** A day is closed this long after it ended: messages that were under way at midnight are in the books by then. */
export const closesAfterMs = 60 * 60_000

/** Lines put down by one transaction. */
const linesAtOnce = 200

export type Progress = {
  /** The last day that is closed; null while none is. */
  through: string | null
  /** Days that are over and not closed yet. */
  left: number
}

export type Closing = {
  store: Store
  /** ms since 1970. */
  now: () => number
  timeZone: string
  /** How many days at most; all unless told. */
  most?: number
  /** Is told after each day. */
  told?: (progress: Progress) => void
}

/** Closes every day that is over. Says how far it came. */
export const closeDays = async (closing: Closing): Promise<Progress> => {
  const { store, now, timeZone, most = Number.POSITIVE_INFINITY, told = () => {} } = closing
  const read = readingFigures(store.read)
  for (let done = 0; ; done++) {
    const last = await lastClosed(read)
    const day = last === null ? await firstDay(read, timeZone) : dateShifted(last.business_day, 1)
    const progress = {
      through: last?.business_day ?? null,
      left: day === null ? 0 : daysLeft(day, now(), timeZone),
    }
    if (done > 0) told(progress)
    if (day === null || progress.left === 0 || done >= most) return progress
    await closeDay(closing, { day, before: last, read })
  }
}

export const lastClosed = async (read: FigureReading): Promise<ClosedDay | null> =>
  (await read
    .selectFrom('closed_days')
    .selectAll()
    .orderBy('business_day', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null

/** The day of the first posting; null while nothing was booked. */
export const firstDay = async (read: FigureReading, timeZone: string): Promise<string | null> => {
  const first = await read
    .selectFrom('postings')
    .select('at')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return first === undefined ? null : localDayOf(new Date(first.at), timeZone)
}

const daysLeft = (first: string, now: number, timeZone: string): number => {
  const today = localDayOf(new Date(now - closesAfterMs), timeZone)
  return Math.max(0, (Date.parse(today) - Date.parse(first)) / (24 * 3_600_000))
}

/**
 * What is counted on a day: all that was booked on it, and what was booked with an earlier moment after that day was
 * closed, as when a clock was set back.
 */
export const postingsOf = async (
  read: FigureReading,
  of: { day: string; seen: number; before: ClosedDay | null; timeZone: string },
): Promise<number[]> => {
  const { day, seen, before, timeZone } = of
  const start = startOfDay(day, timeZone)
  const own = await read
    .selectFrom('postings')
    .select('posting')
    .where('at', '>=', start)
    .where('at', '<', startOfNext(day, timeZone))
    .orderBy('at')
    .execute()
  const since =
    before === null
      ? []
      : await read
          .selectFrom('postings')
          .select(['posting', 'at'])
          .where('posting', '>', before.seen)
          .orderBy('posting')
          .execute()
  return [...own, ...since.filter(({ at }) => at < start)]
    .map(({ posting }) => posting)
    .filter((posting) => posting <= seen)
    .toSorted((one, other) => one - other)
}

/** The last posting there is. */
export const seenNow = async (read: FigureReading): Promise<number> =>
  (
    await read
      .selectFrom('postings')
      .select('posting')
      .orderBy('posting', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.posting ?? 0

const closeDay = async (
  { store, now, timeZone }: Closing,
  of: { day: string; before: ClosedDay | null; read: FigureReading },
): Promise<void> => {
  const { day, read } = of
  const seen = await seenNow(read)
  const postings = await postingsOf(read, { ...of, seen, timeZone })
  for (let from = 0; from < postings.length; from += linesAtOnce) {
    const slice = postings.slice(from, from + linesAtOnce)
    const lines = await linesOf(read, { postings: slice, businessDay: () => day, timeZone })
    await store.transact((work) =>
      withFigures(work)
        .insertInto('figure_lines')
        .values(lines)
        .onConflict((it) => it.column('posting').doNothing())
        .execute(),
    )
    // Whoever wants to sell comes first.
    await setImmediate()
  }
  const sums = await ledgerSums(read, { day, seen, before: of.before, timeZone })
  await store.transact(async (work) => {
    const tables = withFigures(work)
    if (sums.length > 0) await tables.insertInto('ledger_sums').values(sums).execute()
    await sumDay(tables, day)
    await sumHours(tables, day)
    await addToMonth(tables, day)
    await sumCuts(tables, day)
    const { late } = await tables
      .selectFrom('figure_lines')
      .select(({ fn }) => fn.countAll<number>().as('late'))
      .where('business_day', '=', day)
      .where('of_day', '<', day)
      .executeTakeFirstOrThrow()
    await tables
      .insertInto('closed_days')
      .values({ business_day: day, seen, closed_at: now(), postings: postings.length, late })
      .execute()
  })
}

const keys = ['kind', 'kiosk', 'channel', 'tariff', 'area', 'tender'] as const

const sumDay = async (work: FigureWork, day: string): Promise<void> => {
  await work
    .insertInto('day_figures')
    .columns(['business_day', 'of_day', ...keys, ...measures])
    .expression((it) =>
      it
        .selectFrom('figure_lines')
        .select(['business_day', 'of_day', ...keys])
        .select(({ fn }) => measures.map((measure) => fn.sum<number>(measure).as(measure)))
        .where('business_day', '=', day)
        .groupBy(['business_day', 'of_day', ...keys]),
    )
    .execute()
}

const addToMonth = async (work: FigureWork, day: string): Promise<void> => {
  await work
    .insertInto('month_figures')
    .columns(['month', ...keys, ...measures])
    .expression((it) =>
      it
        .selectFrom('day_figures')
        .select([sql.lit(day.slice(0, 7)).$castTo<string>().as('month'), ...keys])
        .select(({ fn }) => measures.map((measure) => fn.sum<number>(measure).as(measure)))
        .where('business_day', '=', day)
        .groupBy([...keys]),
    )
    .onConflict((it) =>
      it
        .columns(['month', 'kind', 'kiosk', 'channel', 'tariff', 'area', 'tender'])
        .doUpdateSet((row) =>
          Object.fromEntries(
            measures.map((measure) => [
              measure,
              row(`month_figures.${measure}`, '+', row.ref(`excluded.${measure}`)),
            ]),
          ),
        ),
    )
    .execute()
}

/** By one thing at a time: what most pages ask, without adding up a year each time. */
const sumCuts = async (work: FigureWork, day: string): Promise<void> => {
  const spans = [
    ['day', day],
    ['month', day.slice(0, 7)],
  ] as const
  for (const cut of cuts) {
    const value =
      cut === 'all' ? sql<string>`''` : sql<string>`cast(${sql.ref(`day_figures.${cut}`)} as text)`
    for (const [span, period] of spans) {
      await work
        .insertInto('cut_figures')
        .columns(['span', 'cut', 'period', 'value', 'kind', ...measures])
        .expression((it) =>
          it
            .selectFrom('day_figures')
            .select([
              sql.lit(span).$castTo<typeof span>().as('span'),
              sql.lit(cut).$castTo<typeof cut>().as('cut'),
              sql.lit(period).$castTo<string>().as('period'),
              value.as('value'),
              'kind',
            ])
            .select(({ fn }) => measures.map((measure) => fn.sum<number>(measure).as(measure)))
            .where('business_day', '=', day)
            .groupBy(cut === 'all' ? ['kind'] : ['kind', cut]),
        )
        .onConflict((it) =>
          it
            .columns(['span', 'cut', 'period', 'value', 'kind'])
            .doUpdateSet((row) =>
              Object.fromEntries(
                measures.map((measure) => [
                  measure,
                  row(`cut_figures.${measure}`, '+', row.ref(`excluded.${measure}`)),
                ]),
              ),
            ),
        )
        .execute()
    }
  }
}

const sumHours = async (work: FigureWork, day: string): Promise<void> => {
  for (const cut of ['all', ...hourCuts] as const) {
    const value =
      cut === 'all' ? sql<string>`''` : sql<string>`cast(${sql.ref(`figure_lines.${cut}`)} as text)`
    await work
      .insertInto('hour_figures')
      .columns(['business_day', 'cut', 'value', 'hour', ...soldMeasures])
      .expression((it) =>
        it
          .selectFrom('figure_lines')
          .select(['business_day', sql.lit(cut).$castTo<typeof cut>().as('cut'), value.as('value')])
          .select('hour')
          .select(({ fn }) => soldMeasures.map((measure) => fn.sum<number>(measure).as(measure)))
          .where('business_day', '=', day)
          .where('kind', 'in', soldKinds)
          .groupBy(cut === 'all' ? ['business_day', 'hour'] : ['business_day', cut, 'hour']),
      )
      .execute()
  }
}
