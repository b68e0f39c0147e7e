import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseAmount, inService, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

describe('a card that is not ours', () => {
  it('and was in the slot when the kiosk started is noticed', async () => {
    await inService(box)
    box.insert('bank-card')
    await box.screen('refused')
    await box.restart()
    expect((await box.screen('refused')).refusal.kind).toBe('foreign card')
    box.reader.remove()
    await inService(box)
  })

  it('put in while somebody is thanked is noticed', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    await box.screen('take card')
    box.reader.remove()
    await box.screen('thank you')
    box.insert('bank-card')
    expect((await box.screen('refused')).refusal.kind).toBe('foreign card')
    box.reader.remove()
    await inService(box)
    expect(box.audit()).toEqual([])
  })

  it('and is left in is asked to be taken, for as long as it is there', async () => {
    await inService(box)
    box.insert('bank-card')
    await box.screen('refused')
    box.press({ type: 'cancel' })
    await box.screen('take card')
    await box.pass(120_000)
    await box.screen('take card')
    box.reader.remove()
    await inService(box)
  })

  it('put in instead of the one that is awaited changes nothing', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.reader.pullAfter(3)
    box.press({ type: 'confirm' })
    await box.screen('put card back')
    box.insert('bank-card')
    await box.pass(2_000)
    await box.screen('put card back')
    box.reader.remove()
    box.insert('plain-sale')
    expect((await box.screen('take card')).after.kind).toBe('bought')
    box.reader.remove()
    await inService(box)
    expect(box.audit()).toEqual([])
  })
})

describe('a frozen account', () => {
  it('does not pay, and notes do', async () => {
    const { tenders, balance } = await chooseAmount(box, 'account-frozen', 50)
    expect(balance).toBe(64_000)
    expect(tenders).toContainEqual({
      tender: 'account',
      works: false,
      why: 'not enough in the account',
    })
    expect(tenders).toContainEqual({ tender: 'cash', works: true })
  })
})
