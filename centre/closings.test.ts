// A closing accounts for every note of a sale, however the sale ended.
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minor, plus } from '../domain/money.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const sumOf = (notes: readonly { value: number }[]): number =>
  plus(minor(0), ...notes.map(({ value }) => minor(value)))

describe('a closing', () => {
  it('of a sale without an order books its notes to the account of the card that was in', async () => {
    const kiosk = kit.kiosk()
    const { insertionId } = await kiosk.insert(kit.cardOf('plain-sale'))
    const notes = [kiosk.noteOf(5_000), kiosk.noteOf(2_000)]
    const closed = await kiosk.ask('closing', { saleId: kit.ids.sale(), insertionId, notes })
    expect(closed).toEqual({ order: null, toAccount: 7_000, toSuspense: 0, balance: 15_640 })
  })

  it('of a sale that nothing is known of keeps them in suspense', async () => {
    const kiosk = kit.kiosk()
    const notes = [kiosk.noteOf(5_000)]
    const saleId = kit.ids.sale()
    const closed = await kiosk.ask('closing', { saleId, insertionId: null, notes })
    expect(closed).toEqual({ order: null, toAccount: 0, toSuspense: 5_000, balance: null })
  })

  it('never books to the card of another kiosk, nor to one that did not prove itself', async () => {
    const kiosk = kit.kiosk()
    const elsewhere = await kit.kiosk('000000000102').insert(kit.cardOf('plain-sale'))
    const imitation = await kiosk.insert(kit.cardOf('imitation'))
    for (const { insertionId } of [elsewhere, imitation]) {
      const notes = [kiosk.noteOf(1_000)]
      const closed = await kiosk.ask('closing', { saleId: kit.ids.sale(), insertionId, notes })
      expect(closed).toMatchObject({ toAccount: 0, toSuspense: 1_000 })
    }
  })

  it('returns an order of which no script was released, and fences it', async () => {
    const kiosk = kit.kiosk()
    const inserted = await kiosk.insert(kit.cardOf('plain-sale'))
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000, 1_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    const { saleId, insertionId, notes } = made
    const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({
      order: { state: 'RETURNED_TO_ACCOUNT' },
      toAccount: 0,
      balance: 8_640 + 11_000,
    })
    expect(await kiosk.script(inserted, made.reply.order)).toMatchObject({ kind: 'refused' })
  })

  it('comes before a late order of the same sale, which is then refused', async () => {
    const kiosk = kit.kiosk()
    const { insertionId } = await kiosk.insert(kit.cardOf('plain-sale'))
    const saleId = kit.ids.sale()
    const wish = { kind: 'money', tender: 5_000 } as const
    const quoted = await kiosk.ask('quote', { saleId, insertionId, wish })
    if (quoted.kind === 'refused') throw new Error(quoted.why)
    const notes = [kiosk.noteOf(5_000)]
    await kiosk.ask('closing', { saleId, insertionId, notes })
    const { quoteId } = quoted.quote
    const funding = { kind: 'cash', notes } as const
    expect(await kiosk.ask('order', { saleId, insertionId, quoteId, funding })).toEqual({
      kind: 'refused',
      why: 'sale closed',
    })
  })

  it('leaves an order whose script is out to the card', async () => {
    const kiosk = kit.kiosk()
    const inserted = await kiosk.insert(kit.cardOf('plain-sale'))
    const made = await kiosk.order(inserted, { tender: 10_000, notes: [10_000] })
    if (made.reply.kind === 'refused') throw new Error(made.reply.why)
    await kiosk.script(inserted, made.reply.order)
    const { saleId, insertionId, notes } = made
    const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
    expect(closed).toMatchObject({ order: { state: 'UNKNOWN' }, toAccount: 0, balance: 8_640 })
  })

  it('P5: notes = order + remainder + account + suspense, whatever was put in and whenever it is told', async () => {
    const kiosk = kit.kiosk()
    const value = fc.constantFrom(500, 1_000, 2_000, 5_000, 10_000)
    const late = fc.array(value, { maxLength: 3 })
    const early = fc.array(value, { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(early, late, fc.boolean(), async (before, after, buys) => {
        const card = kit.cardOf('no-account-money')
        const inserted = await kiosk.insert(card)
        const balanceBefore = inserted.account?.balance ?? 0
        const tender = before.reduce((sum, each) => sum + each, 0)
        const most = inserted.verdict.kind === 'can sell' ? inserted.verdict.limits : null
        const canBuy = buys && most !== null && tender >= most.least && tender <= most.most
        const made = canBuy
          ? await kiosk.order(inserted, { tender, notes: before })
          : { saleId: kit.ids.sale(), notes: before.map(kiosk.noteOf), reply: null }
        const notes = [...made.notes, ...after.map(kiosk.noteOf)]
        const { saleId } = made
        const { insertionId } = inserted
        const closed = await kiosk.ask('closing', { saleId, insertionId, notes })
        expect((closed.balance ?? 0) - balanceBefore).toBe(sumOf(notes))
        const again = await kiosk.ask('closing', { saleId, insertionId, notes })
        expect(again).toMatchObject({ toAccount: 0, toSuspense: 0, balance: closed.balance })
        expect(await kit.flaws()).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})
