import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseAmount, insertCard, leave } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

describe('a customer with money in the account', () => {
  it('buys without a single note', async () => {
    await chooseAmount(box, 'rich-account', 100)
    box.press({ type: 'tender', tender: 'account' })
    const { tender, quote } = await box.screen('confirm purchase')
    expect(tender).toBe('account')
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 10_000, energy: quote.get })
    await leave(box)
    expect(box.audit()).toEqual([])
    box.insert('rich-account')
    // The purchase is on the card and not in the meter yet: no second one before that.
    const { account } = await box.screen('refused')
    expect(account?.balance).toBe(245_000 - 10_000 + quote.residue)
  })

  it('and thinks again before confirming keeps every cent', async () => {
    await chooseAmount(box, 'rich-account', 100)
    box.press({ type: 'tender', tender: 'account' })
    await box.screen('confirm purchase')
    box.press({ type: 'back' })
    await box.screen('choose tender')
    box.press({ type: 'cancel' })
    await box.screen('take card')
    await leave(box)
    expect(box.centre.asked).not.toContain('order')
    expect((await insertCard(box, 'rich-account')).account.balance).toBe(245_000)
    expect(box.audit()).toEqual([])
  })

  it('that is not enough is told so, and can pay with notes', async () => {
    const { tenders } = await chooseAmount(box, 'no-account-money', 50)
    expect(tenders).toContainEqual({
      tender: 'account',
      works: false,
      why: 'not enough in the account',
    })
    box.press({ type: 'tender', tender: 'account' })
    expect(box.view().screen.kind).toBe('choose tender')
  })
})

describe('an amount', () => {
  it.each([
    ['too little', 1],
    ['too much', 90_000],
  ])('that is %s is refused before any money, with the limit', async (kind, units) => {
    await insertCard(box, 'plain-sale')
    box.press({ type: 'buy' })
    await box.screen('choose amount')
    for (const digit of String(units)) box.press({ type: 'digit', digit: Number(digit) })
    box.press({ type: 'continue' })
    const { problem } = await box.screen('choose amount', ({ problem }) => problem !== null)
    expect(problem).toMatchObject({ kind })
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('of more energy than the meter may hold is refused before any money', async () => {
    await insertCard(box, 'nearly-full')
    box.press({ type: 'buy' })
    await box.screen('choose amount')
    box.press({ type: 'amount by', by: 'energy' })
    await box.screen('choose amount', ({ by }) => by === 'energy')
    for (const digit of [5, 0, 0]) box.press({ type: 'digit', digit })
    box.press({ type: 'continue' })
    const { problem } = await box.screen('choose amount', ({ problem }) => problem !== null)
    expect(problem).toMatchObject({ kind: 'more than the meter may hold' })
  })
})

it('an enquiry shows what was bought, and costs nothing', async () => {
  const { account } = await insertCard(box, 'plain-sale')
  expect(account).toMatchObject({ shortName: 'L. Chen', balance: 8640 })
  expect(account.reading?.daysLeft).toBeGreaterThan(0)
  box.press({ type: 'enquire' })
  const { purchases } = await box.screen('enquiry')
  expect(purchases.length).toBeGreaterThan(1)
  expect(purchases.every(({ state }) => state === 'in meter')).toBe(true)
  box.press({ type: 'back' })
  await box.screen('account')
  await leave(box)
  expect(box.audit()).toEqual([])
})

it('a customer whose account may have paid is not told that nothing was taken', async () => {
  await chooseAmount(box, 'rich-account', 100)
  box.press({ type: 'tender', tender: 'account' })
  await box.screen('confirm purchase')
  box.centre.fail('order', 'answer lost', 200)
  box.centre.fail('closing', 'answer lost', 200)
  box.press({ type: 'confirm' })
  const { money } = await box.screen('mishap')
  expect(money).toEqual({ kind: 'on its way to the account', amount: 10_000 })
  box.centre.mend()
  box.press({ type: 'done' })
  await box.screen('take card')
  await leave(box)
  expect((await insertCard(box, 'rich-account')).account.balance).toBe(245_000)
  expect(box.audit()).toEqual([])
})
