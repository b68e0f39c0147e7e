// The tariff against every published vector (domain.md 10.2).
import { describe, expect, test } from 'vitest'
import { energy, formatEnergy, noEnergy } from '../../domain/energy.ts'
import { formatMoney, minor, nothing, plus, type Minor } from '../../domain/money.ts'
import type { PricedTender } from '../../domain/quote.ts'
import { priceWithEverything, vatInside } from './tariff-ladder.ts'
import { names, noArrears, standard } from './tariff-fixtures.ts'
import type { ArrearsPlan, Tariff } from './tariff-rules.ts'
import { mostTenderWithin, priceTender, tenderForEnergy, type Dues } from './tariffs.ts'

const oneBlock = (price: number, arrears: ArrearsPlan = noArrears): Tariff => ({
  ...standard,
  ladder: { period: 'month', blocks: [{ upTo: null, price }] },
  arrears,
})
const tshwane: Tariff = {
  ...standard,
  vat: { rate: 1500, included: true },
  ladder: {
    period: 'month',
    blocks: [
      { upTo: energy(10000), price: 34250 },
      { upTo: energy(40000), price: 40440 },
      { upTo: energy(65000), price: 43680 },
      { upTo: null, price: 47090 },
    ],
  },
  arrears: noArrears,
}
const kenya: Tariff = {
  ...oneBlock(25000),
  vat: { rate: 1600, included: false },
  levies: [
    { kind: 'per kWh with VAT', names, price: 57100 },
    { kind: 'per kWh with VAT', names, price: 1700 },
    { kind: 'per kWh without VAT', names, price: 500 },
    { kind: 'per kWh without VAT', names, price: 1800 },
    { kind: 'per kWh without VAT', names, price: 300 },
    { kind: 'share of the price', names, share: 500 },
  ],
}

const dues = (tariff: Tariff, given: Partial<Dues> = {}): Dues => ({
  tariff,
  monthToDate: noEnergy,
  fixedDue: { amount: nothing, period: '2026-11' },
  arrearsBalance: nothing,
  freeUnitsDue: noEnergy,
  ...given,
})
const a = dues(standard, {
  monthToDate: energy(4000),
  fixedDue: { amount: minor(1000), period: '2026-11' },
  arrearsBalance: minor(50000),
})
const aAlone = dues(standard, { monthToDate: energy(4000) })
const ninety = oneBlock(12000, { share: 9000, cap: null, leastEnergyShare: 2000 })
const withFee = { ...standard, channelFee: { flat: minor(100), share: 50, cap: minor(300) } }
const withCap = { ...standard, arrears: { ...standard.arrears, cap: minor(2500) } }

const cases: Record<string, Dues> = {
  TV1: a,
  TV2: a,
  TV3: a,
  TV4: a,
  TV5: dues(ninety, { arrearsBalance: minor(500_000) }),
  TV6: aAlone,
  TV7: aAlone,
  TV8: aAlone,
  TV9: dues(oneBlock(137000)),
  TV10: { ...a, tariff: withFee },
  TV11: { ...a, arrearsBalance: minor(1234) },
  TV12: { ...a, tariff: withCap },
  TV13: dues(tshwane),
  TV14: dues(tshwane, { monthToDate: energy(5839) }),
  TV15: dues(tshwane, { monthToDate: energy(5839 + 10528) }),
  TV16: dues(kenya, { fixedDue: { amount: minor(17400), period: '2026-11' } }),
  TV17: dues(kenya, { monthToDate: energy(3225) }),
}

