// The console in Chromium: signing in, going about by keyboard alone, what needs two persons, and every page of the table
// by day, by night and on a phone: axe finds nothing, nothing runs out of the side.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { propose } from '../../centre/console/approvals.ts'
import { line, word } from '../../centre/console/lines.ts'
import type { StaffMember } from '../../domain/console/staff.ts'
import { minor } from '../../domain/money.ts'
import {
  hasChromium,
  password,
  people,
  setConsoleStage,
  type ConsoleStage,
} from './console-stage.ts'
import { flawsOf, settled } from './looking.ts'

/** Every page that is looked at, and somebody who may see it; null: nobody is signed in. */
const pages: { path: string; who: StaffMember | null }[] = [
  { path: '/anywhere', who: null },
  { path: '/approvals', who: people.accounts },
  { path: '/approvals?tab=decided', who: people.accounts },
  { path: '/staff', who: people.administrator },
  { path: '/audit', who: people.administrator },
  { path: '/password', who: people.operator },
  { path: '/no/such/page', who: people.operator },
]

const title = 'the console in Chromium (not run without /usr/bin/chromium)'
describe.skipIf(!hasChromium)(title, { timeout: 60_000 }, () => {
  let stage: ConsoleStage
  beforeAll(async () => {
    stage = await setConsoleStage()
    await stage.as(people['call centre'], (doing) =>
      propose(doing, {
        kind: 'return order',
        subject: 'order 2026-11-26 0042',
        lines: [line('to', word('account'))],
        amount: minor(10_000),
        reason: 'The card was pulled while it was written.',
        content: {},
      }),
    )
  }, 60_000)
  afterAll(() => stage.close())

  describe('signing in', () => {
    it('by keyboard alone leads to the page that was asked for, after a wrong password too', async () => {
      const page = await stage.open('/audit?who=ada', null)
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.keyboard.type('ada')
      await page.keyboard.press('Tab')
      await page.keyboard.type('not the password')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('Name or password is wrong.').waitFor()
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
      expect(new URL(page.url()).search).toBe('?who=ada')
      await page.context().close()
    })

    it('once a session has ended shows the same page again', async () => {
      const page = await stage.open('/staff', people.administrator)
      await page.getByRole('button', { name: 'Add a person' }).waitFor()
      await page.context().clearCookies()
      await page.getByRole('link', { name: 'Audit trail' }).click()
      await page.getByText('Your session has ended.').waitFor()
      await page.getByLabel('Name').fill('ada')
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.context().close()
    })

    it('shows nobody what is not for their role', async () => {
      const page = await stage.open('/staff', people.operator)
      await page.getByRole('heading', { name: 'This page is not for your role' }).waitFor()
      expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0)
      await page.context().close()
    })
  })

  it('is gone about by keyboard alone: past the navigation, to another page, into a dialog and out', async () => {
    const page = await stage.open('/audit', people.administrator)
    await page.getByRole('table', { name: 'Audit trail' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the page')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('who')
    await page.getByRole('link', { name: 'People' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'People' }).waitFor()
    await until(async () => (await focused(page)) === 'People')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Add a person')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Add a person' }).waitFor()
    for (let tabs = 0; tabs < 12; tabs += 1) {
      await page.keyboard.press('Tab')
      expect(
        await page.evaluate(
          `document.activeElement === document.body || document.activeElement.closest('dialog') !== null`,
        ),
      ).toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('Add a person')
    await page.context().close()
  })

  it('a person who is added chooses a password of their own before anything else', async () => {
    const page = await stage.open('/staff', people.administrator)
    await page.getByRole('button', { name: 'Add a person' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Noor Aziz')
    await dialog.getByLabel('Signs in as').fill('noor')
    await dialog.getByLabel('Role').selectOption('Call centre')
    await dialog.getByLabel('Password').fill('for the first morning')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('row', { name: /Noor Aziz/ }).waitFor()
    await page.context().close()

    const hers = await stage.open('/', null)
    await hers.getByLabel('Name').fill('noor')
    await hers.getByLabel('Password', { exact: true }).fill('for the first morning')
    await hers.keyboard.press('Enter')
    await hers.getByRole('heading', { name: /Choose a password of your own/ }).waitFor()
    await hers.getByLabel('Password now').fill('for the first morning')
    await hers.getByLabel('New password', { exact: true }).fill('only I would say this')
    await hers.getByLabel('New password once more').fill('only I would say that')
    await hers.getByRole('button', { name: 'Change the password' }).click()
    await hers.getByText('The two new passwords differ.').waitFor()
    await hers.getByLabel('New password once more').fill('only I would say this')
    await hers.keyboard.press('Enter')
    await hers.getByRole('navigation').getByRole('link', { name: 'Approvals' }).first().waitFor()
    await hers.context().close()
  })

  it('a proposal is refused with a reason, and stands among what was decided', async () => {
    const page = await stage.open('/approvals', people.accounts)
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByRole('dialog').getByLabel('Why not').fill('The card shows the energy.')
    await page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()
    await page.getByText('Nothing waits for a second person.').waitFor()
    await page.getByRole('link', { name: 'Decided' }).click()
    await page.getByText('The card shows the energy.').waitFor()
    await page.context().close()
  })

  it('keeps language and appearance on the device', async () => {
    const page = await stage.open('/password', people.operator)
    await page.getByLabel('Language').selectOption('العربية')
    await page.getByRole('heading', { name: 'كلمة مرورك' }).waitFor()
    await page.getByLabel('المظهر').selectOption('داكن')
    const look = () =>
      page.evaluate(
        `[document.documentElement.dir, document.documentElement.lang, document.documentElement.dataset.theme].join(' ')`,
      )
    expect(await look()).toBe('rtl ar night')
    expect(await page.evaluate(`Object.values(localStorage).join(' ')`)).toMatch(/ar/)
    await page.context().close()
  })

  it('says that the centre is silent, keeps what was told, and goes on by itself', async () => {
    const page = await stage.open('/audit', people.administrator)
    await page.getByRole('table', { name: 'Audit trail' }).waitFor()
    await page.context().setOffline(true)
    await page.getByLabel('Who', { exact: true }).fill('ada')
    await page.getByText('The centre has not answered').waitFor()
    await page.getByRole('table', { name: 'Audit trail' }).waitFor()
    await page.context().setOffline(false)
    await page
      .getByText('The centre has not answered')
      .waitFor({ state: 'detached', timeout: 30_000 })
    await page.getByRole('row', { name: 'the audit trail ada' }).first().waitFor()
    await page.context().close()
    // The browser itself writes down that it was offline.
    stage.complaints.splice(0)
  })

  it.each(pages.map((page, at) => ({ ...page, at })))(
    '$path is well, on a phone too',
    async ({ path, who, at }) => {
      const page = await stage.open(path, who)
      await settled(page)
      expect(await flawsOf(page, at)).toEqual([])
      expect(stage.complaints).toEqual([])
      await page.context().close()
    },
    60_000,
  )
})

const focused = (page: Page): Promise<string> =>
  page.evaluate(
    `document.activeElement.textContent || document.activeElement.getAttribute('name') || ''`,
  )

const until = async (is: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await is()) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error('it did not come to that')
}
