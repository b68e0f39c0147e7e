import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertCard, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

const inBox = () => box.notes.truth().cashBox.notes

describe('a customer who pays with notes', () => {
  it('gets the energy on the card, and a receipt', async () => {
    const { quote } = await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000, energy: quote.get })
    expect(after).toHaveProperty('rest', quote.residue)
    await leave(box)
    expect(box.printer.receipts()).toHaveLength(1)
    expect(inBox()).toEqual({ 5000: 1 })
    expect(box.audit()).toEqual([])
  })

  it('sees the energy grow with each note', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    const first = await box.screen('insert notes', ({ energy }) => (energy ?? 0) > 0)
    expect(first).toMatchObject({ inserted: 2000, notes: [2000], target: 5000 })
    await box.feed(2000)
    const second = await box.screen('insert notes', ({ inserted }) => inserted === 4000)
    expect(second.notes).toEqual([2000, 2000])
    await box.screen('insert notes', ({ energy }) => (energy ?? 0) > (first.energy ?? 0))
    await box.feed(1000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('and puts in more than chosen gets the rest on the account, if that is the choice', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(10_000)
    expect(await box.screen('more than chosen')).toMatchObject({ chosen: 5000, rest: 5000 })
    box.press({ type: 'rest', to: 'account' })
    const { paid, rest, quote } = await box.screen('confirm purchase')
    expect({ paid, rest }).toEqual({ paid: 10_000, rest: 5000 + quote.residue })
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000, rest })
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('and puts in more than chosen gets more energy, if that is the choice', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(10_000)
    const { energyForAll } = await box.screen('more than chosen')
    box.press({ type: 'rest', to: 'energy' })
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 10_000, energy: energyForAll })
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('and cancels before the first note has lost nothing', async () => {
    await payCash(box, 'plain-sale', 50)
    box.press({ type: 'cancel' })
    const { after } = await box.screen('take card')
    expect(after).toEqual({ kind: 'nothing bought' })
    await leave(box)
    expect(inBox()).toEqual({})
    expect(box.centre.asked).not.toContain('closing')
    expect(box.audit()).toEqual([])
  })

  it('P7: and cancels after the first note is told first, and finds the money on the account', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.press({ type: 'cancel' })
    expect(await box.screen('confirm cancel')).toMatchObject({ inserted: 2000, goesTo: 'account' })
    box.press({ type: 'cancel' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'deposited', amount: 2000, balance: 10_640 })
    await leave(box)
    expect(inBox()).toEqual({ 2000: 1 })
    expect(box.audit()).toEqual([])
  })

  it('and thinks again when told goes on paying', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.press({ type: 'cancel' })
    await box.screen('confirm cancel')
    box.press({ type: 'keep going' })
    await box.screen('insert notes')
    await box.feed(2000)
    await box.feed(1000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await leave(box)
    expect(inBox()).toEqual({ 1000: 1, 2000: 2 })
    expect(box.audit()).toEqual([])
  })

  it('and takes the card away with a note in finds the money on the account', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    await leave(box)
    expect(inBox()).toEqual({ 2000: 1 })
    expect(box.audit()).toEqual([])
  })

  it('and takes the card away after paying and before confirming finds the money on the account', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    await leave(box)
    expect(box.centre.asked).not.toContain('order')
    expect(box.audit()).toEqual([])
  })
})

describe('a note', () => {
  it('the acceptor does not recognise is given back, and says why', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000, { refusedFor: 0x01 })
    const { note } = await box.screen('insert notes', ({ note }) => note.kind === 'refused')
    expect(note).toMatchObject({ kind: 'refused' })
    expect(inBox()).toEqual({})
    await box.feed(5000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('put in by somebody while nobody is paying is not taken', async () => {
    await insertCard(box, 'plain-sale')
    expect(box.notes.insert(2000)).toBe('not taken')
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

describe('a customer who puts in more than chosen', () => {
  it('and more than may be sold buys what was chosen, and finds the rest on the account', async () => {
    // The meter has room for 128.51 and no more.
    await payCash(box, 'nearly-full', 50)
    await box.feed(2000)
    await box.feed(2000)
    await box.feed(10_000)
    const { paid, rest, quote } = await box.screen('confirm purchase')
    expect({ paid, pay: quote.pay, rest }).toEqual({
      paid: 14_000,
      pay: 5000,
      rest: 9000 + quote.residue,
    })
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000, rest })
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('is told what all of it would buy, however slowly the price comes', async () => {
    await payCash(box, 'plain-sale', 50)
    box.centre.fail('quote', 'request lost', 4)
    await box.feed(10_000)
    const { energyForAll, energyForChosen } = await box.screen('more than chosen')
    expect(energyForAll).toBeGreaterThan(energyForChosen)
  })
})
