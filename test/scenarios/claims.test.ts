// Money without a destination, from the slip to the account it is redeemed to.
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readClaim } from '../../domain/claim.ts'
import { referenceOf } from '../../domain/reference.ts'
import { inService, insertCard, leave, payCash } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

type Entry = { type: string } & Record<string, unknown>
const entries = (): Entry[] =>
  box.journal().map((line) => (JSON.parse(line) as { entry: Entry }).entry)
const entry = (type: string): Entry => {
  const found = entries().findLast((each) => each.type === type)
  if (found === undefined) throw new Error(`there is no ${type} in the journal`)
  return found
}
const claimInJournal = () => {
  const read = readClaim(String(entry('claim.made')['text']))
  if (read.kind === 'no claim') throw new Error('the claim in the journal cannot be read')
  return read.claim
}
const digits = () => referenceOf(claimInJournal().saleId).number.replaceAll(' ', '')

/** As a centre that was set up anew from an older copy: it has never heard of this card in this slot. */
const forgetInsertions = () => {
  const books = new DatabaseSync(box.centre.databasePath, { timeout: 5000 })
  books.exec('pragma foreign_keys = off')
  books.exec('update insertions set binding = null')
  books.close()
}

/** Cancelled with 20.00 in, and nobody knows whose account it is. */
const cancelWithoutAccount = async (card = 'plain-sale') => {
  await payCash(box, card, 50)
  await box.feed(2000)
  await box.screen('insert notes', ({ inserted }) => inserted === 2000)
  forgetInsertions()
  box.press({ type: 'cancel' })
  await box.screen('confirm cancel')
  box.press({ type: 'cancel' })
  return box.screen('take card')
}

const typeNumber = async (number: string, card: string) => {
  await insertCard(box, card)
  box.press({ type: 'redeem' })
  await box.screen('type claim')
  for (const digit of number) box.press({ type: 'digit', digit: Number(digit) })
  await box.screen('type claim', ({ typed }) => typed === number)
}

const redeem = async (number: string, card: string) => {
  await typeNumber(number, card)
  box.press({ type: 'continue' })
  const { told } = await box.screen('claim told')
  return told
}

const goAway = async () => {
  box.press({ type: 'done' })
  await box.until('the card is out', () => {
    const { kind } = box.view().screen
    return kind === 'take card' || kind === 'thank you' || kind === 'attract'
  })
  await leave(box)
}

