// Days that are not closed yet, as they stand now: lines made of the books at the moment somebody asks.
import { dateShifted, dayMs } from '../reconciliation/dates.ts'
import type { Reading } from '../store.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import { calendarOf } from './business-days.ts'
import { firstDay, lastClosed, postingsOf, seenNow } from './closing-days.ts'
import { readingFigures, type ClosedDay, type FigureLine } from './figure-tables.ts'
import { linesOf } from './lines.ts'

export type OpenDays = {
  /** The last day that is closed; null while none is. */
  closed: ClosedDay | null
  /** Days that are over and awaited: more than the one that ends at midnight are being caught up with. */
  behind: number
  /** In the order of their numbers. */
  lines: readonly FigureLine[]
}

/** Beyond it the open days are left out until they are closed: they would take longer than anybody waits. */
const mostOpenDays = 3

type Known = { closed: string; seen: number; lines: readonly FigureLine[] }
/** Postings are written once: what was made of them is kept while their day is open. */
const known = new WeakMap<Reading, Known>()

export const openDays = async (
  books: Reading,
  of: { now: number; timeZone: string },
): Promise<OpenDays> => {
  const { now, timeZone } = of
  const read = readingFigures(books)
  const closed = await lastClosed(read)
  const first =
    closed === null ? await firstDay(read, timeZone) : dateShifted(closed.business_day, 1)
  const today = localDayOf(new Date(now), timeZone)
  if (first === null) return { closed, behind: 0, lines: [] }
  const behind = Math.round((Date.parse(today) - Date.parse(first)) / dayMs)
  if (behind >= mostOpenDays) return { closed, behind, lines: [] }
  const before = known.get(books)
  const isSame = before?.closed === (closed?.business_day ?? '')
  const seen = await seenNow(read)
  const old = isSame && before !== undefined ? before : { seen: 0, lines: [] }
  const fresh =
    old.seen > 0
      ? await since(books, old.seen, seen)
      : await ofDays(read, { days: daysFrom(first, today), seen, closed, timeZone })
  const calendar = calendarOf(timeZone)
  const businessDay = (at: number): string => {
    const { day } = calendar(at)
    return day < first ? first : day
  }
  const lines =
    fresh.length === 0
      ? old.lines
      : [...old.lines, ...(await linesOf(read, { postings: fresh, businessDay, timeZone }))]
  known.set(books, { closed: closed?.business_day ?? '', seen, lines })
  return { closed, behind: 0, lines }
}

const daysFrom = (first: string, today: string): string[] => {
  const days: string[] = []
  for (let day = first; day <= today; day = dateShifted(day, 1)) days.push(day)
  return days
}

const since = async (read: Reading, after: number, through: number): Promise<number[]> =>
  (
    await read
      .selectFrom('postings')
      .select('posting')
      .where('posting', '>', after)
      .where('posting', '<=', through)
      .orderBy('posting')
      .execute()
  ).map(({ posting }) => posting)

const ofDays = async (
  read: ReturnType<typeof readingFigures>,
  of: { days: readonly string[]; seen: number; closed: ClosedDay | null; timeZone: string },
): Promise<number[]> => {
  const { days, seen, closed, timeZone } = of
  const all = new Set<number>()
  for (const day of days) {
    // What belongs to a day before is told by the first of them; the ones after it know of no other.
    const before = day === days[0] ? closed : null
    for (const posting of await postingsOf(read, { day, seen, before, timeZone })) all.add(posting)
  }
  return [...all].toSorted((one, other) => one - other)
}
