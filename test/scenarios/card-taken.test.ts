import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inService, insertCard, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

/** A card whose owner is asked about and not answered for yet. */
const askedAbout = async (card: string) => {
  await inService(box)
  box.centre.fail('insertion', 'request lost', 3)
  box.insert(card)
  await box.screen('please wait', (screen) => screen.for === 'asking the centre')
}
const oneNoteIn = async () => {
  await payCash(box, 'plain-sale', 50)
  await box.feed(2000)
  await box.screen('insert notes', ({ inserted }) => inserted === 2000)
}

describe('a customer who takes the card away', () => {
  it('while notes go in is not asked to take it, and the next one is served at once', async () => {
    await oneNoteIn()
    box.reader.remove()
    const { after } = await box.screen('thank you')
    expect(after).toMatchObject({ kind: 'deposited', amount: 2000 })
    await box.pass(10_000)
    expect(box.view().screen.kind).toBe('attract')
    expect(box.audit()).toEqual([])
  })

  it('before the first note is gone at once, and nothing more is said to a sale that is over', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    try {
      await payCash(box, 'plain-sale', 50)
      box.reader.remove()
      await box.screen('attract')
      await box.pass(10_000)
      expect(warned.mock.calls).toEqual([])
      expect(box.audit()).toEqual([])
    } finally {
      warned.mockRestore()
    }
  })

  it('instead of confirming is not asked to take it, and the next one is served at once', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.reader.remove()
    const { after } = await box.screen('thank you')
    expect(after).toMatchObject({ kind: 'deposited', amount: 5000 })
    await box.pass(10_000)
    expect(box.view().screen.kind).toBe('attract')
    expect(box.audit()).toEqual([])
  })

  it('while the centre is asked about it leaves no account on the screen', async () => {
    await askedAbout('plain-sale')
    box.reader.remove()
    await box.pass(8_000)
    expect(box.view().screen.kind).toBe('attract')
  })

  it('while the price of the notes is asked leaves no purchase on the screen to confirm', async () => {
    await payCash(box, 'plain-sale', 50)
    box.centre.fail('quote', 'request lost', 200)
    await box.feed(5000)
    await box.screen('please wait', (screen) => screen.for === 'price')
    box.reader.remove()
    await box.pass(200)
    box.centre.mend()
    const { after } = await box.screen('thank you')
    expect(after).toMatchObject({ kind: 'deposited', amount: 5000 })
    await inService(box)
    expect(box.centre.asked).not.toContain('order')
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(8640 + 5000)
    expect(box.audit()).toEqual([])
  })

  it('and puts it back while the order is made gets the energy all the same', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.centre.fail('order', 'answer lost', 3)
    box.press({ type: 'confirm' })
    await box.screen('please wait', (screen) => screen.for === 'order')
    box.reader.remove()
    await box.pass(200)
    box.insert('plain-sale')
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('while the order is made, and another card is put in: that one is not written on', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.centre.fail('order', 'answer lost', 3)
    box.press({ type: 'confirm' })
    await box.screen('please wait', (screen) => screen.for === 'order')
    box.reader.remove()
    await box.pass(200)
    const other = box.card('rich-account').state()
    box.insert('rich-account')
    await box.screen('put card back')
    expect(box.card('rich-account').state()).toEqual(other)
    box.insert('plain-sale')
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

describe('the next customer, who puts a card in before the one before is done with,', () => {
  it('sees their own account, never that of the card that was asked about', async () => {
    await askedAbout('plain-sale')
    box.reader.remove()
    await box.pass(200)
    box.insert('rich-account')
    expect((await box.screen('account')).account.balance).toBe(245_000)
  })

  it('is not offered to pay into the account of a card that was refused', async () => {
    await askedAbout('unread-purchase')
    box.reader.remove()
    await box.pass(200)
    box.insert('rich-account')
    expect((await box.screen('account')).account.balance).toBe(245_000)
  })

  it('is served without having to take the card out again', async () => {
    await oneNoteIn()
    box.reader.remove()
    await box.pass(200)
    box.insert('rich-account')
    expect((await box.screen('account')).account.balance).toBe(245_000)
    await leave(box)
    expect(box.audit()).toEqual([])
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(8640 + 2000)
  })
})
