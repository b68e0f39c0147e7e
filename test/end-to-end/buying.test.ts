import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { atTheBench, lacking, wholeTestMs, type AtTheBench } from './at-the-bench.ts'

let person: AtTheBench

/** Up to the question how to pay. */
const choose = async (card: string, amount: string) => {
  const { insert, press, heading } = person
  await insert(card)
  await heading(/^Good/)
  await press('Buy electricity')
  await press(amount)
  await heading('How will you pay?')
}
const payCash = async (card: string, amount: string) => {
  await choose(card, amount)
  await person.press(/Banknotes/)
  await person.heading('Insert notes, one by one')
}
const asked = () => person.bench.truth().cashBox.reduce((sum, { count }) => sum + count, 0)

describe.skipIf(lacking() !== null)(
  'on real wires, in a browser,',
  { timeout: wholeTestMs },
  () => {
    beforeAll(async () => {
      person = await atTheBench()
    }, wholeTestMs)
    afterAll(() => person.close(), wholeTestMs)
    afterEach(async () => {
      await person.takeCard()
      await person.settled()
      expect(person.audit()).toEqual([])
    }, wholeTestMs)

    it('a customer pays with notes, and carries the energy home to the meter', async () => {
      const { bench, feed, press, heading, sees, takeCard, carryHome } = person
      await payCash('plain-sale', '¥50')
      await feed(2000)
      await sees('¥30.00 still to pay')
      await feed(2000)
      await feed(1000)
      await heading('Is this right?')
      await press(/^Write/)
      await heading('Take your card')
      await sees('on your card')
      await takeCard()
      await heading('Thank you')
      const meter = bench.panel().meters.find(({ owner }) => owner === 'L. Chen')
      expect(await carryHome('plain-sale')).toBeGreaterThan((meter?.remaining ?? 0) + 3000)
      expect(bench.papers()).toHaveLength(1)
      expect(bench.truth().cashBox).toEqual([
        { value: 1000, count: 1 },
        { value: 2000, count: 2 },
      ])
    })

    it('a customer pays from the capital account, without a note', async () => {
      const { bench, press, heading, sees, takeCard } = person
      const notes = asked()
      await choose('rich-account', '¥100')
      await press(/My account/)
      await heading('Is this right?')
      await press(/^Write/)
      await heading('Take your card')
      await sees('on your card')
      await takeCard()
      await heading('Thank you')
      expect(asked()).toBe(notes)
      expect(bench.papers()).toHaveLength(2)
    })

    it('a customer looks at the account and the last purchases, and buys nothing', async () => {
      const { insert, press, heading, sees } = person
      await insert('arrears')
      await heading(/^Good/)
      await sees(/You owe ¥500\.00/)
      await press('Show my purchases')
      await heading('Your last purchases')
      await sees('in the meter')
      await press('Back')
      await press('Cancel')
      await heading('Take your card')
    })

    it('a customer cancels before the first note', async () => {
      const { press, heading } = person
      const notes = asked()
      await payCash('no-account-money', '¥50')
      await press('Cancel')
      await heading('Take your card')
      expect(asked()).toBe(notes)
    })

    it('a customer cancels after the first note, is told first, and finds it on the account', async () => {
      const { feed, insert, press, heading, sees, takeCard, settled } = person
      await payCash('no-account-money', '¥50')
      await feed(2000)
      await sees('¥30.00 still to pay')
      await press('Cancel')
      await heading('Cancel the purchase?')
      await sees(/Notes cannot be returned: the money goes to your account/)
      await press('Yes, to my account')
      await heading('Take your card')
      await sees('in your account')
      await takeCard()
      await settled()
      await insert('no-account-money')
      await heading(/^Good/)
      await sees('¥20.00')
    })

    it.each([
      ['whose last purchase was not read by the meter', 'unread-purchase', /still.*on.*card/i],
      ['whose meter holds all it may', 'meter-full', /meter/i],
      ['with a bank card', 'bank-card', /not.*electricity card|cannot|other/i],
      ['with a card that was replaced', 'replaced-old', /replaced|newer|new card/i],
    ])('a customer %s is refused before any money', async (_, card, words) => {
      const { bench, insert, page } = person
      await insert(card)
      await page.getByRole('main').or(page.locator('body')).getByText(words).first().waitFor()
      expect(bench.panel().notes.state).toBe('closed')
    })

    it('a customer who wants more than the meter may hold is told how much fits', async () => {
      const { bench, page, insert, press, heading, sees } = person
      await insert('nearly-full')
      await heading(/^Good/)
      await press('Buy electricity')
      await press('By energy')
      // On the keypad, as somebody who does not see the screen does.
      for (const key of ['5', '0', '0', 'Enter']) await page.keyboard.press(key)
      await sees(/Your meter has room for .* only/)
      expect(bench.panel().notes.state).toBe('closed')
      await press('Cancel')
    })

    it('a customer changes the language in the middle, and goes on where they were', async () => {
      const { page, feed, press, heading } = person
      await payCash('free-units', '¥50')
      await feed(2000)
      await page.getByText('¥30.00 still to pay').waitFor()
      await press('العربية')
      await page.locator('[dir=rtl]').first().waitFor({ state: 'attached' })
      await page.getByText('30.00').first().waitFor()
      await press('简体中文')
      await page.getByText('30.00').first().waitFor()
      await press('English')
      await feed(2000)
      await feed(1000)
      await heading('Is this right?')
      await press(/^Write/)
      await heading('Take your card')
    })

    it('a page that is loaded again in the middle of a sale shows the same', async () => {
      const { page, press, heading } = person
      await choose('fixed-charges', '¥200')
      await page.reload()
      await heading('How will you pay?')
      await press('Cancel')
      await heading('Take your card')
    })
  },
)
