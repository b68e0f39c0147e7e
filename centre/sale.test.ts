// A whole sale at the centre with a card that really does what it is told: insertion, quote, order, script, proof, closing.
import { createPublicKey, verify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CustomerNumber } from '../domain/identifiers.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { accountBalance } from './books.ts'

let kit: CentreKit
beforeEach(async () => {
  kit = await centreKit()
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
})

const carried = (id: string) => readPurchase(fromHex(kit.cardOf(id).state().files[2]))

describe('a sale with notes', () => {
  it('puts the energy of the quote on the card, and the rest of the notes into the account', async () => {
    const { quote, proven, closed } = await kit
      .kiosk()
      .sell(kit.cardOf('plain-sale'), { tender: 15_000, notes: [10_000, 10_000] })
    expect(proven.order).toMatchObject({ state: 'LOADED', tender: 15_000, count: 7 })
    expect(carried('plain-sale')).toMatchObject({
      energy: quote.energy,
      amount: quote.charged,
      count: 7,
      orderNumber: proven.order.orderNumber,
    })
    expect(closed).toMatchObject({ toAccount: 0, toSuspense: 0, order: { state: 'LOADED' } })
    expect(closed.balance).toBe(8_640 + 5_000 + quote.residue)
  })

  it('is taken by the meter, which then lets the next one be sold', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('plain-sale')
    const { quote } = await kiosk.sell(card, { tender: 10_000, notes: [10_000] })
    const unread = await kiosk.insert(card)
    expect(unread.verdict).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'unread purchase', energy: quote.energy },
    })
    const meter = kit.meterOf('plain-sale')
    const before = meter.state().remaining
    expect(meter.insert(card)).toMatchObject({ code: 0, credited: quote.energy })
    expect(meter.state().remaining).toBe(before + quote.energy)
    const next = await kiosk.insert(card)
    expect(next.verdict.kind).toBe('can sell')
    expect(next.account?.lastPurchases[0]).toMatchObject({
      tender: 10_000,
      state: 'METER_CREDITED',
    })
    expect(next.settled).toBeNull()
  })

  it('gives a proof for the receipt that anyone can check with the public key of the centre', async () => {
    const { proven, quote } = await kit
      .kiosk()
      .sell(kit.cardOf('arrears'), { tender: 20_000, notes: [20_000] })
    const [, text = '', signature = ''] = /^(.+) (\S+)$/.exec(proven.receiptProof ?? '') ?? []
    expect(text).toContain(
      `o=${proven.order.orderNumber} s=LOADED n=7 c=${kit.cardOf('arrears').state().serial.slice(-4)}`,
    )
    expect(text).toContain(`t=20000 f=0 x=${quote.fixed.amount} a=${quote.arrears.paid}`)
    const key = createPublicKey(kit.centre().receiptKey)
    const isSigned = (of: string) =>
      verify(null, Buffer.from(of), key, Buffer.from(signature, 'base64url'))
    expect(isSigned(text)).toBe(true)
    expect(isSigned(text.replace('t=20000', 't=30000'))).toBe(false)
  })

  it('repays old debt as the quote said, once', async () => {
    const kiosk = kit.kiosk()
    const { quote, inserted } = await kiosk.sell(kit.cardOf('arrears'), {
      tender: 20_000,
      notes: [20_000],
    })
    expect(inserted.account?.arrears).toBe(50_000)
    expect(quote.arrears.paid).toBeGreaterThan(0)
    const after = await kiosk.insert(kit.cardOf('arrears'))
    expect(after.account?.arrears).toBe(50_000 - quote.arrears.paid)
  })

  it('brings the free units of the month with it, once', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('free-units')
    const first = await kiosk.sell(card, { tender: 2_000, notes: [2_000] })
    expect(first.quote.freeEnergy).toBe(5_000)
    expect(carried('free-units').energy).toBe(first.quote.energy + 5_000)
    kit.meterOf('free-units').insert(card)
    const second = await kiosk.sell(card, { tender: 2_000, notes: [2_000] })
    expect(second.quote.freeEnergy).toBe(0)
  })

  it('takes the fixed charges of all months that passed', async () => {
    const { quote } = await kit
      .kiosk()
      .sell(kit.cardOf('fixed-charges'), { tender: 10_000, notes: [10_000] })
    expect(quote.fixed).toMatchObject({ amount: 5_000, period: '2026-07/2026-11' })
  })
})

