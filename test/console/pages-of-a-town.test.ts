// Every page of the console on a town with some months behind it: nothing runs out of the side of a phone, axe finds nothing,
// and no page complains; each in one language, by day or by night (`npm run console-pages`: in all of them).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDays } from '../../centre/figures/closing-days.ts'
import { findingLosses } from '../../centre/losses/finding-losses.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { makeYear } from '../../kiosk/bench/year/making.ts'
import { townNow } from '../centre-kit.ts'
import { townOf } from '../towns.ts'
import { hasChromium, people, setConsoleStage, type ConsoleStage } from './console-stage.ts'
import { flawsOf, settled } from './looking.ts'

/** Every page of an area; what begins with a colon is something that is in the books. Pages of the frame are tried elsewhere. */
const looked = [
  'fleet',
  'fleet/alarms',
  'fleet/cash',
  'fleet/rollouts',
  'fleet/kiosks/:kiosk',
  'fleet/kiosks/:kiosk?tab=timeline',
  'fleet/kiosks/:kiosk?tab=wear',
  'explain',
  'explain/:sale',
  'customers',
  'customers/file',
  'customers/:customer',
  'tariffs',
  'tariffs/:code',
  'tariffs/:code/new',
  'tariffs/simulator',
  'figures',
  'figures/sales?from=:month-01&to=:day',
  'figures/transactions',
  'figures/received',
  'figures/boxes',
  'figures/settlement',
  'figures/month/:month',
  'figures/kiosk/:kiosk',
  'losses',
  'losses/summary',
  'losses/tasks',
  'losses/finding/1',
]

const inTheBooks = async ({ read }: Store): Promise<Record<string, string>> => {
  const { kiosk, sale, customer, business_day } = await read
    .selectFrom('orders')
    .innerJoin('bindings', 'bindings.binding', 'orders.binding')
    .innerJoin('kiosks', 'kiosks.kiosk', 'orders.kiosk')
    .select(['orders.kiosk', 'sale', 'bindings.customer', 'business_day'])
    .where('kiosks.channel', '=', 'terminal')
    .orderBy('orders.created_at', 'desc')
    .executeTakeFirstOrThrow()
  const { code } = await read.selectFrom('tariffs').select('code').executeTakeFirstOrThrow()
  return { kiosk, sale, customer, code, day: business_day, month: business_day.slice(0, 7) }
}

const title = 'the pages of a town in Chromium (not run without /usr/bin/chromium)'
describe.skipIf(!hasChromium)(title, { timeout: 60_000 }, () => {
  let folder: string
  let stage: ConsoleStage
  let known: Record<string, string>
  let page: Page
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wattpoint-town-'))
    const path = join(folder, 'data', 'centre.sqlite')
    const now = townNow
    const { timeZone } = townOf(now).policy
    await makeYear(path, { seed: 1, kiosks: 5, customers: 60, days: 120, journalDays: 7, now })
    const store = await openStore({ kind: 'file', path })
    await closeDays({ store, now: () => now, timeZone })
    await findingLosses({ store, now: () => now, timeZone })
    known = await inTheBooks(store)
    stage = await setConsoleStage({ store, now })
    page = await stage.open('/', people.accounts)
  }, 120_000)
  afterAll(async () => {
    await stage.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(looked.map((path, at) => ({ path, at })))(
    '$path is well, on a phone too',
    async ({ path, at }) => {
      const address = path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? name)
      // One browser goes through all of them, as a person does.
      await page.goto(`${stage.url}/${address}`)
      await settled(page)
      const flaws = [
        ...(await page.locator('main .problem').allInnerTexts()),
        ...(await flawsOf(page, at)),
      ]
      expect(flaws).toEqual([])
      expect(stage.complaints.splice(0)).toEqual([])
    },
  )

  it('are all of them: no page of an area is left out', () => {
    const tried = new Set(looked.map((path) => path.split('/')[0]))
    const table = readFileSync('ui/console/pages.tsx', 'utf8')
    const areas = new Set([...table.matchAll(/ path: '(\w+)/g)].map(([, area = '']) => area))
    expect(areas.size).toBeGreaterThan(8)
    expect([...areas].filter((area) => !tried.has(area)).toSorted()).toEqual([
      'approvals',
      'audit',
      'password',
      'staff',
    ])
  })
})
