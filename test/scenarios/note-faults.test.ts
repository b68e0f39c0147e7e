import { describe, expect, it, vi } from 'vitest'
import { newUnit } from '../../drivers/note-acceptor/ssp/simulator/truth.ts'
import { chooseAmount, inService, insertCard, leave, payCash } from '../customer.ts'
import { inABox } from '../in-a-box.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'

// Several kiosks at once share the processor.
vi.setConfig({ testTimeout: 180_000 })

const inBox = (box: KioskInABox) =>
  Object.values(box.notes.truth().cashBox.notes).reduce((a, b) => a + b, 0)
const end = async (box: KioskInABox) => {
  await box.until('the sale has an end', () =>
    ['take card', 'mishap'].includes(box.view().screen.kind),
  )
  return box.view().screen
}
/** A sale of 50 with a note of 20 in. */
const oneNoteIn = async (box: KioskInABox) => {
  await payCash(box, 'plain-sale', 50)
  await box.feed(2000)
  await box.screen('insert notes', ({ inserted }) => inserted === 2000)
}

describe('a fault while nobody is paying closes cash, and clearing it opens it again:', () => {
  it.concurrent.each<[string, (box: KioskInABox) => void, (box: KioskInABox) => void]>([
    [
      'cash box full',
      (box) => box.notes.fillUp(),
      (box) => box.notes.replaceCashBox({ emptied: true }),
    ],
    ['cash box removed', (box) => box.notes.removeCashBox(), (box) => box.notes.replaceCashBox()],
    ['jam', (box) => box.notes.jam('safe'), (box) => box.notes.clearJam()],
    ['path open', (box) => box.notes.openPath(), (box) => box.notes.closePath()],
    ['silent', (box) => box.notes.goSilent(), (box) => box.notes.speakAgain()],
    ['no power', (box) => box.notes.powerOff(), (box) => box.notes.powerOn()],
    ['unplugged', (box) => box.unplug('notes'), (box) => box.plugIn()],
  ])('%s', (_, happen, mend) =>
    inABox(async (box) => {
      await inService(box)
      happen(box)
      const { tenders } = await box.screen('attract', ({ tenders }) =>
        tenders.some(({ tender, works }) => tender === 'cash' && !works),
      )
      // One tender less is not out of service: the account still pays.
      expect(tenders).toContainEqual({ tender: 'account', works: true })
      mend(box)
      await inService(box)
      expect(box.audit()).toEqual([])
    }),
  )

  it.concurrent('another unit screwed in takes no money', () =>
    inABox(async (box) => {
      await inService(box)
      box.notes.swapUnit(newUnit({ serialNumber: '6666666' }))
      await box.screen('attract', ({ tenders }) =>
        tenders.some(({ tender, works }) => tender === 'cash' && !works),
      )
      await chooseAmount(box, 'plain-sale', 50).catch(() => null)
      expect(box.notes.takesNotes()).toBe(false)
    }))
})

describe('a fault with a note of the customer in', () => {
  it.concurrent.each<[string, (box: KioskInABox) => void]>([
    ['jam', (box) => box.notes.jam('safe')],
    ['cash box full', (box) => box.notes.fillUp()],
    ['cash box removed', (box) => box.notes.removeCashBox()],
    ['unplugged', (box) => box.unplug('notes')],
    ['no power', (box) => box.notes.powerOff()],
  ])('%s: takes no more, and what is in buys energy', (_, happen) =>
    inABox(async (box) => {
      await oneNoteIn(box)
      happen(box)
      const { paid } = await box.screen('confirm purchase')
      expect(paid).toBe(2000)
      box.press({ type: 'confirm' })
      expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 2000 })
      box.reader.remove()
      await box.screen('attract')
      await box.pass(5_000)
      expect(box.audit()).toEqual([])
    }),
  )
})

describe('P2: the acceptor loses its power', () => {
  it.concurrent.each([0, 200, 400, 600, 800, 1000, 1200, 1500, 2000, 2500])(
    '%i ms after a note went in, and gets it back: the note is in the sale or with the customer',
    (ms) =>
      inABox(async (box) => {
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
          expect(inBox(box)).toBe(1)
          box.press({ type: 'confirm' })
          expect((await box.screen('take card')).after.kind).toBe('bought')
        } else {
          expect(inBox(box)).toBe(0)
          box.press({ type: 'cancel' })
          await end(box)
        }
        box.reader.remove()
        await inService(box)
        await box.pass(3_000)
        expect(box.audit()).toEqual([])
      }),
  )
})

describe('P2 P4: the kiosk stops and starts again', () => {
  it.concurrent.each([0, 200, 400, 600, 800, 1000, 1200, 1500, 2000, 2500])(
    '%i ms after a note went in: no note is lost, none is doubled, and its money finds its owner',
    (ms) =>
      inABox(async (box) => {
        await payCash(box, 'plain-sale', 50)
        await box.feed(5000)
        await box.pass(ms)
        await box.restart()
        box.reader.remove()
        await inService(box)
        await box.pass(10_000)
        expect(box.audit()).toEqual([])
        const { account } = await insertCard(box, 'plain-sale')
        expect(account.balance).toBe(8640 + (inBox(box) === 1 ? 5000 : 0))
        await leave(box)
      }),
  )

  it.concurrent('with notes in and nothing confirmed: they are on the account afterwards', () =>
    inABox(async (box) => {
      await oneNoteIn(box)
      await box.restart()
      box.reader.remove()
      await inService(box)
      await box.pass(10_000)
      expect(box.audit()).toEqual([])
      expect((await insertCard(box, 'plain-sale')).account.balance).toBe(10_640)
    }))
})

it.concurrent('a customer who comes before the acceptor is ready can pay with notes as soon as it is', () =>
  inABox(async (box) => {
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
  }))
