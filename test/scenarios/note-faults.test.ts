import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newUnit } from '../../drivers/note-acceptor/ssp/simulator/truth.ts'
import { chooseAmount, inService, insertCard, leave, payCash } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

const inBox = () => Object.values(box.notes.truth().cashBox.notes).reduce((a, b) => a + b, 0)
const end = async () => {
  await box.until('the sale has an end', () =>
    ['take card', 'mishap'].includes(box.view().screen.kind),
  )
  return box.view().screen
}
/** A sale of 50 with a note of 20 in. */
const oneNoteIn = async () => {
  await payCash(box, 'plain-sale', 50)
  await box.feed(2000)
  await box.screen('insert notes', ({ inserted }) => inserted === 2000)
}

describe('a fault while nobody is paying closes cash, and clearing it opens it again:', () => {
  it.each<[string, () => void, () => void]>([
    ['cash box full', () => box.notes.fillUp(), () => box.notes.replaceCashBox({ emptied: true })],
    ['cash box removed', () => box.notes.removeCashBox(), () => box.notes.replaceCashBox()],
    ['jam', () => box.notes.jam('safe'), () => box.notes.clearJam()],
    ['path open', () => box.notes.openPath(), () => box.notes.closePath()],
    ['silent', () => box.notes.goSilent(), () => box.notes.speakAgain()],
    ['no power', () => box.notes.powerOff(), () => box.notes.powerOn()],
    ['unplugged', () => box.unplug('notes'), () => box.plugIn()],
  ])('%s', async (_, happen, mend) => {
    await inService(box)
    happen()
    const { tenders } = await box.screen('attract', ({ tenders }) =>
      tenders.some(({ tender, works }) => tender === 'cash' && !works),
    )
    // One tender less is not out of service: the account still pays.
    expect(tenders).toContainEqual({ tender: 'account', works: true })
    mend()
    await inService(box)
    expect(box.audit()).toEqual([])
  })

  it('another unit screwed in takes no money', async () => {
    await inService(box)
    box.notes.swapUnit(newUnit({ serialNumber: '6666666' }))
    await box.screen('attract', ({ tenders }) =>
      tenders.some(({ tender, works }) => tender === 'cash' && !works),
    )
    await chooseAmount(box, 'plain-sale', 50).catch(() => null)
    expect(box.notes.takesNotes()).toBe(false)
  })
})

describe('a fault with a note of the customer in', () => {
  it.each<[string, () => void]>([
    ['jam', () => box.notes.jam('safe')],
    ['cash box full', () => box.notes.fillUp()],
    ['cash box removed', () => box.notes.removeCashBox()],
    ['unplugged', () => box.unplug('notes')],
    ['no power', () => box.notes.powerOff()],
  ])('%s: takes no more, and what is in buys energy', async (_, happen) => {
    await oneNoteIn()
    happen()
    const { paid } = await box.screen('confirm purchase')
    expect(paid).toBe(2000)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 2000 })
    box.reader.remove()
    await box.screen('attract')
    await box.pass(5_000)
    expect(box.audit()).toEqual([])
  })
})

describe('P2: the acceptor loses its power', () => {
  it.each([0, 200, 400, 600, 800, 1000, 1200, 1500, 2000, 2500])(
    '%i ms after a note went in, and gets it back: the note is in the sale or with the customer',
    async (ms) => {
      await payCash(box, 'plain-sale', 50)
      await box.feed(5000)
      await box.pass(ms)
      box.notes.powerCycle()
      await box.until('an end, or the note is back', () => {
        const { screen } = box.view()
        return (
          screen.kind === 'confirm purchase' ||
          screen.kind === 'choose tender' ||
          (screen.kind === 'insert notes' &&
            screen.note.kind !== 'checking' &&
            box.notes.takesNotes())
        )
      })
      const { screen } = box.view()
      if (screen.kind === 'confirm purchase') {
        expect(inBox()).toBe(1)
        box.press({ type: 'confirm' })
        expect((await box.screen('take card')).after.kind).toBe('bought')
      } else {
        expect(inBox()).toBe(0)
        box.press({ type: 'cancel' })
        await end()
      }
      box.reader.remove()
      await inService(box)
      await box.pass(3_000)
      expect(box.audit()).toEqual([])
    },
  )
})

describe('P2 P4: the kiosk stops and starts again', () => {
  it.each([0, 200, 400, 600, 800, 1000, 1200, 1500, 2000, 2500])(
    '%i ms after a note went in: no note is lost, none is doubled, and its money finds its owner',
    async (ms) => {
      await payCash(box, 'plain-sale', 50)
      await box.feed(5000)
      await box.pass(ms)
      await box.restart()
      box.reader.remove()
      await inService(box)
      await box.pass(10_000)
      expect(box.audit()).toEqual([])
      const { account } = await insertCard(box, 'plain-sale')
      expect(account.balance).toBe(8640 + (inBox() === 1 ? 5000 : 0))
      await leave(box)
    },
  )

  it('with notes in and nothing confirmed: they are on the account afterwards', async () => {
    await oneNoteIn()
    await box.restart()
    box.reader.remove()
    await inService(box)
    await box.pass(10_000)
    expect(box.audit()).toEqual([])
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(10_640)
  })
})

it('a customer who comes before the acceptor is ready can pay with notes as soon as it is', async () => {
  await inService(box)
  box.unplug('notes')
  await box.screen('attract', ({ tenders }) =>
    tenders.some(({ tender, works }) => tender === 'cash' && !works),
  )
  await box.restart()
  await box.screen('attract', ({ denominations }) => denominations.length === 0)
  box.insert('plain-sale')
  await box.screen('account')
  box.plugIn()
  box.press({ type: 'buy' })
  await box.screen('choose amount')
  box.press({ type: 'suggestion', value: 50 })
  await box.screen('choose tender', ({ tenders }) =>
    tenders.some(({ tender, works }) => tender === 'cash' && works),
  )
  box.press({ type: 'tender', tender: 'cash' })
  expect((await box.screen('insert notes')).denominations).toContain(5000)
  await box.feed(5000)
  await box.screen('confirm purchase')
  box.press({ type: 'confirm' })
  await box.screen('take card')
  await leave(box)
  expect(box.audit()).toEqual([])
})
