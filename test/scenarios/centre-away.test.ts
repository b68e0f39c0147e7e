import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageName } from '../../domain/centre-messages.ts'
import { inService, insertCard, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

describe('without the centre', () => {
  it('the kiosk takes no money, says so, and comes back by itself', async () => {
    await inService(box)
    box.centre.goAway()
    await box.screen('out of service', ({ why }) => why === 'centre away')
    expect(box.notes.takesNotes()).toBe(false)
    box.centre.comeBack()
    await inService(box)
  })

  it('a card that was just put in is refused before any money', async () => {
    await inService(box)
    box.centre.goAway()
    box.insert('plain-sale')
    const { refusal } = await box.screen('refused')
    expect(refusal.kind).toBe('centre away')
    box.centre.comeBack()
    await leave(box)
  })

  it('a customer who has paid is told that the money is on its way, and it arrives', async () => {
    await payWithOneNote(box, 'plain-sale', 50)
    box.centre.goAway()
    box.press({ type: 'confirm' })
    const mishap = await box.screen('mishap')
    expect(mishap).toMatchObject({
      mishap: 'centre did not answer',
      money: { kind: 'on its way to the account', amount: 5000 },
    })
    box.press({ type: 'done' })
    await box.screen('take card')
    box.reader.remove()
    expect(box.audit()).toEqual([])
    box.centre.comeBack()
    await leave(box)
    expect(box.audit()).toEqual([])
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(13_640)
  })

  it('a customer who is still feeding notes can cancel, and the money arrives later', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.centre.goAway()
    box.press({ type: 'cancel' })
    await box.screen('confirm cancel')
    box.press({ type: 'cancel' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({
      kind: 'deposited',
      amount: 2000,
      pending: { number: expect.stringMatching(/^(\d{4} ?){3}$/) },
    })
    box.reader.remove()
    await box.pass(30_000)
    expect(box.audit()).toEqual([])
    box.centre.comeBack()
    await leave(box)
    expect(box.audit()).toEqual([])
    expect((await insertCard(box, 'plain-sale')).account.balance).toBe(10_640)
  })
})

const messages: MessageName[] = ['insertion', 'quote', 'order', 'script', 'proof', 'closing']

describe.each(messages)('when the answer to %s is lost on the way,', (name) => {
  it('asking again under the same id gets it, and the sale goes through once', async () => {
    box.centre.fail(name, 'answer lost', 2)
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

describe('when no answer ever comes', () => {
  it('to the diagnosis, the card is refused before any money', async () => {
    box.centre.fail('insertion', 'answer lost', 200)
    await inService(box)
    box.insert('plain-sale')
    expect((await box.screen('refused')).refusal.kind).toBe('centre away')
    expect(box.audit()).toEqual([])
  })

  it('to the price, the sale ends before any money', async () => {
    box.centre.fail('quote', 'answer lost', 200)
    await insertCard(box, 'plain-sale')
    box.press({ type: 'buy' })
    await box.screen('choose amount')
    box.press({ type: 'suggestion', value: 50 })
    expect((await box.screen('refused')).refusal.kind).toBe('centre away')
    expect(box.audit()).toEqual([])
  })

  it.each<MessageName>(['order', 'script'])(
    'to %s, the customer is told where the money is, and it adds up afterwards',
    async (name) => {
      box.centre.fail(name, 'answer lost', 200)
      await payWithOneNote(box, 'plain-sale', 50)
      box.press({ type: 'confirm' })
      const { money, reference } = await box.screen('mishap')
      expect(money.kind).not.toBe('not taken')
      expect(reference.words).toHaveLength(4)
      expect(box.audit()).toEqual([])
      box.centre.mend()
      box.press({ type: 'done' })
      await leave(box)
      expect(box.audit()).toEqual([])
    },
  )

  it('to the proof, the closing still says that the energy is on the card, and so does the kiosk', async () => {
    box.centre.fail('proof', 'answer lost', 200)
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.journal().some((line) => line.includes('"card.written"'))).toBe(true)
    expect(box.audit()).toEqual([])
  })

  it('to the closing, the purchase stands and the closing is sent until it is answered', async () => {
    box.centre.fail('closing', 'answer lost', 20)
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after.kind).toBe('bought')
    box.reader.remove()
    expect(box.audit()).toEqual([])
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

describe.each(messages)('when the request for %s never arrives at first,', (name) => {
  it('it is sent again, and the sale goes through once', async () => {
    box.centre.fail(name, 'request lost', 2)
    await payWithOneNote(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after.kind).toBe('bought')
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})
