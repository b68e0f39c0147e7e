// The end of a business day: the next one begins, the file is made once from the books, and the bank hears of both.
import { mkdirSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { beginDate, businessDateAt, dayOf, openDate } from './business-day.ts'
import { dayFile } from './day-file.ts'
import { agreeOnTotals, rowsOf } from './day-totals.ts'
import type { Means } from './means.ts'
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