describe('money that has no account', () => {
  it('P7: leaves the customer with a signed slip, its number on the screen too', async () => {
    const { after } = await cancelWithoutAccount()
    const { kiosk, saleId, amount } = claimInJournal()
    const reference = referenceOf(saleId)
    expect(after).toEqual({ kind: 'kept', amount: 2000, reference })
    expect(amount).toBe(2000)
    expect(kiosk).toBe(box.view().kiosk.number)
    const paper = box.printer.receipts().at(-1)?.text ?? ''
    expect(paper).toContain(reference.number)
    expect(paper).toContain(reference.words.join(' '))
    expect(paper).toContain(`[QR ${String(entry('claim.made')['text'])}]`)
    expect(paper).not.toContain('L. Chen')
    const order = entries().map(({ type }) => type)
    expect(order.indexOf('claim.made')).toBeLessThan(order.indexOf('receipt.queued'))
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('P7: shows the same slip on the screen when the paper is out', async () => {
    await inService(box)
    box.printer.runOutOfPaper()
    await cancelWithoutAccount()
    box.reader.remove()
    const { after, receipt } = await box.screen('thank you')
    expect(after).toMatchObject({ kind: 'kept', reference: referenceOf(claimInJournal().saleId) })
    expect(receipt).toMatchObject({ kind: 'on screen', qr: entry('claim.made')['text'] })
  })

  it('P2, P5: is redeemed once, with another card, and the slip is worth nothing afterwards', async () => {
    await cancelWithoutAccount()
    await leave(box)
    const before = (await insertCard(box, 'rich-account')).account.balance ?? 0
    await goAwayFromAccount()
    const number = digits()
    expect(await redeem(number, 'rich-account')).toEqual({
      kind: 'redeemed',
      amount: 2000,
      balance: before + 2000,
    })
    expect(box.audit()).toEqual([])
    box.press({ type: 'done' })
    const { after, receipt } = await box.screen('take card')
    expect(after).toEqual({ kind: 'redeemed', amount: 2000, balance: before + 2000 })
    expect(receipt.kind).toBe('on paper')
    await leave(box)
    expect((await redeem(number, 'plain-sale')).kind).toBe('already redeemed')
    await goAway()
    expect(box.audit()).toEqual([])
  })

  it('P2: is redeemed once when the answer is lost, and the customer is told what is so', async () => {
    await cancelWithoutAccount()
    await leave(box)
    const number = digits()
    box.centre.fail('claim', 'answer lost', 200)
    expect((await redeem(number, 'rich-account')).kind).toBe('no answer')
    expect(box.audit()).toEqual([])
    box.centre.mend()
    box.press({ type: 'continue' })
    const { told } = await box.screen('claim told', ({ told }) => told.kind !== 'no answer')
    expect(told).toMatchObject({ kind: 'redeemed', amount: 2000 })
    await goAway()
    expect(entries().filter(({ type }) => type === 'claim.redeeming')).toHaveLength(1)
    expect(box.audit()).toEqual([])
  })

  it('P4: a stop between the question and its answer: asked again under its id, paid once', async () => {
    await cancelWithoutAccount()
    await leave(box)
    const number = digits()
    box.centre.fail('claim', 'answer lost', 200)
    await typeNumber(number, 'rich-account')
    box.press({ type: 'continue' })
    await box.until('it is asked', () => box.centre.asked.includes('claim'))
    await box.restart()
    box.centre.mend()
    await box.until('the outcome is known', () =>
      entries().some(({ type }) => type === 'claim.redeemed'),
    )
    const { requestId } = entry('claim.redeeming')
    expect(entry('claim.redeemed')).toMatchObject({ requestId, amount: 2000 })
    expect(box.audit()).toEqual([])
  })

  it('a request that never arrived is not called redeemed', async () => {
    await cancelWithoutAccount()
    await leave(box)
    const number = digits()
    await typeNumber(number, 'rich-account')
    box.centre.goAway()
    box.press({ type: 'continue' })
    expect((await box.screen('claim told')).told.kind).toBe('centre away')
    box.centre.comeBack()
    box.press({ type: 'continue' })
    const { told } = await box.screen('claim told', ({ told }) => told.kind !== 'centre away')
    expect(told).toMatchObject({ kind: 'redeemed', amount: 2000 })
    await goAway()
    expect(box.audit()).toEqual([])
  })
})

describe('a slip from a time without the centre', () => {
  it('says, once the centre is back, into which account the money went, and is never paid', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.centre.goAway()
    box.press({ type: 'cancel' })
    await box.screen('confirm cancel')
    box.press({ type: 'cancel' })
    const { after } = await box.screen('take card')
    const number = digits()
    expect(after).toMatchObject({ pending: referenceOf(claimInJournal().saleId) })
    box.reader.remove()
    await box.pass(5_000)
    box.centre.comeBack()
    box.centre.fail('closing', 'request lost', 200)
    await inService(box)
    expect((await redeem(number, 'rich-account')).kind).toBe('not yet')
    box.centre.mend()
    await goAway()
    const serial = box.card('plain-sale').state().serial
    expect(await redeem(number, 'rich-account')).toEqual({
      kind: 'already in account',
      amount: 2000,
      card: `••••${serial.slice(-4)}`,
    })
    await goAway()
    expect(box.audit()).toEqual([])
  })
})

describe('a note that nobody could place', () => {
  it('P2: is claimed by its slip, and found by its number once the acceptor has told of it', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(5000)
    await box.until('the stacking was begun', () =>
      entries().some(({ type }) => type === 'note.stacking'),
    )
    await box.pass(600)
    box.notes.powerOff()
    const { reference } = await box.screen('mishap')
    expect(claimInJournal()).toMatchObject({ amount: 5000 })
    expect(reference).toEqual(referenceOf(claimInJournal().saleId))
    const number = digits()
    box.press({ type: 'done' })
    await box.screen('take card')
    box.reader.remove()
    box.notes.powerOn()
    await inService(box)
    await box.pass(30_000)
    expect(await redeem(number, 'rich-account')).toMatchObject({
      kind: 'already in account',
      amount: 5000,
    })
    await goAway()
    expect(box.audit()).toEqual([])
  })
})

describe('a number that is typed', () => {
  it('with one digit wrong is found out at once, and nobody is asked', async () => {
    await insertCard(box, 'plain-sale')
    box.press({ type: 'redeem' })
    await box.screen('type claim')
    for (const digit of '010148273392') box.press({ type: 'digit', digit: Number(digit) })
    await box.screen('type claim', ({ wrong }) => wrong)
    box.press({ type: 'continue' })
    box.press({ type: 'digit', digit: 4 })
    await box.pass(500)
    expect(box.view().screen).toMatchObject({ kind: 'type claim', typed: '010148273392' })
    expect(box.centre.asked).not.toContain('claim')
    box.press({ type: 'erase' })
    await box.screen('type claim', ({ wrong }) => !wrong)
    box.press({ type: 'back' })
    await box.screen('account')
    await goAwayFromAccount()
  })

  it('that nobody knows is looked up five times at most', async () => {
    await insertCard(box, 'plain-sale')
    box.press({ type: 'redeem' })
    const told: string[] = []
    for (let guess = 0; guess < 6; guess++) {
      await box.screen('type claim')
      for (const digit of '000000000000') box.press({ type: 'digit', digit: Number(digit) })
      await box.screen('type claim', ({ typed }) => typed.length === 12)
      box.press({ type: 'continue' })
      told.push((await box.screen('claim told')).told.kind)
      box.press({ type: 'back' })
    }
    expect(told).toEqual([...Array<string>(5).fill('not known'), 'refused'])
    box.press({ type: 'cancel' })
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

const goAwayFromAccount = async () => {
  box.press({ type: 'cancel' })
  await box.screen('take card')
  await leave(box)
}
