// The end of a business day: the next one begins, the file is made once from the books, and the bank hears of both.
import { mkdirSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { nothing, plus } from '../domain/money.ts'
import { totalsRequest, type Totals } from './bank-messages.ts'
import { beginDate, businessDateAt, nextStan, openDate } from './business-day.ts'
import { dayFile, totalOf, type DayRow } from './day-file.ts'
import type { IsoMessage } from './iso8583/message.ts'
import { deadlines, senderOf, type Means } from './means.ts'
import { listForPeople } from './payment-book.ts'
import type { Store, Work } from './store.ts'

export type DayMeans = Means & { filesFolder: string }

/**
 * Ends every day that is over, oldest first, each as far as it goes at present: the file needs no bank, the cut-over (201)
 * and the totals (0500) wait until the line is there. Called again and again; what is done stays done.
 */
export const closeDays = async (means: DayMeans): Promise<void> => {
  const { store, clock, policy } = means
  const closing = await store.transact(async (work) => {
    const now = clock.now()
    const date = await openDate(work, now, policy)
    const today = businessDateAt(now, policy)
    if (today > date) {
      await work
        .updateTable('business_days')
        .set({ state: 'closing', ended_at: now })
        .where('business_date', '=', date)
        .execute()
      await beginDate(work, today, now)
    }
    return work
      .selectFrom('business_days')
      .select('business_date')
      .where('state', '=', 'closing')
      .orderBy('business_date')
      .execute()
  })
  for (const { business_date: date } of closing) await closeDay(means, date)
}

const closeDay = async (means: DayMeans, date: string): Promise<void> => {
  const { store } = means
  await cutOver(means, date)
  if (!(await makeFile(store, date))) return
  await writeDayFile(means, date)
  await agreeOnTotals(means, date)
  await store.transact(async (work) => {
    await work
      .updateTable('business_days')
      .set({ state: 'closed' })
      .where('business_date', '=', date)
      .where('cut_over', '=', 1)
      .where('totals', 'is not', null)
      .execute()
  })
}

const dayOf = (read: Pick<Work, 'selectFrom'>, date: string) =>
  read
    .selectFrom('business_days')
    .selectAll()
    .where('business_date', '=', date)
    .executeTakeFirstOrThrow()

const cutOver = async ({ store, line }: Means, date: string): Promise<void> => {
  const { cut_over } = await store.transact((work) => dayOf(work, date))
  if (cut_over === 1 || line.state() !== 'signed on') return
  const { next } = await store.transact((work) =>
    work
      .selectFrom('business_days')
      .select(({ fn }) => fn.min('business_date').as('next'))
      .where('business_date', '>', date)
      .executeTakeFirstOrThrow(),
  )
  const answer = await line.cutOver(next)
  if (answer.kind !== 'answered' || answer.message.fields[39] !== '00') return
  await store.transact(async (work) => {
    await work
      .updateTable('business_days')
      .set({ cut_over: 1 })
      .where('business_date', '=', date)
      .execute()
  })
}

/** Once, and kept: a day whose file is made again has the same file. False while a payment of the day has no end yet. */
const makeFile = (store: Store, date: string): Promise<boolean> =>
  store.transact(async (work) => {
    const made = await fileOf(work, date)
    if (made !== undefined) return true
    const asking = await work
      .selectFrom('payments')
      .select('payment')
      .where('business_date', '=', date)
      .where('state', '=', 'asking')
      .executeTakeFirst()
    if (asking !== undefined) return false
    const day = await dayOf(work, date)
    const { name, content } = dayFile(await rowsOf(work, date), {
      businessDate: date,
      from: day.began_at,
      to: day.ended_at ?? day.began_at,
    })
    await work.insertInto('day_files').values({ business_date: date, name, content }).execute()
    return true
  })

const fileOf = (read: Pick<Work, 'selectFrom'>, date: string) =>
  read.selectFrom('day_files').selectAll().where('business_date', '=', date).executeTakeFirst()

/** Everything that was sent on that date, and every reversal that was counted on it, in the order of the moment it began. */
const rowsOf = async (work: Work, date: string): Promise<DayRow[]> => {
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

/** Puts the file of a day where the bank fetches it: whole or not at all, and the same bytes each time. False: there is none. */
export const writeDayFile = async (
  { store, filesFolder }: Pick<DayMeans, 'store' | 'filesFolder'>,
  date: string,
): Promise<string | null> => {
  const file = await store.transact((work) => fileOf(work, date))
  if (file === undefined) return null
  mkdirSync(filesFolder, { recursive: true })
  const path = join(filesFolder, file.name)
  const handle = await open(`${path}.new`, 'w')
  try {
    await handle.writeFile(file.content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
  return path
}

/** The bank says its own totals. What counts is what it took less what it gave back; a difference is for a person. */
const agreeOnTotals = async ({ store, line, clock, policy, alarm }: Means, date: string) => {
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
