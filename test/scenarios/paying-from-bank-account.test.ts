// In the bank's edition a customer pays from the account that is linked to the power card: the PIN goes in at the terminal.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../bank-customer.ts'
import { readClaim } from '../../domain/claim.ts'
import { inService, payCash } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox({ edition: 'bank' })
  await box.screen('attract', ({ tenders }) =>
    ['cash', 'bank account'].every((wanted) =>
      tenders.some(({ tender, works }) => tender === wanted && works),
    ),
  )
})
afterEach(() => box.close())

/** The terminal waits for the PIN of the account behind this power card. */
const payFromAccount = async (card: string, units: number) => {
  box.insert(card)
  await box.screen('account')
  box.press({ type: 'buy' })
  await box.screen('choose amount')
  for (const digit of String(units)) box.press({ type: 'digit', digit: Number(digit) })
  box.press({ type: 'continue' })
  await box.screen('choose tender')
  box.press({ type: 'tender', tender: 'bank account' })
  await box.screen('paying by card', ({ way }) => way === 'bank account')
  await box.until('the terminal waits for a PIN', () => box.terminal.waitsForPerson())
}

const atRest = async () => {
  box.reader.remove()
  await inService(box)
  await box.until('nothing is open', () => box.unresolved().length === 0)
  expect(box.audit()).toEqual([])
}

const payments = () =>
  entriesOf(box)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('payment.'))

describe('a customer who pays from a bank account', () => {
  it('P1 P2: types the PIN at the terminal, gets the energy, and is charged once', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.terminal.typePin('1234')
    await box.screen('confirm purchase', ({ tender }) => tender === 'bank account')
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
    await atRest()
    expect(box.bank().balanceOf('rich-account')).toBe(before - 5000)
    expect(payments()).toEqual([
      'payment.requesting',
      'payment.authorised',
      'payment.keeping',
      'payment.kept',
    ])
    // Nothing of the PIN, not even encrypted, is on the kiosk's disk.
    expect(box.journal().join('')).not.toMatch(/"(pin|block|keySerial)/)
  })

  it('and types a wrong PIN is told so, has lost nothing, and pays with notes', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.terminal.typePin('9999')
    const { problem } = await box.screen('choose tender')
    expect(problem).toEqual({ way: 'bank account', why: 'wrong pin' })
    box.press({ type: 'tender', tender: 'cash' })
    await box.feed(5000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await atRest()
    expect(box.bank().balanceOf('rich-account')).toBe(before)
  })

  it('and cancels at the PIN pad has lost nothing', async () => {
    await payFromAccount('rich-account', 50)
    box.press({ type: 'cancel' })
    await box.screen('take card')
    await atRest()
    expect(payments()).toEqual(['payment.requesting', 'payment.declined'])
  })

  it('P7: and changes their mind after the bank has agreed gets the money back', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.terminal.typePin('1234')
    await box.screen('confirm purchase')
    expect(box.bank().balanceOf('rich-account')).toBe(before - 5000)
    box.press({ type: 'cancel' })
    expect(await box.screen('confirm cancel')).toMatchObject({ goesTo: 'payer' })
    box.press({ type: 'cancel' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'not charged', way: 'bank account', amount: 5000 })
    await box.until(
      'the bank has given it back',
      () => box.bank().balanceOf('rich-account') === before,
    )
    await atRest()
  })

  it('whose card cannot be written gets the money back, the order first', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.terminal.typePin('1234')
    await box.screen('confirm purchase')
    box.card('rich-account').failMemory(20)
    box.press({ type: 'confirm' })
    await box.screen('open order')
    box.card('rich-account').failMemory(0)
    box.press({ type: 'return order' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'not charged', energy: null })
    await box.until(
      'the bank has given it back',
      () => box.bank().balanceOf('rich-account') === before,
    )
    await atRest()
  })

  it('whose front machine is away has lost nothing, and is told that the bank is', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.bank().goAway(true)
    box.terminal.typePin('1234')
    await box.screen('paying by card', ({ hint }) => hint === 'asking the bank')
    const { problem, tenders } = await box.screen('choose tender')
    expect(problem?.why).toBe('no connection')
    expect(tenders).toContainEqual({ tender: 'bank account', works: false, why: 'bank away' })
    box.bank().goAway(false)
    box.press({ type: 'cancel' })
    await box.screen('take card')
    await atRest()
    expect(box.bank().balanceOf('rich-account')).toBe(before)
  })

  it('P4: whose answer is lost on the way is told so, and the bank gives it back', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.bank().losesAnswers(true)
    box.terminal.typePin('1234')
    const { mishap, money } = await box.screen('mishap')
    expect(mishap).toBe('payment unknown')
    expect(money).toEqual({ kind: 'asking the bank', amount: 5000 })
    expect(box.bank().balanceOf('rich-account')).toBe(before - 5000)
    box.bank().losesAnswers(false)
    box.press({ type: 'done' })
    box.reader.remove()
    await box.until(
      'the bank has given it back',
      () => box.bank().balanceOf('rich-account') === before,
    )
    await atRest()
  })

  it('with no account behind the card is told so', async () => {
    await payFromAccount('high-tariff', 50)
    box.terminal.typePin('1234')
    const { problem } = await box.screen('choose tender')
    expect(problem?.why).toBe('no bank account')
    await atRest()
  })

  it('and a kiosk that stops once the bank has agreed finds that out, and the money goes back', async () => {
    const before = box.bank().balanceOf('rich-account')
    await payFromAccount('rich-account', 50)
    box.terminal.typePin('1234')
    await box.screen('confirm purchase')
    box.reader.remove()
    await box.restart()
    expect(box.unresolved().map(({ what }) => what)).toContain('payment unknown')
    await box.until(
      'the bank has given it back',
      () => box.bank().balanceOf('rich-account') === before,
    )
    await atRest()
  })
})

describe('a customer without a capital account who pays with more notes than chosen', () => {
  it('P2 P7: is told that the rest is kept, and leaves with a signed slip for exactly that', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(10_000)
    const { rest } = await box.screen('more than chosen', (it) => it.restGoesTo === 'claim')
    expect(rest).toBe(5000)
    box.press({ type: 'rest', to: 'account' })
    const { quote } = await box.screen('confirm purchase', (it) => it.restGoesTo === 'claim')
    box.press({ type: 'confirm' })
    const kept = rest + quote.residue
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', rest: kept, restGoesTo: 'claim' })
    await atRest()
    const made = entriesOf(box).filter(({ type }) => type === 'claim.made')
    expect(made).toHaveLength(1)
    const [slip] = made
    if (slip?.type !== 'claim.made') throw new Error('there is no claim')
    expect(slip.amount).toBe(kept)
    expect(readClaim(slip.text)).toMatchObject({ claim: { saleId: slip.saleId, amount: kept } })
    const [paper] = box.printer.receipts().slice(-1)
    expect(paper?.text).toContain('Rest kept for you')
    expect(paper?.text).not.toContain('to your account')
  })
})
