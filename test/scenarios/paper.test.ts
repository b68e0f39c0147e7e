import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

describe('P7: a receipt that cannot be printed is shown on the screen, and the purchase stands:', () => {
  it.each<[string, () => void]>([
    ['paper out', () => box.printer.runOutOfPaper()],
    ['paper out in the middle', () => box.printer.runOutOfPaper({ afterRows: 120 })],
    ['cover open', () => box.printer.openCover()],
    ['offline', () => box.printer.switchOffline()],
    ['cutter jammed', () => box.printer.jamCutter({ when: 'at the next cut' })],
    ['unplugged', () => box.unplug('printer')],
    ['no power', () => box.printer.powerOff()],
  ])('%s', async (_, happen) => {
    await payWithOneNote(box, 'plain-sale', 50)
    happen()
    box.press({ type: 'confirm' })
    const { after, receipt } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
    expect(receipt).toMatchObject({ kind: 'on screen' })
    if (receipt.kind !== 'on screen') return
    expect(receipt.lines.length).toBeGreaterThan(5)
    expect(receipt.qr).not.toBeNull()
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

it('new paper prints what was kept, when the customer asks for it again', async () => {
  await payWithOneNote(box, 'plain-sale', 50)
  box.printer.runOutOfPaper()
  box.press({ type: 'confirm' })
  await box.screen('take card')
  box.printer.insertPaper()
  await box.pass(5_000)
  box.press({ type: 'print again' })
  await box.screen('take card', ({ receipt }) => receipt.kind === 'on paper')
  expect(box.printer.receipts()).toHaveLength(1)
  await leave(box)
})

it('the first screen says when receipts come on the screen only', async () => {
  await inService(box)
  box.printer.runOutOfPaper()
  await box.screen('attract', ({ receipts }) => receipts === 'on screen')
  box.printer.insertPaper()
  await box.screen('attract', ({ receipts }) => receipts === 'on paper')
})
