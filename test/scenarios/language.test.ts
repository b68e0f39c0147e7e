import { afterEach, expect, it } from 'vitest'
import { inService, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
afterEach(() => box.close())

it('a customer who changes the language in the middle sees the same screen in it, and the next one starts afresh', async () => {
  box = await kioskInABox()
  await payCash(box, 'plain-sale', 50)
  await box.feed(2000)
  const before = await box.screen('insert notes', ({ inserted }) => inserted === 2000)
  box.press({ type: 'language', language: 'ar' })
  box.press({ type: 'theme', theme: 'night' })
  await box.until('the other language', () => box.view().language === 'ar')
  expect(box.view()).toMatchObject({
    theme: 'night',
    screen: { kind: before.kind, inserted: 2000 },
  })
  await leave(box)
  await inService(box)
  expect(box.view()).toMatchObject({ language: 'en', theme: 'day' })
  expect(box.printer.receipts()).toHaveLength(1)
})

it('a customer who changes the language in the middle gets the slip in it', async () => {
  box = await kioskInABox()
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'language', language: 'zh' })
  box.press({ type: 'confirm' })
  await box.screen('take card')
  // The printer of the box has no font for it: the words come as pictures.
  expect(box.printer.receipts()[0]?.text).not.toContain('Receipt no.')
  await leave(box)
})
