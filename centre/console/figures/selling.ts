// What was sold in a range, by whatever it is counted together, beside the range before it and the year before.
import type { Grouping } from '../../../domain/console/figure-names.ts'
import type {
  Chosen,
  Compared,
  DaySold,
  FigureQuestions,
  Group,
  Sold,
  Standing,
} from '../../../domain/console/figures.ts'
import { addUp, chosenOf, isWanted, type Books, type Range } from '../../figures/adding-up.ts'
import { soldByDay, soldByHour } from '../../figures/by-hour.ts'
import { soldKinds } from '../../figures/figure-tables.ts'
import { labelsOf, type Labels } from './labels.ts'
import { rangesOf } from './ranges.ts'
import { besideSales, nothingSold, otherwiseIn, soldByKey, soldOf, soldTogether } from './sums.ts'

export type Selling = { range: Range; chosen: Chosen }

export const standingOf = ({ open }: Books): Standing => ({
  closedThrough: open.closed?.business_day ?? null,
  behind: open.behind,
})

/** By key; what is not in any sale is not among them. */
const soldBy = async (
  books: Books,
  { range, chosen }: Selling,
  by: Grouping,
): Promise<Map<string, Sold>> => {
  if (by !== 'hour') return soldByKey(await addUp(books, { range, chosen, by, kinds: soldKinds }))
  const groups = new Map<string, Sold>()
  for (const row of await soldByHour(books, { range, chosen })) {
    const key = String(row.hour)
    groups.set(key, soldTogether(groups.get(key) ?? nothingSold, soldOf(row)))
  }
  return groups
}

const altogether = (groups: Map<string, Sold>): Sold =>
  [...groups.values()].reduce(soldTogether, nothingSold)

export const compared = async (
  books: Books,
  selling: Selling,
  by: Grouping,
): Promise<Compared & { groups: Group[] }> => {
  const ranges = rangesOf(selling.range)
  const now = await soldBy(books, selling, by)
  // Days and months have others before them: they are compared as a whole.
  const keyed = by !== 'day' && by !== 'month'
  const before = await soldBy(books, { ...selling, range: ranges.before }, keyed ? by : 'channel')
  const earlier = await soldBy(
    books,
    { ...selling, range: ranges.yearBefore },
    keyed ? by : 'channel',
  )
  const labels = await labelsOf(books.read)
  const keys = keyed ? new Set([...now.keys(), ...before.keys()]) : new Set(now.keys())
  const groups = [...keys].map((key) => ({
    key,
    label: labelOf(labels, by, key),
    sold: now.get(key) ?? nothingSold,
    before: (keyed ? before.get(key) : undefined) ?? nothingSold,
    yearBefore: (keyed ? earlier.get(key) : undefined) ?? nothingSold,
  }))
  return {
    sold: altogether(now),
    before: altogether(before),
    yearBefore: altogether(earlier),
    ranges,
    groups: groups.toSorted(inOrder(by)),
  }
}

/** Hours, days and months as they follow; everything else by what it brought. */
const inOrder =
  (by: Grouping) =>
  (one: Group, other: Group): number => {
    if (by === 'hour') return Number(one.key) - Number(other.key)
    if (by === 'day' || by === 'month') return one.key < other.key ? -1 : 1
    return other.sold.tendered - one.sold.tendered || (one.key < other.key ? -1 : 1)
  }

export const labelOf = (labels: Labels, by: Grouping, key: string): string => {
  if (by === 'kiosk') return labels.places.get(key) ?? key
  if (by === 'area') return labels.areas.get(Number(key)) ?? key
  return key
}

export const daysSold = async (books: Books, { range, chosen }: Selling): Promise<DaySold[]> => {
  const days = new Map<string, DaySold>()
  for (const { day, orders, energy, tendered } of await soldByDay(books, { range, chosen })) {
    const before = days.get(day) ?? { day, orders: 0, energy: 0, tendered: 0 }
    days.set(day, {
      day,
      orders: before.orders + orders,
      energy: before.energy + energy,
      tendered: before.tendered + tendered,
    })
  }
  return [...days.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1))
}

export const salesTold = async (
  books: Books,
  selling: Selling,
  by: Grouping,
): Promise<FigureQuestions['figures/sales']['told']> => {
  const all = await addUp(books, { ...selling, by: 'all', kinds: [] })
  return {
    standing: standingOf(books),
    ...(await compared(books, selling, by)),
    days: await daysSold(books, selling),
    otherwise: otherwiseIn(all, besideSales),
    late: await lateIn(books, selling),
  }
}

/** Booked in this range, and of days before the day they were booked on. */
const lateIn = async (
  { read, open }: Books,
  { range, chosen }: Selling,
): Promise<{ postings: number; tendered: number }> => {
  let query = read
    .selectFrom('day_figures')
    .select(({ fn }) => [
      fn.sum<number | null>('postings').as('postings'),
      fn.sum<number | null>('tendered').as('tendered'),
    ])
    .where((it) => it('of_day', '<', it.ref('business_day')))
    .where('business_day', '>=', range.from)
    .where('business_day', '<=', range.to)
    // Late ones are few, and found by that alone: whoever finds them by kind has to look at all.
    .where(({ fn }) => fn.coalesce('kind', 'kind'), 'in', soldKinds)
  for (const [name, value] of chosenOf(chosen)) query = query.where(name, '=', value)
  const closed = await query.executeTakeFirstOrThrow()
  const own = open.lines.filter(
    (line) =>
      line.of_day < line.business_day && isWanted(line, { range, chosen, kinds: soldKinds }),
  )
  return {
    postings: (closed.postings ?? 0) + own.length,
    tendered: (closed.tendered ?? 0) + own.reduce((sum, { tendered }) => sum + tendered, 0),
  }
}
