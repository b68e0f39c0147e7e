// The front panel in a browser: cards, notes and faults by press and by drag, and a refusal in words.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  atTheBench,
  lacking,
  until,
  wholeTestMs,
  type AtTheBench,
} from '../../test/end-to-end/at-the-bench.ts'

describe.runIf(lacking() === null)('the front panel', () => {
  let person: AtTheBench
  let front: Page
  beforeAll(async () => {
    person = await atTheBench()
    front = await newPage()
    front.setDefaultTimeout(15_000)
    await front.goto(person.bench.url)
  }, wholeTestMs)
  afterAll(() => person.close(), wholeTestMs)

  /** Without the page's own policy, so that axe can be brought in. */
  const newPage = async (bypassCSP = false): Promise<Page> => {
    const browser = person.page.context().browser()
    if (browser === null) throw new Error('there is no browser')
    return browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP })
  }
  const region = (name: string) => front.getByRole('region', { name, exact: true })
  const press = (name: string | RegExp) => front.getByRole('button', { name }).first().click()
  const kiosk = () => front.frameLocator('iframe')

  it('shows the live screen, and puts a card in by a press', async () => {
    await kiosk()
      .getByRole('heading', { name: /Insert your electricity card/ })
      .waitFor()
    await press(/Fatima Al-Sayed.*into the kiosk/)
    await region('Card slot').getByText('take it out').waitFor()
    await kiosk().getByRole('button', { name: /Buy/ }).waitFor()
    expect(person.bench.panel().slot.card).toBe('no-account-money')
  })

  it('says in words what cannot be done now', async () => {
    await press('Put in a note of ¥ 20')
    await front
      .getByRole('alert')
      .getByText(/The slot is shut/)
      .waitFor()
    await press('Close')
    expect(await front.getByRole('alert').count()).toBe(0)
  })

  it('carries a card from the kiosk to its meter by a drag, and back to the rack', async () => {
    await front
      .getByRole('button', { name: /Fatima.*take it out$/ })
      .dragTo(region('At home').getByText('No.'))
    await until('the card is in the meter', () =>
      person.bench.panel().meters.some(({ card }) => card === 'no-account-money'),
    )
    await region('At home').getByText('take it out').click()
    await region('At home').getByText('take it out').waitFor({ state: 'detached' })
    expect(person.bench.panel().cards.every(({ where }) => where === 'rack')).toBe(true)
  })

  it('puts a bank card in by a drag, and takes it out; display and books say what happens', async () => {
    const terminal = region('Bank terminal')
    await terminal.getByText('READY').waitFor()
    await press(/Chen Li.*into the kiosk/)
    await kiosk().getByRole('button', { name: /Buy/ }).click()
    await kiosk().getByRole('button', { name: '¥50', exact: true }).click()
    await kiosk()
      .getByRole('button', { name: /^Bank card/ })
      .click()
    await terminal.getByText('HOLD OR INSERT CARD').waitFor()
    await region('Wallet').getByText('pays', { exact: true }).dragTo(terminal)
    await terminal.getByText('take it out').click()
    await region('Books of the bank terminal').getByText('agreed, not final').waitFor()
    await kiosk().getByRole('button', { name: 'Cancel' }).click()
    await kiosk().getByRole('button', { name: 'Yes, undo it' }).click()
    await region('Books of the bank terminal').getByText('reversed').waitFor()
    await region('Card slot').getByText('take it out').click()
    await kiosk().getByRole('heading', { name: 'Goodbye' }).waitFor()
  })

  it('finds a card by its story', async () => {
    const cards = front.getByRole('button', { name: /put it into the kiosk$/ })
    expect(await cards.count()).toBeGreaterThan(30)
    await front.getByRole('searchbox').fill('bus pass')
    await until('one card is left', async () => (await cards.count()) === 1)
    await front.getByRole('searchbox').fill('no such story')
    await front.getByText('No card says that.').waitFor()
    await front.getByRole('searchbox').fill('')
  })

  it('switches a fault on and off', async () => {
    const fault = front.getByRole('switch', { name: 'paper out' })
    await fault.click()
    await until('the paper is out', () => person.bench.panel().printer.faults.includes('paper out'))
    await fault.click()
    await until('there is paper', () => person.bench.panel().printer.faults.length === 0)
  })

  it('has nothing that axe finds', async () => {
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
    const plain = await newPage(true)
    await plain.goto(person.bench.url)
    await plain.getByRole('region', { name: 'Card slot' }).waitFor()
    await plain.addScriptTag({ content: readFileSync(axe, 'utf8') })
    const found: unknown = await plain.evaluate(
      `axe.run({ exclude: [['iframe']] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' ')))`,
    )
    expect(found).toEqual([])
    await plain.close()
  })
})