describe('a sale from the account', () => {
  it('takes the tender from the account, and no more than is in it', async () => {
    const kiosk = kit.kiosk()
    const { closed } = await kiosk.sell(kit.cardOf('rich-account'), { tender: 100_000 })
    expect(closed.balance).toBeGreaterThanOrEqual(145_000)
    expect(closed.balance).toBeLessThan(145_003)
    const poor = await kiosk.insert(kit.cardOf('plain-sale'))
    const { reply } = await kiosk.order(poor, { tender: 10_000 })
    expect(reply).toEqual({ kind: 'refused', why: 'not enough in the account' })
  })

  it('takes nothing from a frozen account', async () => {
    const kiosk = kit.kiosk()
    const frozen = await kiosk.insert(kit.cardOf('account-frozen'))
    const { reply } = await kiosk.order(frozen, { tender: 1_000 })
    expect(reply).toEqual({ kind: 'refused', why: 'not enough in the account' })
  })

  it('goes below zero as far as was agreed, and is shown as empty then', async () => {
    const [customer] = kit.town.import.customers ?? []
    if (customer === undefined) throw new Error('nobody')
    const agreed = { ...customer, overdraft: 30_000 }
    expect(await kit.importAgain({ customers: [agreed] })).toEqual([])
    const { closed } = await kit.kiosk().sell(kit.cardOf('plain-sale'), { tender: 30_000 })
    expect(closed.balance).toBe(0)
    const number = CustomerNumber.parse(customer.customer)
    const balance = await accountBalance(kit.store().read, number)
    expect(balance).toBeGreaterThanOrEqual(8_640 - 30_000)
    expect(balance).toBeLessThan(0)
  })
})

describe('what travels with a purchase', () => {
  const flagsOf = (id: string) => Number.parseInt(kit.cardOf(id).state().files[1].slice(10, 12), 16)

  it('an opening or replacement card becomes a purchase card', async () => {
    for (const id of ['opening-used', 'replacement-used']) {
      const typeOf = () => kit.cardOf(id).state().files[1].slice(84, 86)
      expect(typeOf()).not.toBe('02')
      await kit.kiosk().sell(kit.cardOf(id), { tender: 5_000, notes: [5_000] })
      expect(typeOf()).toBe('02')
      expect(kit.meterOf(id).insert(kit.cardOf(id)).code).toBe(0)
    }
  })

  it('the prices of next month, once, and the meter takes them', async () => {
    const kiosk = kit.kiosk()
    const card = kit.cardOf('night-tariff')
    await kiosk.sell(card, { tender: 5_000, notes: [5_000] })
    expect(flagsOf('night-tariff')).toBe(0x08)
    expect(card.state().files[4].slice(0, 8)).toBe('68020000')
    const meter = kit.meterOf('night-tariff')
    expect(meter.insert(card).code).toBe(0)
    // (0.86 + 0.10) with 15 % VAT, and 0.02 without.
    expect(meter.state().prices.standbyLadder).toEqual({
      from: '2612010000',
      ladder: { thresholds: [], prices: [11_240], resetDates: ['990100'] },
    })
    const inserted = await kiosk.insert(card)
    const { reply } = await kiosk.order(inserted, { tender: 5_000, notes: [5_000] })
    if (reply.kind === 'refused') throw new Error(reply.why)
    const released = await kiosk.script(inserted, reply.order)
    expect(released).toMatchObject({ kind: 'released', commands: { length: 4 } })
  })

  it('a new limit, which the meter takes', async () => {
    const [meterEntry] = kit.town.import.meters ?? []
    if (meterEntry === undefined) throw new Error('no meter')
    await kit.importAgain({
      ...kit.town.import,
      meters: [{ ...meterEntry, hoardingLimit: 90_000 }],
    })
    const card = kit.cardOf('plain-sale')
    await kit.kiosk().sell(card, { tender: 5_000, notes: [5_000] })
    expect(flagsOf('plain-sale')).toBe(0x80)
    kit.meterOf('plain-sale').insert(card)
    expect(kit.meterOf('plain-sale').state().limits.hoarding).toBe(90_000)
  })
})
