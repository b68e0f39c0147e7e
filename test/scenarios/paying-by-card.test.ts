// A customer pays by bank card: the terminal holds the payment until the energy is on the power card.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { atTerminal, authorised, bankCardsTaken, entriesOf, payByCard } from '../bank-customer.ts'
import { inService, leave } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox({ bankTerminal: true })
  await inService(box)
  await bankCardsTaken(box)
})
afterEach(() => box.close())

const payments = () =>
  entriesOf(box)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('payment.'))

/** How the closings told the centre that payments ended. */
const told = () =>
  entriesOf(box).flatMap((entry) =>
    entry.type === 'sale.closing' ? (entry.payments ?? []).map(({ end }) => end) : [],
  )

/** Everybody has gone, everything is settled, and the books of kiosk, terminal and centre agree. */
const atRest = async () => {
  box.reader.remove()
  await inService(box)
  await box.until('nothing is open', () => box.unresolved().length === 0)
  expect(box.audit()).toEqual([])
}

const loaded = () => box.card('plain-sale').state().files[2]

describe('a customer who pays by bank card', () => {
  it('P1 P2: gets the energy, is charged once, and has the text of the bank on the receipt', async () => {
    const { quote, tender } = await authorised(box, 'plain-sale', 50)
    expect({ pay: quote.pay, tender }).toEqual({ pay: 5000, tender: 'bank card' })
    expect(atTerminal(box)).toEqual(['authorised'])
    box.press({ type: 'confirm' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000, energy: quote.get })
    expect(atTerminal(box)).toEqual(['stored'])
    await atRest()
    expect(payments()).toEqual([
      'payment.requesting',
      'payment.authorised',
      'payment.keeping',
      'payment.kept',
    ])
    expect(told()).toEqual(['kept'])
    expect(box.printer.receipts()).toHaveLength(1)
  })

  it('is told what to do at the terminal, and by the terminal alone', async () => {
    const shown = await payByCard(box, 'plain-sale', 50)
    expect(shown).toMatchObject({ way: 'bank card', amount: 5000, mayCancel: true })
    await box.screen('paying by card', ({ hint }) => hint === 'insert card')
    box.terminal.presentCard({ how: 'insert', wrongPins: 1 })
    await box.screen('paying by card', ({ hint }) => hint === 'wrong pin' || hint === 'enter pin')
    await box.screen('confirm purchase')
    await leave(box)
  })

  it('and is declined is told why, has lost nothing, and pays with notes', async () => {
    await payByCard(box, 'plain-sale', 50)
    box.terminal.presentCard({ says: 'not enough money' })
    const { problem, tenders } = await box.screen('choose tender')
    expect(problem).toEqual({ way: 'bank card', why: 'not enough money' })
    expect(tenders.filter(({ works }) => works).map(({ tender }) => tender)).toEqual([
      'cash',
      'bank card',
      'account',
    ])
    box.press({ type: 'tender', tender: 'cash' })
    await box.feed(5000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await atRest()
    expect(atTerminal(box)).not.toContain('stored')
    expect(told()).toEqual(['reversed'])
  })

  it('and is refused three times may only pay otherwise', async () => {
    await payByCard(box, 'plain-sale', 50)
    for (let tries = 1; tries <= 3; tries++) {
      box.terminal.presentCard({ says: 'decline' })
      await box.screen('choose tender')
      if (tries === 3) break
      box.press({ type: 'tender', tender: 'bank card' })
      await box.screen('paying by card')
      await box.until('the terminal waits', () => box.terminal.waitsForPerson())
    }
    const { tenders } = await box.screen('choose tender')
    expect(tenders).toContainEqual({
      tender: 'bank card',
      works: false,
      why: 'refused too often',
    })
    expect(box.press({ type: 'tender', tender: 'bank card' })).toBe(true)
    await box.pass(500)
    expect(box.view().screen.kind).toBe('choose tender')
    await atRest()
    expect(told()).toEqual(['reversed', 'reversed', 'reversed'])
  })

  it('whose bank is away is told so, and pays with notes', async () => {
    box.terminal.reachBank(false)
    await payByCard(box, 'plain-sale', 50)
    box.terminal.presentCard()
    const { problem, tenders } = await box.screen('choose tender')
    expect(problem?.why).toBe('no connection')
    expect(tenders).toContainEqual({ tender: 'bank card', works: false, why: 'bank away' })
    box.press({ type: 'tender', tender: 'cash' })
    await box.feed(5000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    await atRest()
    // The next customer may find that the bank is there again.
    box.terminal.reachBank(true)
    await authorised(box, 'low-energy', 20)
    await atRest()
  })
})

describe('a customer who pays by bank card and changes their mind', () => {
  it('before a bank card was shown has lost nothing', async () => {
    await payByCard(box, 'plain-sale', 50)
    box.press({ type: 'cancel' })
    await box.screen('take card')
    expect(atTerminal(box)).toEqual([])
    await atRest()
    expect(payments()).toEqual(['payment.requesting', 'payment.declined'])
    expect(told()).toEqual(['reversed'])
  })

  it('and takes the power card away before a bank card was shown has lost nothing', async () => {
    await payByCard(box, 'plain-sale', 50)
    await atRest()
    expect(payments()).toEqual(['payment.requesting', 'payment.declined'])
  })

  it('P7: after the bank has agreed is told that nothing is charged, before and after', async () => {
    await authorised(box, 'plain-sale', 50)
    box.press({ type: 'cancel' })
    expect(await box.screen('confirm cancel')).toMatchObject({ inserted: 5000, goesTo: 'payer' })
    box.press({ type: 'cancel' })
    const { after } = await box.screen('take card')
    expect(after).toEqual({ kind: 'not charged', way: 'bank card', amount: 5000, energy: null })
    expect(atTerminal(box)).toEqual(['reversed'])
    await atRest()
    expect(told()).toEqual(['reversed'])
    expect(box.centre.asked).not.toContain('order')
  })

  it('and thinks again when told goes on with what the bank has agreed to', async () => {
    await authorised(box, 'plain-sale', 50)
    box.press({ type: 'cancel' })
    await box.screen('confirm cancel')
    box.press({ type: 'keep going' })
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    await box.screen('take card')
    expect(atTerminal(box)).toEqual(['stored'])
    await atRest()
  })

  it('and takes the power card away after the bank has agreed is not charged', async () => {
    await authorised(box, 'plain-sale', 50)
    await atRest()
    expect(atTerminal(box)).toEqual(['reversed'])
  })

  it('and walks away after the bank has agreed is not charged', async () => {
    await authorised(box, 'plain-sale', 50)
    await box.until('nobody is waited for', () => atTerminal(box)[0] === 'reversed')
    await atRest()
  })
})

describe('a bank card payment whose purchase does not come about', () => {
  it('because the centre does not answer is undone', async () => {
    await authorised(box, 'plain-sale', 50)
    box.centre.fail('order', 'request lost', 200)
    box.press({ type: 'confirm' })
    const { mishap, money } = await box.screen('mishap')
    expect(mishap).toBe('centre did not answer')
    expect(money).toEqual({ kind: 'not charged', amount: 5000 })
    expect(atTerminal(box)).toEqual(['reversed'])
    box.centre.mend()
    box.press({ type: 'done' })
    await atRest()
  })

  it('because the answer of the centre is lost is undone, and the order with it', async () => {
    await authorised(box, 'plain-sale', 50)
    box.centre.fail('order', 'answer lost', 200)
    box.press({ type: 'confirm' })
    const { money } = await box.screen('mishap')
    expect(money).toEqual({ kind: 'not charged', amount: 5000 })
    box.centre.mend()
    box.press({ type: 'done' })
    await atRest()
    expect(told()).toEqual(['reversed'])
  })

  it('because the power card cannot be written goes back to its payer, the order first', async () => {
    const before = loaded()
    await authorised(box, 'plain-sale', 50)
    box.card('plain-sale').failMemory(20)
    box.press({ type: 'confirm' })
    await box.screen('open order')
    expect(atTerminal(box)).toEqual(['authorised'])
    box.press({ type: 'return order' })
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'not charged', amount: 5000, energy: null })
    expect(atTerminal(box)).toEqual(['reversed'])
    expect(loaded()).toBe(before)
    box.card('plain-sale').failMemory(0)
    const types = entriesOf(box).map(({ type }) => type)
    expect(types.indexOf('order.returned')).toBeLessThan(types.indexOf('payment.refusing'))
    await atRest()
  })

  it('because the power card cannot be written, and nobody says what to do, goes back to its payer', async () => {
    await authorised(box, 'plain-sale', 50)
    box.card('plain-sale').failMemory(20)
    box.press({ type: 'confirm' })
    await box.screen('open order')
    box.card('plain-sale').failMemory(0)
    await atRest()
    expect(atTerminal(box)).toEqual(['reversed'])
  })

  it('because the power card cannot be written and the centre is away is kept: the order stands', async () => {
    await authorised(box, 'plain-sale', 50)
    box.card('plain-sale').failMemory(20)
    box.press({ type: 'confirm' })
    await box.screen('open order')
    box.card('plain-sale').failMemory(0)
    box.centre.fail('return', 'request lost', 200)
    box.press({ type: 'return order' })
    const { money } = await box.screen('mishap')
    expect(money).toMatchObject({ kind: 'in the order', amount: 5000 })
    expect(atTerminal(box)).toEqual(['stored'])
    box.centre.mend()
    box.press({ type: 'done' })
    box.reader.remove()
    await inService(box)
    await box.pass(3_000)
    expect(box.audit()).toEqual([])
    box.insert('plain-sale')
    await box.until('the card is judged', () =>
      ['open order', 'account'].includes(box.view().screen.kind),
    )
    if (box.press({ type: 'finish order' })) await box.screen('take card')
    await atRest()
  })

  it('because the power card was pulled in the middle is kept, and the card has its energy at its next visit', async () => {
    const before = loaded()
    await authorised(box, 'plain-sale', 50)
    box.reader.pullAfter(3)
    box.press({ type: 'confirm' })
    await box.screen('put card back')
    box.press({ type: 'done' })
    await box.screen('mishap')
    expect(atTerminal(box)).toEqual(['stored'])
    box.press({ type: 'done' })
    await inService(box)
    await box.pass(3_000)
    expect(box.audit()).toEqual([])
    box.insert('plain-sale')
    await box.screen('open order')
    box.press({ type: 'finish order' })
    await box.screen('take card')
    expect(loaded()).not.toBe(before)
    await atRest()
  })

  it('at once, because the power card was pulled, does when it is put back', async () => {
    await authorised(box, 'plain-sale', 50)
    box.reader.pullAfter(3)
    box.press({ type: 'confirm' })
    await box.screen('put card back')
    box.insert('plain-sale')
    const { after } = await box.screen('take card')
    expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
    expect(atTerminal(box)).toEqual(['stored'])
    await atRest()
  })
})

describe('a way to pay that does not work', () => {
  it('leaves the other: without a terminal notes are taken, and why is said', async () => {
    box.unplug('terminal')
    await box.screen('attract', ({ tenders }) =>
      tenders.some(({ tender, works }) => tender === 'bank card' && !works),
    )
    await inService(box)
    const { tenders } = await box.screen('attract')
    expect(tenders).toContainEqual({ tender: 'bank card', works: false, why: 'device fault' })
    box.plugIn()
    await bankCardsTaken(box)
  })

  it('leaves the other: without an acceptor bank cards are taken', async () => {
    box.unplug('notes')
    await box.screen('attract', ({ tenders }) =>
      tenders.some(({ tender, works }) => tender === 'cash' && !works),
    )
    await authorised(box, 'plain-sale', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    box.plugIn()
    await atRest()
  })
})
