// Quotes of the running centre: by money and by energy they agree, within the limits, and for 120 s.
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Quote } from '../domain/quote.ts'
import { centreKit, type CentreKit, type Inserted, type KioskOfKit } from '../test/centre-kit.ts'
import { quoteLifeMs } from './quotes.ts'

const ids = ['plain-sale', 'arrears', 'free-units', 'night-tariff', 'high-tariff', 'fixed-charges']

/** domain.md 10.1: what always holds. */
const addsUp = (quote: Quote): void => {
  const { fee, fixed, arrears, charged, residue, vat, otherLevies, lines, tender } = quote
  expect(fee + fixed.amount + arrears.paid + charged + residue).toBe(tender)
  const exclusive = lines.reduce((sum, line) => sum + line.exclusive, 0)
  expect(exclusive + vat.amount + otherLevies).toBe(charged)
  expect(lines.reduce((sum, line) => sum + line.energy, 0)).toBe(quote.energy)
  expect(Math.min(fee, fixed.amount, arrears.paid, charged, residue)).toBeGreaterThanOrEqual(0)
}

describe('a quote', () => {
  let kit: CentreKit
  let kiosk: KioskOfKit
  beforeAll(async () => {
    kit = await centreKit()
    kiosk = kit.kiosk()
  })
  afterAll(() => kit.close())

  const quoted = async (
    { insertionId }: Inserted,
    wish: { kind: 'money'; tender: number } | { kind: 'energy'; energy: number },
  ) => kiosk.ask('quote', { saleId: kit.ids.sale(), insertionId, wish })

  it.each(ids)(
    'for %s: by energy costs the least that buys it, by money buys as much',
    async (id) => {
      const inserted = await kiosk.insert(kit.cardOf(id))
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 30_000 }), async (energy) => {
          const byEnergy = await quoted(inserted, { kind: 'energy', energy })
          if (byEnergy.kind === 'refused') throw new Error(byEnergy.why)
          const { quote } = byEnergy
          addsUp(quote)
          expect(quote.energy).toBeGreaterThanOrEqual(energy)
          const byMoney = await quoted(inserted, { kind: 'money', tender: quote.tender })
          expect(byMoney).toMatchObject({
            quote: { energy: quote.energy, charged: quote.charged, lines: quote.lines },
          })
          const step = kit.town.policy.stepForEnergy
          const less = quote.tender - step
          const cheaper = await quoted(inserted, { kind: 'money', tender: less })
          if (cheaper.kind === 'quoted') expect(cheaper.quote.energy).toBeLessThan(energy)
          else expect(['too little', 'no energy']).toContain(cheaper.why)
        }),
        { numRuns: 15 },
      )
    },
  )

  it('says too little, too much, and more than the meter may hold', async () => {
    const plain = await kiosk.insert(kit.cardOf('plain-sale'))
    const whyOf = async (inserted: Inserted, tender: number) =>
      quoted(inserted, { kind: 'money', tender })
    expect(await whyOf(plain, 499)).toMatchObject({ why: 'too little', limits: { least: 500 } })
    expect(await whyOf(plain, 200_001)).toMatchObject({
      why: 'too much',
      limits: { most: 200_000 },
    })
    const full = await kiosk.insert(kit.cardOf('nearly-full'))
    expect(await whyOf(full, 50_000)).toMatchObject({
      why: 'more than the meter may hold',
      limits: { mostEnergy: 8_000 },
    })
    const limits = full.verdict.kind === 'can sell' ? full.verdict.limits : null
    const most = await whyOf(full, limits?.most ?? 0)
    if (most.kind === 'refused') throw new Error(most.why)
    expect(most.quote.energy).toBeLessThanOrEqual(8_000)
    expect(await quoted(full, { kind: 'energy', energy: 8_001 })).toMatchObject({
      why: 'more than the meter may hold',
    })
  })

  it('binds for 120 s, and money that comes later gets a new one', async () => {
    const inserted = await kiosk.insert(kit.cardOf('plain-sale'))
    const { insertionId } = inserted
    const saleId = kit.ids.sale()
    const wish = { kind: 'money', tender: 10_000 } as const
    const first = await kiosk.ask('quote', { saleId, insertionId, wish })
    if (first.kind === 'refused') throw new Error(first.why)
    const notes = [kiosk.noteOf(10_000)]
    const orderWith = (quoteId: string) =>
      kiosk.ask('order', { saleId, insertionId, quoteId, funding: { kind: 'cash', notes } })
    kit.clock.now += quoteLifeMs + 1
    expect(await orderWith(first.quote.quoteId)).toMatchObject({ why: 'quote expired' })
    const second = await kiosk.ask('quote', { saleId, insertionId, wish })
    if (second.kind === 'refused') throw new Error(second.why)
    kit.clock.now += quoteLifeMs
    expect(await orderWith(second.quote.quoteId)).toMatchObject({ kind: 'reserved' })
    await kiosk.ask('closing', { saleId, insertionId, notes })
  })

  it('is of one sale, one insertion and one kiosk', async () => {
    const inserted = await kiosk.insert(kit.cardOf('arrears'))
    const { insertionId } = inserted
    const wish = { kind: 'money', tender: 10_000 } as const
    const made = await kiosk.ask('quote', { saleId: kit.ids.sale(), insertionId, wish })
    if (made.kind === 'refused') throw new Error(made.why)
    const { quoteId } = made.quote
    const funding = { kind: 'cash' as const, notes: [kiosk.noteOf(10_000)] }
    expect(
      await kiosk.ask('order', { saleId: kit.ids.sale(), insertionId, quoteId, funding }),
    ).toMatchObject({ why: 'quote expired' })
    const elsewhere = kit.kiosk('000000000102')
    expect(
      await elsewhere.ask('quote', { saleId: kit.ids.sale(), insertionId, wish }),
    ).toMatchObject({ why: 'insertion over' })
  })

  it('is not made for a card that has left', async () => {
    const inserted = await kiosk.insert(kit.cardOf('arrears'))
    await kiosk.insert(kit.cardOf('plain-sale'))
    expect(await quoted(inserted, { kind: 'money', tender: 10_000 })).toMatchObject({
      why: 'insertion over',
    })
  })
})