// As published; a dash where the reference prints nothing.
const published = `
id   | tender | fee  | fixed  | its VAT | arrears | gross  | kWh    | charged | residue | ex     | VAT   | other | lines
TV1  | 200.00 | 0.00 | 10.00  | 1.30    | 57.00   | 133.00 | 89.10  | 133.00  | 0.00    | 115.65 | 17.35 | 0.00  | 60.00 → 72.00; 29.10 → 43.65
TV2  | 226.85 | 0.00 | 10.00  | 1.30    | 65.05   | 151.80 | 100.00 | 151.80  | 0.00    | 132.00 | 19.80 | 0.00  | 60.00 → 72.00; 40.00 → 60.00
TV3  | 226.84 | 0.00 | 10.00  | 1.30    | 65.05   | 151.79 | 99.99  | 151.78  | 0.01    | 131.98 | 19.80 | 0.00  | 60.00 → 72.00; 39.99 → 59.98
TV4  | 8.00   | 0.00 | 8.00   | 1.04    | 0.00    | 0.00   | 0.00   | 0.00    | 0.00    | 0.00   | 0.00  | 0.00  |
TV5  | 100.00 | 0.00 | 0.00   | 0.00    | 80.00   | 20.00  | 14.49  | 20.00   | 0.00    | 17.39  | 2.61  | 0.00  | 14.49 → 17.39
TV6  | 82.80  | 0.00 | 0.00   | 0.00    | 0.00    | 82.80  | 60.00  | 82.80   | 0.00    | 72.00  | 10.80 | 0.00  | 60.00 → 72.00
TV7  | 82.81  | 0.00 | 0.00   | 0.00    | 0.00    | 82.81  | 60.00  | 82.80   | 0.01    | 72.00  | 10.80 | 0.00  | 60.00 → 72.00
TV8  | 82.82  | 0.00 | 0.00   | 0.00    | 0.00    | 82.82  | 60.01  | 82.82   | 0.00    | 72.02  | 10.80 | 0.00  | 60.00 → 72.00; 0.01 → 0.02
TV9  | 100.00 | 0.00 | 0.00   | 0.00    | 0.00    | 100.00 | 6.34   | 99.89   | 0.11    | 86.86  | 13.03 | 0.00  | 6.34 → 86.86
TV10 | 200.00 | 2.00 | 10.00  | 1.30    | 56.40   | 131.60 | 88.28  | 131.58  | 0.02    | 114.42 | 17.16 | 0.00  | 60.00 → 72.00; 28.28 → 42.42
TV11 | 200.00 | 0.00 | 10.00  | 1.30    | 12.34   | 177.66 | 114.99 | 177.66  | 0.00    | 154.49 | 23.17 | 0.00  | 60.00 → 72.00; 54.99 → 82.49
TV12 | 200.00 | 0.00 | 10.00  | 1.30    | 25.00   | 165.00 | 107.65 | 165.00  | 0.00    | 143.48 | 21.52 | 0.00  | 60.00 → 72.00; 47.65 → 71.48
TV13 | 200.00 | 0.00 | 0.00   | 0.00    | 0.00    | 200.00 | 58.39  | 199.99  | 0.01    | -      | -     | 0.00  | 58.39 → 199.99
TV14 | 400.00 | 0.00 | 0.00   | 0.00    | 0.00    | 400.00 | 105.28 | 400.00  | 0.00    | -      | -     | 0.00  | 41.61 → 142.51; 63.67 → 257.49
TV15 | 20.00  | 0.00 | 0.00   | 0.00    | 0.00    | 20.00  | 4.94   | 19.98   | 0.02    | -      | -     | 0.00  | 4.94 → 19.98
TV16 | 500.00 | 0.00 | 174.00 | 24.00   | 0.00    | 326.00 | 32.25  | 325.91  | 0.09    | 270.26 | 43.24 | 12.41 | -
TV17 | 500.00 | 0.00 | 0.00   | 0.00    | 0.00    | 500.00 | 49.47  | 499.93  | 0.07    | 414.56 | 66.33 | 19.04 | -
`
const vectors = published
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split('|').map((cell) => cell.trim()))

const asMinor = (text: string): Minor => minor(Number(text.replace('.', '')))
const exclusiveOf = ({ lines }: PricedTender): Minor => plus(...lines.map((it) => it.exclusive))
const rowOf = (priced: PricedTender): string[] => [
  formatMoney(priced.tender),
  formatMoney(priced.fee),
  formatMoney(priced.fixed.amount),
  formatMoney(priced.fixed.vat),
  formatMoney(priced.arrears.paid),
  formatMoney(priced.gross),
  formatEnergy(priced.energy),
  formatMoney(priced.charged),
  formatMoney(priced.residue),
  formatMoney(exclusiveOf(priced)),
  formatMoney(priced.vat.amount),
  formatMoney(priced.otherLevies),
  priced.lines.map((it) => `${formatEnergy(it.energy)} → ${formatMoney(it.exclusive)}`).join('; '),
]

