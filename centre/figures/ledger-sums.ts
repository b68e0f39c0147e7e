// What the ledger itself comes to on a day, by kind of account: plain addition, so that the figures have something to agree with.
import { sql } from 'kysely'
import { startOfDay, startOfNext } from './business-days.ts'
import type { ClosedDay, FigureReading, FigureTables } from './figure-tables.ts'

/**
 * Of all entries up to the posting `seen` that are of this day (and those up to `through`), or came after the day they are
 * dated was closed.
 */
export const ledgerSums = async (
  read: FigureReading,
  of: { day: string; through?: string; seen: number; before: ClosedDay | null; timeZone: string },
): Promise<FigureTables['ledger_sums'][]> => {
  const { day, through = day, seen, before, timeZone } = of
  const [start, end] = [startOfDay(day, timeZone), startOfNext(through, timeZone)]
  // Added to nothing, `at` has no index: those after `seen` are few, those before a moment are not.
  const { rows } = await sql<{ kind: string; amount: number }>`
    select a.kind as kind, sum(e.amount) as amount
    from (
      select posting from postings where at >= ${start} and at < ${end} and posting <= ${seen}
      union
      select posting from postings
        where posting > ${before?.seen ?? seen} and posting <= ${seen} and at + 0 < ${start}
    ) p
    join entries e on e.posting = p.posting
    join accounts a on a.account = e.account
    group by a.kind`.execute(read)
  return rows.map(({ kind, amount }) => ({ business_day: day, account_kind: kind, amount }))
}
