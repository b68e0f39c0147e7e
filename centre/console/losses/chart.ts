// What one home bought in each month of the year, and between what its neighbours lie.
import type { LossChart } from '../../../domain/console/losses.ts'
import { buyingOf, dayAfter, dayMs, monthsBefore } from '../../losses/buying.ts'
import { groupKindOf } from '../../losses/neighbours.ts'
import type { FindingRow, LossesReading } from '../../losses/losses-tables.ts'
import { readHomes } from '../../losses/reading-homes.ts'
import type { Reading } from '../../store.ts'

/** A month of which fewer are known says nothing of what is usual. */
const fewest = 10

/** As it was looked at on the last day the finding was seen. Null where there is no home, or nobody to compare it with. */
export const chartOf = async (
  of: { books: Reading; losses: LossesReading; dayOf: (at: number) => string },
  row: Pick<FindingRow, 'binding' | 'neighbours' | 'last_day'>,
): Promise<LossChart | null> => {
  const { binding, neighbours, last_day: day } = row
  if (binding === null || neighbours === null) return null
  const group = await of.losses
    .selectFrom('loss_neighbours')
    .selectAll()
    .where('neighbours', '=', neighbours)
    .orderBy('month')
    .execute()
  const months = monthsBefore(day)
  const until = Date.parse(day) + 2 * dayMs
  const span = { from: until - 402 * dayMs, until, firstDay: dayAfter(day, -400) }
  const { homes } = await readHomes(of.books, { ...span, only: binding })
  const [home] = homes
  if (home === undefined || group.length === 0) return null
  const buying = buyingOf(home, { months, day, dayOf: of.dayOf })
  const byMonth = new Map(group.map((it) => [it.month, it] as const))
  return {
    neighbours: Math.max(...group.map(({ homes: some }) => some)),
    group: groupKindOf(neighbours),
    months: months.flatMap((month, place) => {
      const those = byMonth.get(month)
      if (those === undefined || those.homes < fewest) return []
      const own = Math.round(buying.months[place] ?? 0)
      return [{ month, own, least: those.least, middle: those.middle, most: those.most }]
    }),
  }
}
