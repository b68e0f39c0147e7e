import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Screen } from '../../ui/kiosk/screen.ts'
import { chooseAmount, inService, insertCard, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

const buy = async () => {
  await insertCard(box, 'plain-sale')
  box.press({ type: 'buy' })
  await box.screen('choose amount')
}

/** How a customer comes to each screen that waits for somebody. */
const ways: Partial<Record<Screen['kind'], () => Promise<unknown>>> = {
  account: () => insertCard(box, 'plain-sale'),
  enquiry: async () => {
    await insertCard(box, 'plain-sale')
    box.press({ type: 'enquire' })
    await box.screen('enquiry')
  },
  refused: async () => {
    await inService(box)
    box.insert('unread-purchase')
    await box.screen('refused')
  },
  'choose amount': buy,
  'choose tender': () => chooseAmount(box, 'plain-sale', 50),
  'insert notes': async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
  },
  'more than chosen': async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(10_000)
    await box.screen('more than chosen')
  },
  'confirm purchase': () => payWithOneNote(box, 'plain-sale', 50),
  'confirm cancel': async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.press({ type: 'cancel' })
    await box.screen('confirm cancel')
  },
  'confirm deposit': async () => {
    await inService(box)
    box.insert('unread-purchase')
    await box.screen('refused')
    box.press({ type: 'deposit' })
    await box.screen('insert notes')
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.press({ type: 'finish paying' })
    await box.screen('confirm deposit')
  },
  'type claim': async () => {
    await insertCard(box, 'plain-sale')
    box.press({ type: 'redeem' })
    await box.screen('type claim')
  },
  'claim told': async () => {
    await insertCard(box, 'plain-sale')
    box.press({ type: 'redeem' })
    await box.screen('type claim')
    for (let digit = 0; digit < 12; digit++) box.press({ type: 'digit', digit: 0 })
    box.press({ type: 'continue' })
    await box.screen('claim told')
  },
  'open order': async () => {
    await inService(box)
    box.insert('order-open')
    await box.screen('open order')
  },
  mishap: async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.centre.fail('order', 'answer lost', 200)
    box.press({ type: 'confirm' })
    await box.screen('mishap')
    box.centre.mend()
  },
  'put card back': async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.reader.pullAfter(3)
    box.press({ type: 'confirm' })
    await box.screen('put card back')
  },
}

describe.each(Object.entries(ways))(
  'a customer who walks away from the screen "%s"',
  (kind, come) => {
    it('is warned, loses nothing, and the next one is served', async () => {
      await come()
      const before = box.view().screen
      expect(before.kind).toBe(kind)
      if (kind !== 'put card back') {
        await box.until('the warning', () => box.view().warning !== null)
        expect(box.view().warning?.secondsLeft).toBeGreaterThanOrEqual(20)
        // Somebody is there after all: the time starts again.
        box.press({ type: 'more time' })
        await box.until('no warning', () => box.view().warning === null)
        expect(box.view().screen).toEqual(before)
      }
      await box.until('the screen is left', () => box.view().screen.kind !== kind)
      await box.until('the end', () =>
        ['take card', 'mishap', 'attract'].includes(box.view().screen.kind),
      )
      await box.pass(70_000)
      box.reader.remove()
      await inService(box)
      await box.pass(5_000)
      expect(box.audit()).toEqual([])
    })
  },
)

it('a card left in the slot after a sale does not keep the kiosk from saying so for ever', async () => {
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'confirm' })
  await box.screen('take card')
  expect((await box.screen('take card', ({ urgent }) => urgent)).after.kind).toBe('bought')
  await box.until('the sale is over', () => {
    const { screen } = box.view()
    return screen.kind === 'take card' && screen.after.kind === 'nothing bought'
  })
  box.reader.remove()
  await inService(box)
  expect(box.audit()).toEqual([])
})
