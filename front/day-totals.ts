// What a business day adds up to in the books of the front machine, and whether the bank has the same sum.
import { nothing, plus } from '../domain/money.ts'
import { totalsRequest, type Totals } from './bank-messages.ts'
import { dayOf, nextStan } from './business-day.ts'
import { totalOf, type DayRow } from './day-file.ts'
import type { IsoMessage } from './iso8583/message.ts'
import { deadlines, senderOf, type Means } from './means.ts'
import { listForPeople } from './payment-book.ts'
import type { Work } from './store.ts'

/** Everything that was sent on that date, and every reversal that was counted on it, in the order of the moment it began. */
export const rowsOf = async (work: Work, date: string): Promise<DayRow[]> => {
  const payments = await work
    .selectFrom('payments')
    .selectAll()
    .where('business_date', '=', date)
    .where('stan', 'is not', null)
    .execute()
  const reversals = await work
    .selectFrom('queue')
    .innerJoin('payments', 'payments.payment', 'queue.payment')
    .select([
      'queue.stan',
      'queue.state',
      'queue.at',
      'payments.order_number',
      'payments.order_state',
      'payments.reference',
      'payments.terminal',
      'payments.amount',
    ])
    .where('queue.kind', '=', 'reversal')
    .where('queue.business_date', '=', date)
    .execute()
  const common = (row: (typeof reversals)[number] | (typeof payments)[number]) => ({
    orderNumber: row.order_number ?? '',
    reference: row.reference ?? '',
    terminal: row.terminal,
    stan: row.stan ?? 0,
    amount: row.amount,
    state: row.state,
    delivery: row.order_state ?? '',
    at: row.at,
  })
  return [
    ...payments.map((row) => ({
      ...common(row),
      kind: 'sale' as const,
      counts: row.reference !== null && row.state !== 'declined',
    })),
    ...reversals.map((row) => ({
      ...common(row),
      kind: 'reversal' as const,
      counts: row.reference !== null && row.state === 'done',
    })),
  ].sort((one, other) => one.at - other.at || (one.terminal < other.terminal ? -1 : 1))
}

/** The bank says its own totals. What counts is what it took less what it gave back; a difference is for a person. */
export const agreeOnTotals = async ({ store, line, clock, policy, alarm }: Means, date: string) => {
  const { cut_over, totals: said } = await store.transact((work) => dayOf(work, date))
  if (cut_over === 0 || said !== null || line.state() !== 'signed on') return
  const now = clock.now()
  const { rows, stan } = await store.transact(async (work) => ({
    rows: await rowsOf(work, date),
    stan: await nextStan(work, policy.terminal, date),
  }))
  const sender = senderOf(policy, policy.terminal)
  const asked = totalsRequest(sender, { businessDate: date, stan, at: now }, totalsIn(rows))
  const answer = await line.ask(asked, deadlines.bankMs)
  if (answer.kind !== 'answered' || answer.message.fields[39] !== '00') return
  const theirs = totalIn(answer.message)
  const agree = theirs === null || theirs === totalOf(rows)
  await store.transact(async (work) => {
    await work
      .updateTable('business_days')
      .set({ totals: agree ? 'agree' : 'differ' })
      .where('business_date', '=', date)
      .execute()
    if (agree) return
    const why = `the bank's total of the day is ${theirs}, ours is ${totalOf(rows)}`
    await listForPeople(work, { subject: date, why, at: now })
    alarm('the totals of a day differ', { date, bank: theirs, ours: totalOf(rows) })
  })
}

const totalsIn = (rows: readonly DayRow[]): Totals => {
  const of = (kind: DayRow['kind']) => rows.filter((row) => row.counts && row.kind === kind)
  const sum = (some: readonly DayRow[]) => plus(nothing, ...some.map(({ amount }) => amount))
  const [sales, reversals] = [of('sale'), of('reversal')]
  return {
    payments: sales.length,
    paid: sum(sales),
    reversals: reversals.length,
    reversed: sum(reversals),
  }
}

/** Debits less reversed debits; null from a bank that only says that it agrees. */
const totalIn = ({ fields }: IsoMessage): number | null =>
  fields[88] === undefined || fields[89] === undefined
    ? null
    : Number(fields[88]) - Number(fields[89])
