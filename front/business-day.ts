// Business dates and the numbers of a day: one cut-over time, and a STAN that no terminal gets twice on a date.
import type { Policy } from './means.ts'
import type { Work } from './store.ts'

/** The business date, `YYYY-MM-DD`, of a moment: the local date, or the next one from the cut-over on. */
export const businessDateAt = (
  now: number,
  { timeZone, cutOver }: Pick<Policy, 'timeZone' | 'cutOver'>,
): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? ''
  const date = `${part('year')}-${part('month')}-${part('day')}`
  const isNext = cutOver !== '00:00' && `${part('hour')}:${part('minute')}` >= cutOver
  return isNext ? dayAfter(date) : date
}

export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10)

/** The date that is open; the first one begins when it is first asked for. */
export const openDate = async (work: Work, now: number, policy: Policy): Promise<string> => {
  const open = await work
    .selectFrom('business_days')
    .select('business_date')
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (open !== undefined) return open.business_date
  const date = businessDateAt(now, policy)
  await beginDate(work, date, now)
  return date
}

export const beginDate = async (work: Work, date: string, now: number): Promise<void> => {
  await work
    .insertInto('business_days')
    .values({
      business_date: date,
      state: 'open',
      began_at: now,
      ended_at: null,
      cut_over: 0,
      totals: null,
    })
    .execute()
}

export const dayOf = (read: Pick<Work, 'selectFrom'>, date: string) =>
  read
    .selectFrom('business_days')
    .selectAll()
    .where('business_date', '=', date)
    .executeTakeFirstOrThrow()

const mostStan = 999_999

/** The next STAN of a terminal on a date (domain.md 13.2, field 11). */
export const nextStan = async (work: Work, terminal: string, date: string): Promise<number> => {
  const row = await work
    .insertInto('stans')
    .values({ terminal, business_date: date, last: 1 })
    .onConflict((it) =>
      it.columns(['terminal', 'business_date']).doUpdateSet((to) => ({
        last: to.eb(to.ref('stans.last'), '+', 1),
      })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  if (row.last > mostStan) throw new Error(`${terminal} has no STAN left on ${date}`)
  return row.last
}
