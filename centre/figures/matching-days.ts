// How the business dates match, kept so that nobody waits for it: made when a day is over, and again while it is open or a file came.
import type { MatchSums } from '../../domain/console/figures.ts'
import { dateShifted } from '../reconciliation/dates.ts'
import type { Result } from '../reconciliation/judging.ts'
import type { Line } from '../reconciliation/matching.ts'
import { matchOf } from '../reconciliation/reconciling.ts'
import type { Match } from '../reconciliation/report.ts'
import type { Store } from '../store.ts'
import { firstDay, lastClosed } from './closing-days.ts'
import { readingFigures, withFigures, type FigureReading, type MatchItem } from './figure-tables.ts'

/** Days whose open items are looked at again every day: nothing is settled by itself after that. */
const watchedDays = 35

/** Matches dates that are due, the oldest first. Gives how many are left. */
export const matchDays = async (of: {
  store: Store
  now: () => number
  timeZone: string
  most?: number
}): Promise<number> => {
  const { store, now, timeZone, most = Number.POSITIVE_INFINITY } = of
  const read = readingFigures(store.read)
  const due = await dueDays(read, timeZone)
  for (const { day, files } of due.slice(0, most)) {
    const match = await matchOf(store.read, { businessDate: day, timeZone })
    const sums = sumsOf(match)
    await store.transact(async (work) => {
      const tables = withFigures(work)
      await tables.deleteFrom('match_items').where('business_date', '=', day).execute()
      await tables.deleteFrom('day_matches').where('business_date', '=', day).execute()
      await tables
        .insertInto('day_matches')
        .values({ business_date: day, made_at: now(), files, ...flat(sums) })
        .execute()
      const items = itemsOf(match)
      if (items.length > 0) await tables.insertInto('match_items').values(items).execute()
    })
  }
  return Math.max(0, due.length - most)
}

const dueDays = async (
  read: FigureReading,
  timeZone: string,
): Promise<{ day: string; files: number }[]> => {
  const closed = await lastClosed(read)
  const first = await firstDay(read, timeZone)
  if (closed === null || first === null) return []
  const files = new Map(
    (
      await read
        .selectFrom('settlement_files')
        .select(({ fn }) => ['business_date', fn.countAll<number>().as('files')])
        .groupBy('business_date')
        .execute()
    ).map((each) => [each.business_date, each.files]),
  )
  const made = new Map(
    (await read.selectFrom('day_matches').selectAll().execute()).map((each) => [
      each.business_date,
      each,
    ]),
  )
  const watched = dateShifted(closed.business_day, -watchedDays)
  const due: { day: string; files: number }[] = []
  for (let day = first; day <= closed.business_day; day = dateShifted(day, 1)) {
    const own = files.get(day) ?? 0
    const before = made.get(day)
    const isOpen = before !== undefined && before.open + before.long + before.short > 0
    const isOld = before !== undefined && before.made_at < closed.closed_at
    if (before === undefined || before.files !== own || (isOpen && isOld && day >= watched)) {
      due.push({ day, files: own })
    }
  }
  return due
}

export const sumsOf = ({ lines }: Pick<Match, 'lines'>): MatchSums => {
  const of = (result: Result) => {
    const own = lines.filter((line) => line.result === result)
    return { count: own.length, sum: own.reduce((sum, line) => sum + amountOf(line), 0) }
  }
  return { matched: of('matched'), long: of('long'), short: of('short'), open: of('open') }
}

const flat = ({ matched, long, short, open }: MatchSums) => ({
  matched: matched.count,
  matched_sum: matched.sum,
  long: long.count,
  long_sum: long.sum,
  short: short.count,
  short_sum: short.sum,
  open: open.count,
  open_sum: open.sum,
})

const amountOf = ({ bank, reversal, front, centre }: Line): number =>
  (bank ?? reversal ?? centre ?? front)?.amount ?? 0

type Item = Omit<MatchItem, 'business_date' | 'item'>

/** Everything that did not match, numbered. */
export const itemsOf = (match: Match): MatchItem[] =>
  [...ofMoney(match), ...ofNotes(match), ...ofBoxes(match)].map((item, at) => ({
    business_date: match.businessDate,
    item: at + 1,
    ...item,
  }))

const ofMoney = ({ lines }: Match): Item[] =>
  lines.flatMap((line) => {
    const { result, why, bank, reversal, front, centre } = line
    if (result === 'matched') return []
    const named = bank ?? reversal ?? front ?? centre?.receipt ?? null
    return {
      leg: 'money' as const,
      result,
      why,
      kiosk: centre?.kiosk ?? '',
      order_number: centre?.order?.number ?? (bank ?? reversal ?? front)?.orderNumber ?? '',
      reference: named === null ? '' : `${named.terminal} ${String(named.stan).padStart(6, '0')}`,
      amount: amountOf(line),
    }
  })

/** One for each kiosk and reason: what is wrong with ten denominations is one thing to look into. */
const ofNotes = ({ notes }: Match): Item[] => {
  const items = new Map<string, Item>()
  for (const { result, why, kiosk, value, inJournal, booked, unknown } of notes) {
    if (result === 'matched') continue
    const key = `${kiosk} ${result}`
    const amount = value * (Math.abs(inJournal - booked) || unknown || booked)
    const before = items.get(key)
    items.set(key, {
      leg: 'notes',
      result,
      why: before?.why ?? why,
      kiosk,
      order_number: '',
      reference: '',
      amount: (before?.amount ?? 0) + amount,
    })
  }
  return [...items.values()]
}

const ofBoxes = ({ boxes }: Match): Item[] => {
  const items = new Map<string, Item>()
  for (const { result, why, kiosk, exchange, box, value, inJournal, atOffice } of boxes) {
    if (result === 'matched') continue
    const before = items.get(`${exchange} ${result}`)
    const amount = value * (atOffice === null ? inJournal : Math.abs(atOffice - inJournal))
    items.set(`${exchange} ${result}`, {
      leg: 'boxes',
      result,
      why: before?.why ?? why,
      kiosk,
      order_number: '',
      reference: box,
      amount: (before?.amount ?? 0) + amount,
    })
  }
  return [...items.values()]
}
