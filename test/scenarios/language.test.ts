import { afterEach, expect, it } from 'vitest'
import { inService, leave, payCash } from '../customer.ts'
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
