import { expect, it } from 'vitest'
import { onRealWires } from './on-real-wires.ts'
import {
  choose,
  comeIn,
  isWritten,
  oneNoteIn,
  payCash,
  payFromAccount,
  takeCardAndLeave,
  write,
} from './visits.ts'

onRealWires('on real wires, in a browser, a customer', {}, (person) => {
  it('pays with notes, and carries the energy home to the meter', async () => {
    const { bench, feed, sees, heading, carryHome, notesIn } = person()
    const papers = bench.papers().length
    const notes = notesIn()
    await payCash(person(), 'plain-sale', '¥50')
    await feed(2000)
    await sees('¥30.00 still to pay')
    await feed(2000)
    await feed(1000)
    await heading('Is this right?')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(energy).toBeGreaterThan(3000)
    expect(await carryHome('plain-sale')).toBe(energy)
    expect(bench.papers()).toHaveLength(papers + 1)
    expect(notesIn()).toBe(notes + 3)
  })

  it('pays from the capital account, without a note', async () => {
    const { bench, carryHome, notesIn } = person()
    const papers = bench.papers().length
    const notes = notesIn()
    await payFromAccount(person(), 'rich-account')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('rich-account')).toBe(energy)
    expect(notesIn()).toBe(notes)
    expect(bench.papers()).toHaveLength(papers + 1)
  })

  it('puts more in than was chosen, and has the rest on the account', async () => {
    const { feed, heading, press, sees, carryHome } = person()
    await payCash(person(), 'high-tariff', '¥50')
    await feed(10_000)
    await heading('You inserted more than you chose.')
    await press(/Put ¥50\.00 in my account/)
    await heading('Is this right?')
    const energy = await write(person())
    await sees(/¥50\.\d\d went to your account/)
    await takeCardAndLeave(person())
    expect(await carryHome('high-tariff')).toBe(energy)
    await comeIn(person(), 'high-tariff')
    await sees(/¥50\.\d\d/)
  })

  it('looks at the account and the last purchases, and buys nothing', async () => {
    const { bench, press, heading, sees } = person()
    await comeIn(person(), 'arrears')
    await sees(/You owe ¥500\.00/)
    await press('Show my purchases')
    await heading('Your last purchases')
    await sees('in the meter')
    await press('Back')
    await heading(/^Good/)
    await press('Cancel')
    await heading('Take your card')
    await sees('Nothing was bought')
    expect(bench.panel().notes.state).toBe('closed')
  })

  it('cancels before the first note', async () => {
    const { press, heading, sees, notesIn } = person()
    const notes = notesIn()
    await payCash(person(), 'wrong-meter-notice', '¥50')
    await press('Cancel')
    await heading('Take your card')
    await sees('No money was taken.')
    expect(notesIn()).toBe(notes)
  })

  it('cancels after the first note, is told first, and finds it on the account', async () => {
    const { press, heading, sees, takeCard } = person()
    await oneNoteIn(person(), 'no-account-money')
    await press('Cancel')
    await heading('Cancel the purchase?')
    await sees(/You inserted ¥20\.00.*the money goes to your account/)
    await press('Yes, to my account')
    await heading('Take your card')
    await sees('in your account')
    await takeCard()
    await heading('Thank you')
    await press('Done')
    await comeIn(person(), 'no-account-money')
    await sees('¥20.00')
  })

  it('pulls the card out with a note in, and finds the money on the account', async () => {
    const { takeCard, heading, sees, press } = person()
    await oneNoteIn(person(), 'replacement-used')
    await takeCard()
    await heading('Thank you')
    await sees('in your account')
    await press('Done')
    await comeIn(person(), 'replacement-used')
    await sees('¥20.00')
  })

  it('changes the language in the middle, goes on where they were, and has a receipt in it', async () => {
    const { bench, page, feed, press, heading, sees, takeCard } = person()
    await oneNoteIn(person(), 'free-units')
    await press('العربية')
    await page.locator('html[lang=ar][dir=rtl]').waitFor({ state: 'attached' })
    await sees(/30\.00/)
    await press('简体中文')
    await page.locator('html[lang=zh][dir=ltr]').waitFor({ state: 'attached' })
    await sees(/30\.00/)
    await press('English')
    await sees('¥30.00 still to pay')
    await feed(2000)
    await feed(1000)
    await heading('Is this right?')
    await press('简体中文')
    await press(/写入电卡$/)
    await sees('已写入您的电卡')
    await takeCard()
    await heading('谢谢')
    expect(bench.papers().at(-1)?.text).not.toContain('Receipt no.')
  })

  it('whose page is loaded again in the middle of a sale sees the same', async () => {
    const { page, press, heading } = person()
    await choose(person(), 'low-energy', '¥200')
    await page.reload()
    await heading('How will you pay?')
    await press('Cancel')
    await heading('Take your card')
  })

  it('finishes at this kiosk what another one has left open', async () => {
    const { heading, press, carryHome, sees } = person()
    await person().insert('order-open')
    await heading('Your last purchase is not on the card yet')
    await sees(/It was never lost/)
    await press(/^Write/)
    await isWritten(person())
    await takeCardAndLeave(person())
    expect(await carryHome('order-open')).toBeGreaterThan(0)
  })
})
