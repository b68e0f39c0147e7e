// Every page of the console on a town with some months behind it: nothing runs out of the side of a phone, axe finds nothing,
// and no page complains; each in one language, by day or by night (`npm run console-pages`: in all of them).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDays } from '../../centre/figures/closing-days.ts'
import { findingLosses } from '../../centre/losses/finding-losses.ts'
import { openStore } from '../../centre/store.ts'
import { makeYear } from '../../kiosk/bench/year/making.ts'
import { townNow } from '../centre-kit.ts'
import { townOf } from '../towns.ts'
import { hasChromium, people, setConsoleStage, type ConsoleStage } from './console-stage.ts'
import { flawsOf, settled } from './looking.ts'
import { addressOf, inTheBooks, pagesOfATown } from './town-pages.ts'

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

  it.each(pagesOfATown.map((path, at) => ({ path, at })))(
    '$path is well, on a phone too',
    async ({ path, at }) => {
      // One browser goes through all of them, as a person does.
      await page.goto(`${stage.url}/${addressOf(path, known)}`)
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
    const tried = new Set(pagesOfATown.map((path) => path.split('/')[0]))
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
