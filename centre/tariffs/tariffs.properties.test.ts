// The laws that hold for every tariff and every tender (domain.md 10.1).
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { energy, noEnergy, plusEnergy } from '../../domain/energy.ts'
import { minor, minus, plus, type Minor } from '../../domain/money.ts'
import { PricedTender } from '../../domain/quote.ts'
import { names, standard } from './tariff-fixtures.ts'
import { priceWithEverything } from './tariff-ladder.ts'
import type { Tariff } from './tariff-rules.ts'
import { priceTender, tenderForEnergy, type Dues } from './tariffs.ts'

const exclusiveOf = ({ lines }: PricedTender): Minor => plus(...lines.map((it) => it.exclusive))
const money = (most: number) => fc.integer({ min: 0, max: most }).map((value) => minor(value))
const share = fc.integer({ min: 0, max: 10_000 })
/** From nearly nothing, where the rounding of the lines matters most, to a price nobody pays. */
const price = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 200, max: 500_000 }))
const levies: fc.Arbitrary<Tariff['levies']> = fc.array(
  fc.oneof(
    price.map((each) => ({ kind: 'per kWh with VAT' as const, names, price: each })),
    price.map((each) => ({ kind: 'per kWh without VAT' as const, names, price: each })),
    share.map((of) => ({ kind: 'share of the price' as const, names, share: of })),
  ),
  { maxLength: 4 },
)
const blocks: fc.Arbitrary<Tariff['ladder']['blocks']> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), price), { minLength: 1, maxLength: 7 })
  .map((widths) => {
    let bound = 0
    return widths.map(([width, each], place) => {
      bound += width
      return { upTo: place === widths.length - 1 ? null : energy(bound), price: each }
    })
  })
const anyTariff: fc.Arbitrary<Tariff> = fc
  .record({
    blocks,
    levies,
    vat: fc.record({ rate: share, included: fc.boolean() }),
    arrears: fc.record({
      share,
      cap: fc.option(money(100_000)),
      leastEnergyShare: share,
    }),
    channelFee: fc.record({
      flat: money(5_000),
      share: fc.integer({ min: 0, max: 5_000 }),
      cap: fc.option(money(10_000)),
    }),
  })
  .map(({ blocks: ladder, ...rest }) => ({
    ...standard,
    ...rest,
    ladder: { period: 'month', blocks: ladder },
  }))
const anyDues: fc.Arbitrary<Dues> = fc.record({
  tariff: anyTariff,
  monthToDate: fc.integer({ min: 0, max: 300_000 }).map((value) => energy(value)),
  fixedDue: money(30_000).map((amount) => ({ amount, period: '2026-11' })),
  arrearsBalance: money(300_000),
  freeUnitsDue: fc.constantFrom(noEnergy, energy(5000)),
})
const anyTender = fc.oneof(money(2_000), money(200_000), money(50_000_000))

describe('the laws of domain.md 10.1', () => {
  test('every part is money, and the parts add up to the tender', () => {
    fc.assert(
      fc.property(anyDues, anyTender, (on, tender) => {
        const priced = PricedTender.parse(priceTender({ ...on, tender }))
        const { fee, fixed, arrears, charged, residue, gross } = priced
        expect(plus(fee, fixed.amount, arrears.paid, charged, residue)).toBe(tender)
        expect(plus(charged, residue)).toBe(gross)
        expect(plus(arrears.paid, arrears.after)).toBe(arrears.before)
        expect(fixed.amount).toBeLessThanOrEqual(on.fixedDue.amount)
      }),
    )
  })

  test('the lines add up: money with VAT and levies to what is charged, energy to the energy', () => {
    fc.assert(
      fc.property(anyDues, anyTender, (on, tender) => {
        const priced = priceTender({ ...on, tender })
        expect(plus(exclusiveOf(priced), priced.vat.amount, priced.otherLevies)).toBe(
          priced.charged,
        )
        expect(plusEnergy(noEnergy, ...priced.lines.map((it) => it.energy))).toBe(priced.energy)
        expect(priced.lines.every((it) => it.exclusive >= 0 && it.energy > 0)).toBe(true)
      }),
    )
  })

  test('a block is begun only when the one before is full, from the month-to-date on', () => {
    fc.assert(
      fc.property(anyDues, anyTender, (on, tender) => {
        let sold: number = on.monthToDate
        for (const line of priceTender({ ...on, tender }).lines) {
          const before = on.tariff.ladder.blocks[line.block - 2]?.upTo ?? 0
          const bound = on.tariff.ladder.blocks[line.block - 1]?.upTo ?? Infinity
          expect(sold).toBeGreaterThanOrEqual(before)
          sold += line.energy
          expect(sold).toBeLessThanOrEqual(bound)
        }
      }),
    )
  })

  test('what is left over never buys another 0.01 kWh', () => {
    fc.assert(
      fc.property(anyDues, anyTender, (on, tender) => {
        const { tariff } = on
        const { gross, energy: got, residue } = priceTender({ ...on, tender })
        const sold = on.monthToDate + got
        const block = tariff.ladder.blocks.find(({ upTo }) => upTo === null || sold < upTo)
        if (block === undefined) throw new Error('a ladder without an end')
        const cheapest = priceWithEverything(tariff, block) / 10_000
        expect(residue).toBeGreaterThanOrEqual(0)
        expect(residue).toBeLessThanOrEqual(cheapest + 1)
        expect(gross === 0 ? got : 0).toBe(0)
      }),
    )
  })

  test('the plan keeps its least share for energy, whatever is owed', () => {
    fc.assert(
      fc.property(anyDues, anyTender, (on, tender) => {
        const { fee, fixed, gross } = priceTender({ ...on, tender })
        const net = minus(tender, fee)
        const kept = Math.ceil((net * on.tariff.arrears.leastEnergyShare) / 10_000)
        expect(gross).toBeGreaterThanOrEqual(Math.min(kept, minus(net, fixed.amount)))
      }),
    )
  })

  test('energy never falls when the tender grows', () => {
    fc.assert(
      fc.property(anyDues, anyTender, money(5_000), (on, tender, more) => {
        const bought = priceTender({ ...on, tender }).energy
        const boughtMore = priceTender({ ...on, tender: plus(tender, more) }).energy
        expect(boughtMore).toBeGreaterThanOrEqual(bought)
      }),
    )
  })

  test('a quote by energy and a quote by money agree: enough, and one cent less is not', () => {
    const anyWish = fc.integer({ min: 1, max: 100_000 }).map((value) => energy(value))
    fc.assert(
      fc.property(anyDues, anyWish, fc.integer({ min: 1, max: 5_000 }), (on, wish, step) => {
        const found = tenderForEnergy({ ...on, energy: wish, step: minor(step) })
        if (found === null) return
        const { exact, payable } = found
        expect(priceTender({ ...on, tender: exact }).energy).toBeGreaterThanOrEqual(wish)
        const less = priceTender({ ...on, tender: minus(exact, minor(1)) })
        expect(less.energy).toBeLessThan(wish)
        expect(payable % step).toBe(0)
        expect(payable - exact).toBeGreaterThanOrEqual(0)
        expect(payable - exact).toBeLessThan(step)
      }),
    )
  })
})
