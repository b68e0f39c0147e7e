// How the business dates match (domain.md 14.2): the state of each as it was last found, and everything that is open with its age.
import type {
  FigureQuestions,
  MatchSums,
  OpenItem,
  SettlementDayRow,
} from '../../../domain/console/figures.ts'
import type { Range } from '../../figures/adding-up.ts'
import {
  readingFigures,
  type DayMatch,
  type FigureReading,
  type MatchItem,
} from '../../figures/figure-tables.ts'
import { itemsOf, sumsOf } from '../../figures/matching-days.ts'
import { dateShifted } from '../../reconciliation/dates.ts'
import { matchOf } from '../../reconciliation/reconciling.ts'
import type { Reading } from '../../store.ts'

const dayMs = 24 * 3_600_000

export const settlementTold = async (
  read: FigureReading,
  { range, today }: { range: Range; today: string },
): Promise<FigureQuestions['figures/settlement']['told']> => {
  const within = <Column extends string>(column: Column) =>
    [
      [column, '>=', range.from],
      [column, '<=', range.to],
    ] as const
  const [from, to] = within('business_date')
  const matches = new Map(
    (
      await read
        .selectFrom('day_matches')
        .selectAll()
        .where(...from)
        .where(...to)
        .execute()
    ).map((each) => [each.business_date, each]),
  )
  const files = await read
    .selectFrom('settlement_files')
    .select(['business_date', 'party'])
    .where(...from)
    .where(...to)
    .execute()
  const items = await read
    .selectFrom('match_items')
    .selectAll()
    .where(...from)
    .where(...to)
    .orderBy('business_date')
    .orderBy('item')
    .limit(mostItems)
    .execute()
  const { all } = await read
    .selectFrom('match_items')
    .select(({ fn }) => fn.countAll<number>().as('all'))
    .where(...from)
    .where(...to)
    .executeTakeFirstOrThrow()
  const hasFile = (day: string, party: string): boolean =>
    files.some((file) => file.business_date === day && file.party === party)
  const days: SettlementDayRow[] = []
  const last = range.to < today ? range.to : dateShifted(today, -1)
  for (let day = last; day >= range.from; day = dateShifted(day, -1)) {
    const match = matches.get(day)
    days.push({
      day,
      bankFile: hasFile(day, 'bank'),
      frontFile: hasFile(day, 'front'),
      sums: match === undefined ? null : sumsIn(match),
      madeAt: match?.made_at ?? null,
    })
  }
  return {
    days,
    items: items.map((item) => itemShown(item, today)),
    left: all - items.length,
  }
}

/** More open items than anybody reads: the range has to be shorter. */
const mostItems = 500

export const sumsIn = (match: DayMatch): MatchSums => ({
  matched: { count: match.matched, sum: match.matched_sum },
  long: { count: match.long, sum: match.long_sum },
  short: { count: match.short, sum: match.short_sum },
  open: { count: match.open, sum: match.open_sum },
})

const itemShown = (item: MatchItem, today: string): OpenItem => ({
  day: item.business_date,
  age: Math.max(0, Math.round((Date.parse(today) - Date.parse(item.business_date)) / dayMs)),
  leg: item.leg,
  result: item.result,
  why: item.why,
  kiosk: item.kiosk,
  orderNumber: item.order_number,
  reference: item.reference,
  amount: item.amount,
})

/** As the books are now, and not as they were when the day was last matched. */
export const settlementDayTold = async (
  books: Reading,
  of: { day: string; today: string; timeZone: string },
): Promise<FigureQuestions['figures/settlement-day']['told']> => {
  const { day, today, timeZone } = of
  const match = await matchOf(books, { businessDate: day, timeZone })
  const files = await readingFigures(books)
    .selectFrom('settlement_files')
    .select(['name', 'party', 'total', 'read_at'])
    .where('business_date', '=', day)
    .orderBy('name')
    .execute()
  return {
    day,
    sums: sumsOf(match),
    items: itemsOf(match).map((item) => itemShown(item, today)),
    files: files.map(({ read_at, ...file }) => ({ ...file, readAt: read_at })),
  }
}