describe('the vectors of domain.md 10.2', () => {
  test.each(vectors)('%s: %s', (id = '', tender = '', ...rest) => {
    const on = cases[id]
    if (on === undefined) throw new Error(`no case for ${id}`)
    const [, ...priced] = rowOf(priceTender({ ...on, tender: asMinor(tender) }))
    expect(priced.map((cell, place) => (rest[place] === '-' ? '-' : cell))).toEqual(rest)
  })

  test('all seventeen are here', () => {
    expect(vectors.map(([id]) => id)).toEqual(Object.keys(cases))
  })

  test('TV2: 100.00 kWh cost 226.85, and 230.00 in notes of ten', () => {
    const found = tenderForEnergy({ ...a, energy: energy(10000), step: minor(1000) })
    expect(found).toEqual({ exact: 22685, payable: 23000 })
  })

  test('the VAT of a tariff whose prices include it is inside the lines', () => {
    const { vat, charged } = priceTender({ ...dues(tshwane), tender: minor(20000) })
    expect(charged).toBe(19999)
    expect(vat).toEqual({ rate: 1500, amount: 0, included: 2609 })
  })

  test.each([
    [9000, 7826, 1174],
    [5000, 4348, 652],
  ])('the published slip splits %i into %i and %i of VAT', (amount, without, vat) => {
    expect(vatInside(minor(amount), 1500)).toBe(vat)
    expect(amount - vat).toBe(without)
  })

  test('with all taxes a kWh of tariff A costs 1.3800, 1.7250 and 2.4150 (power-card.md 15.6)', () => {
    const prices = standard.ladder.blocks.map((block) => priceWithEverything(standard, block))
    expect(prices).toEqual([13800, 17250, 24150])
  })
})

test('a last line worth nothing never falls below nothing: the line before gives the difference', () => {
  // 0.01 kWh for 3.5 rounds to 4, but 4 with VAT hold no more than 3 without: the difference is one.
  const awkward: Tariff = {
    ...standard,
    ladder: {
      period: 'month',
      blocks: [
        { upTo: energy(1), price: 35000 },
        { upTo: null, price: 1 },
      ],
    },
    levies: [{ kind: 'per kWh without VAT', names, price: 5000 }],
  }
  const priced = priceTender({ ...dues(awkward), tender: minor(6) })
  expect(priced.lines).toEqual([
    { block: 1, energy: 1, price: 35000, exclusive: 3 },
    { block: 2, energy: 2, price: 1, exclusive: 0 },
  ])
  expect(priced).toMatchObject({ charged: 6, vat: { amount: 1 }, otherLevies: 2 })
})

describe('what comes with an order', () => {
  test('free units come on top of what is bought, at price 0', () => {
    const with50 = { ...aAlone, freeUnitsDue: energy(5000), tender: minor(8280) }
    expect(priceTender(with50)).toEqual({
      ...priceTender({ ...aAlone, tender: minor(8280) }),
      freeEnergy: 5000,
    })
  })

  test('the name of the tariff comes in the language asked for', () => {
    const priced = priceTender({ ...aAlone, language: 'zh', tender: minor(8280) })
    expect(priced.tariff).toEqual({ code: 'A', name: '电价' })
  })

  test('a meter with room for 60.00 kWh takes 82.81 at most: one cent more buys 60.01', () => {
    expect(mostTenderWithin({ ...aAlone, mostEnergy: energy(6000) })).toBe(8281)
  })

  test('no energy costs nothing', () => {
    const wish = { ...aAlone, energy: noEnergy, step: minor(100) }
    expect(tenderForEnergy(wish)).toEqual({ exact: 0, payable: 0 })
  })

  test('a wish that no tender up to the ceiling fulfils has no price', () => {
    const wish = { ...aAlone, energy: energy(6001), step: minor(100) }
    expect(tenderForEnergy({ ...wish, ceiling: minor(8281) })).toBeNull()
    expect(tenderForEnergy({ ...wish, ceiling: minor(8282) })).toEqual({
      exact: 8282,
      payable: 8300,
    })
  })
})
