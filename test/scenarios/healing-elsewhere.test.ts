// A sale torn at kiosk A heals at kiosk B: the same card, minutes or weeks later (power-card.md 9.1).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let a: KioskInABox
let b: KioskInABox
beforeEach(async () => {
  a = await kioskInABox()
  b = await kioskInABox({ beside: { box: a, number: '000000000102' } })
})
afterEach(async () => {
  await b.close()
  await a.close()
})

const image = () => a.card('plain-sale').state().files[2]
const lastSlip = (box: KioskInABox) => box.printer.receipts().at(-1)?.text ?? ''

/** The card is pulled after so many commands of the write at A, and not put back. */
const torn = async (commands: number, last: 'answered' | 'not answered') => {
  const before = image()
  const { quote } = await payWithOneNote(a, 'plain-sale', 50)
  a.reader.pullAfter(commands, last)
  a.press({ type: 'confirm' })
  await a.screen('put card back')
  a.press({ type: 'done' })
  const { reference } = await a.screen('mishap')
  a.press({ type: 'done' })
  await inService(a)
  await a.pass(3_000)
  expect(a.audit()).toEqual([])
  return { quote, reference, wasWritten: image() !== before }
}

/** GET CHALLENGE, EXTERNAL AUTHENTICATE, two writes, EF02, MAC'd READ: after the read nobody has to put anything back. */
const tears = [1, 2, 3, 4, 5]
  .flatMap((commands) =>
    (['answered', 'not answered'] as const).map((last) => ({ commands, last })),
  )
  .slice(1)

describe.each(tears)('torn at kiosk A after $commands commands, the last one $last,', (tear) => {
  it('P3 P7: a sale heals at kiosk B', async () => {
    const { quote, reference, wasWritten } = await torn(tear.commands, tear.last)
    expect(reference.words).toHaveLength(4)
    await inService(b)
    b.insert('plain-sale')
    await b.until('the card is judged', () =>
      ['healed', 'open order', 'account'].includes(b.view().screen.kind),
    )
    const judged = b.view().screen
    if (judged.kind === 'healed') {
      expect(wasWritten).toBe(true)
      expect(judged.after).toMatchObject({ kind: 'settled', energy: quote.get })
      // The slip that was missing, and the first of its kind.
      expect(lastSlip(b)).toContain('50.00')
      expect(lastSlip(b)).not.toContain('DUPLICATE')
      b.press({ type: 'continue' })
      await b.screen('refused', ({ refusal }) => refusal.kind === 'unread purchase')
      b.press({ type: 'done' })
    } else if (judged.kind === 'open order') {
      expect(wasWritten).toBe(false)
      expect(judged.reference).toEqual(reference)
      b.press({ type: 'finish order' })
      const { after } = await b.screen('take card')
      expect(after).toMatchObject({ kind: 'bought', energy: quote.get, paid: 5000 })
    } else {
      // No script had left, so the centre gave the money back when A closed the sale.
      expect(judged).toMatchObject({ account: { balance: 8640 + 5000 } })
    }
    await leave(b)
    await a.pass(60_000)
    expect(b.audit()).toEqual([])
  })
})

describe('an order that is not on its card', () => {
  it('P3: goes back to the account at kiosk B, weeks later, once', async () => {
    await torn(3, 'not answered')
    a.clock.setWall(a.clock.now() + 21 * 86_400_000)
    await inService(b)
    b.insert('plain-sale')
    await b.screen('open order')
    b.press({ type: 'return order' })
    const { after } = await b.screen('take card')
    expect(after).toMatchObject({ kind: 'returned to account', amount: 5000, balance: 13_640 })
    await leave(b)
    expect(b.audit()).toEqual([])
    await inService(a)
    a.insert('plain-sale')
    expect((await a.screen('account')).account.balance).toBe(13_640)
    await leave(a)
    expect(b.audit()).toEqual([])
  })
})

describe('a receipt', () => {
  it('asked for once more says that it is a duplicate, and which one; the third is not printed', async () => {
    await payWithOneNote(a, 'plain-sale', 50)
    a.press({ type: 'confirm' })
    await a.screen('take card', ({ receipt }) => receipt.kind === 'on paper')
    expect(lastSlip(a)).not.toContain('DUPLICATE')
    for (const copy of [1, 2]) {
      a.press({ type: 'print again' })
      await a.until('it is on paper', () => a.printer.receipts().length > copy)
      await a.screen('take card', ({ receipt }) => receipt.kind === 'on paper')
      expect(lastSlip(a)).toContain(`DUPLICATE ${copy}`)
    }
    a.press({ type: 'print again' })
    await a.pass(3_000)
    expect(a.printer.receipts()).toHaveLength(3)
    await leave(a)
    expect(a.audit()).toEqual([])
  })

  it('that does not come a second time either says so', async () => {
    await payWithOneNote(a, 'plain-sale', 50)
    a.printer.runOutOfPaper()
    a.press({ type: 'confirm' })
    const first = await a.screen('take card')
    expect(first.receipt).toMatchObject({ kind: 'on screen', tries: 1 })
    a.press({ type: 'print again' })
    const again = await a.screen(
      'take card',
      ({ receipt }) => receipt.kind === 'on screen' && receipt.tries > 1,
    )
    expect(again.receipt).toMatchObject({ tries: 2 })
    await leave(a)
  })
})

it('another card than the one that is waited for is told so, until it is out', async () => {
  await payWithOneNote(a, 'plain-sale', 50)
  a.reader.pullAfter(3)
  a.press({ type: 'confirm' })
  expect(await a.screen('put card back')).toMatchObject({ otherCard: false })
  a.insert('rich-account')
  await a.screen('put card back', ({ otherCard }) => otherCard)
  a.reader.remove()
  await a.screen('put card back', ({ otherCard }) => !otherCard)
  a.insert('plain-sale')
  expect((await a.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
  await leave(a)
  expect(a.audit()).toEqual([])
})
