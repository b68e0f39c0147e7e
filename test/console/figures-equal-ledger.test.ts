// Every total of the console equals the ledger to the minor unit: a small year, looked at by code that shares nothing with the reports.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CentreConfig } from '../../centre/config.ts'
import { figureQuestions } from '../../centre/console/figures/figures-answers.ts'
import { closeDays } from '../../centre/figures/closing-days.ts'
import { openStore, type Store } from '../../centre/store.ts'
import type { FigureQuestions, Sold } from '../../domain/console/figures.ts'
import { makeYear } from '../../kiosk/bench/year/making.ts'
import { townNow } from '../centre-kit.ts'
import { townOf } from '../towns.ts'
import {
  accountsByTheBooks,
  receivedByTheBooks,
  soldByTheBooks,
  type CheckedBy,
  type Sums,
} from './ledger-check.ts'
import { people } from './console-stage.ts'

/** In the middle of a day and of a month, so that some of every range is still open. */
const now = Date.parse('2026-11-14T15:20:00+08:00')
const { policy } = townOf(townNow)
const hoursAhead = 8
const config = CentreConfig.parse({
  dataFolder: 'data',
  listen: { host: '127.0.0.1', port: 0 },
  keys: { file: 'keys.json', bench: true },
  policy,
  log: 'silent',
})

let folder: string
let store: Store
let books: DatabaseSync
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-figures-'))
  const path = join(folder, 'data', 'centre.sqlite')
  await makeYear(path, { seed: 3, kiosks: 4, customers: 50, days: 130, journalDays: 1, now })
  store = await openStore({ kind: 'file', path })
  await closeDays({ store, now: () => now, timeZone: policy.timeZone })
  books = new DatabaseSync(path, { readOnly: true })
}, 60_000)
afterAll(async () => {
  books.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

const ask = async <Name extends keyof FigureQuestions>(
  name: Name,
  query: Record<string, unknown>,
): Promise<FigureQuestions[Name]['told']> => {
  const read = figureQuestions[name].read(query)
  if (read.kind === 'wrong') throw new Error(read.error.message)
  const means = { policy, random: () => new Uint8Array(10) }
  const asking = { now, member: people.accounts, session: 'test', config, means }
  const told = await read.value.tell({ ...asking, read: store.read })
  if (told.kind === 'refused') throw new Error(told.refusal.code)
  return told.told
}

const ranges = [
  { name: 'one day', from: '2026-10-07', to: '2026-10-07' },
  { name: 'days across the end of a month', from: '2026-08-20', to: '2026-09-03' },
  { name: 'a whole month', from: '2026-09-01', to: '2026-09-30' },
  { name: 'months with days around them', from: '2026-07-20', to: '2026-10-10' },
  { name: 'all that was ever booked, today too', from: '2026-07-01', to: '2026-11-14' },
  { name: 'today', from: '2026-11-14', to: '2026-11-14' },
] as const

const none: Sums = {
  orders: 0,
  energy: 0,
  freeEnergy: 0,
  tendered: 0,
  charged: 0,
  fees: 0,
  fixed: 0,
  vat: 0,
  supply: 0,
  levies: 0,
  arrears: 0,
}

const sumsOf = ({ toAccount, ...sold }: Sold): Sums => {
  const { fees, fixed, vat, supply, levies, arrears } = sold
  expect(fees + fixed + vat + supply + levies + arrears + toAccount).toBe(sold.tendered)
  return sold
}

describe.each(ranges)('$name', ({ from, to }) => {
  it.each(['kiosk', 'channel', 'tariff', 'area', 'tender', 'day', 'hour'] as const)(
    'by %s is what postings, entries and orders come to',
    async (by: CheckedBy) => {
      const { groups, sold } = await ask('figures/sales', { from, to, by })
      const expected = soldByTheBooks(books, { from, to, hoursAhead, by })
      const told = new Map(groups.map((group) => [group.key, sumsOf(group.sold)]))
      for (const [key, sums] of expected) expect([key, told.get(key)]).toEqual([key, sums])
      for (const [key, sums] of told) expect([key, expected.get(key) ?? none]).toEqual([key, sums])
      expect(sold.tendered).toBe([...expected.values()].reduce((sum, it) => sum + it.tendered, 0))
    },
  )

  it('has received at each kiosk what its accounts say, and all of it became something', async () => {
    const { rows, total } = await ask('figures/received', { from, to })
    const expected = receivedByTheBooks(books, { from, to, hoursAhead })
    for (const row of rows) {
      expect(expected.get(row.kiosk) ?? { cash: 0, bank: 0 }).toEqual({
        cash: row.cash,
        bank: row.bank,
      })
      expect(row.difference).toBe(0)
    }
    expect(total.cash).toBe([...expected.values()].reduce((sum, { cash }) => sum + cash, 0))
  })

  it('opens down to transactions that add up to it', async () => {
    const { sold } = await ask('figures/sales', { from, to, tender: 'cash' })
    let after: string | null = ''
    const sums = { tendered: 0, vat: 0, energy: 0, orders: 0 }
    while (after !== null) {
      const page: FigureQuestions['figures/lines']['told'] = await ask('figures/lines', {
        from,
        to,
        tender: 'cash',
        ...(after === '' ? {} : { after }),
      })
      for (const row of page.rows) {
        sums.tendered += row.sold.tendered
        sums.vat += row.sold.vat
        sums.energy += row.sold.energy
        sums.orders += row.sold.orders
      }
      expect(page.sold).toEqual(sold)
      after = page.next
    }
    expect(sums).toEqual({
      tendered: sold.tendered,
      vat: sold.vat,
      energy: sold.energy,
      orders: sold.orders,
    })
  })
})

describe.each(['2026-08', '2026-09', '2026-11'])('the report of %s', (month) => {
  it('has every account of the ledger to the minor unit, by its own check and by ours', async () => {
    const { checked } = await ask('figures/month', { month })
    const to = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0))
    const range = { from: `${month}-01`, to: to.toISOString().slice(0, 10) }
    const expected = accountsByTheBooks(books, { ...range, hoursAhead })
    for (const { what, reported, ledger } of checked) {
      expect([what, reported]).toEqual([what, ledger])
      if (what !== 'other accounts') expect([what, ledger]).toEqual([what, expected.get(what)])
    }
    expect(checked.length).toBeGreaterThan(6)
  })
})
