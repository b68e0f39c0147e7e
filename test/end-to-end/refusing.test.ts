import { expect, it } from 'vitest'
import { onRealWires } from './on-real-wires.ts'
import { comeIn } from './visits.ts'

onRealWires('on real wires, before any money, a customer', {}, (person) => {
  /** On the keypad, as somebody who does not see the screen does: each key is answered. */
  const keys = async (...typed: string[]) => {
    const { page } = person()
    for (const so of typed) {
      await page.keyboard.press(so.at(-1) ?? '')
      await page
        .getByRole('status')
        .filter({ hasText: new RegExp(`^${so}\\D`) })
        .waitFor()
    }
  }

  it.each([
    ['whose last purchase the meter has not read', 'unread-purchase', /are still on this card$/],
    ['whose meter holds all it may', 'meter-full', 'Your meter is full'],
    ['with a bank card', 'bank-card', 'This is not an electricity card'],
    ['with a card that was replaced', 'replaced-old', 'This card was replaced'],
    ['with the new card, before the meter knows it', 'replacement-new', /^First put this card/],
    ['with a card of another area', 'other-area', 'This card is from another area'],
    ['who is blocked', 'customer-blocked', 'Your account is blocked'],
    ['with a technician’s card', 'service-card', 'This is a service card'],
    ['with an imitation', 'imitation', 'This card could not prove that it is ours'],
    [
      'whose card knows more purchases than were sold',
      'count-ahead',
      /^This card has to be looked/,
    ],
  ])('%s is refused in words', async (_, card, words) => {
    const { bench, insert, heading, notesIn } = person()
    const notes = notesIn()
    await insert(card)
    await heading(words)
    expect(bench.panel().notes.state).toBe('closed')
    expect(notesIn()).toBe(notes)
  })

  it('who wants more than the meter may hold is told how much fits, and may buy that', async () => {
    const { bench, page, press, heading, sees } = person()
    await comeIn(person(), 'nearly-full')
    await press('Buy electricity')
    await press('By energy')
    await heading('How much energy?')
    await keys('5', '50', '500')
    await page.keyboard.press('Enter')
    await sees(/Your meter has room for .* only/)
    expect(bench.panel().notes.state).toBe('closed')
    await page.keyboard.press('Backspace')
    await page.getByRole('status').filter({ hasText: /^50\D/ }).waitFor()
    await page.keyboard.press('Enter')
    await heading('How will you pay?')
  })

  it('whose meter is full may still put money into the account', async () => {
    const { press, heading, feed, sees } = person()
    await person().insert('meter-full')
    await heading('Your meter is full')
    await press('Put money in my account')
    await heading('Insert notes for your account')
    await feed(1000)
    await press('Put in ¥10.00')
    await heading('Put this in your account?')
    await press('Put in ¥10.00')
    await heading('Take your card')
    await sees('in your account')
  })
})
