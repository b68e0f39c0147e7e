// What is typed as a version of a tariff is what is meant, and what is no number is named.
import { describe, expect, it } from 'vitest'
import type { TariffRules, TrialStep } from '../../../domain/console/tariffs.ts'
import { fractionOf, hundredthsOf, typedOf } from '../customers/typed.ts'
import { together } from './trial.ts'
import { rulesMeant, typedRules } from './typed-rules.ts'

const names = { en: 'Home', zh: '居民', ar: 'سكني' }
const rules: TariffRules = {
  code: 'R1',
  names,
  validFrom: '2026-01-01',
  vat: { rate: 1_500, included: false },
  ladder: {
    period: 'month',
    blocks: [
      { upTo: 12_000, price: 12_000 },
      { upTo: null, price: 15_001 },
    ],
  },
  levies: [{ kind: 'share of the price', names, share: 250 }],
  fixedCharges: [{ names, amount: 800, vat: 'included' }],
  mostMonthsOfFixedCharges: 6,
  arrears: { share: 3_000, cap: null, leastEnergyShare: 2_000 },
  channelFee: { flat: 0, share: 50, cap: 300 },
  freeUnitsPerMonth: 0,
  sale: { least: 500, most: 200_000 },
}

describe('numbers as people type them', () => {
  it.each([
    ['12.5', 1_250],
    ['12,50', 1_250],
    ['1 234', 123_400],
    ['12.505', null],
    ['-1', null],
    ['', null],
    ['1e5', null],
  ])('%s', (text, value) => {
    expect(hundredthsOf(text)).toBe(value)
  })

  it('have a sign only where one is allowed, and as many places as the value has', () => {
    expect(hundredthsOf('-12.5', { signed: true })).toBe(-1_250)
    expect(fractionOf('1.2345', 4)).toBe(12_345)
    expect(typedOf(12_345, 4)).toBe('1.2345')
  })
})

describe('a version as it is typed', () => {
  it('nothing changed but the day, is the version it began from', () => {
    const typed = { ...typedRules(rules), validFrom: '2027-01-01' }
    expect(rulesMeant(typed, rules)).toEqual({
      kind: 'rules',
      rules: { ...rules, validFrom: '2027-01-01' },
    })
  })

  it('names what is no number', () => {
    const typed = { ...typedRules(rules), free: 'many', fixed: [''] }
    expect(rulesMeant(typed, rules)).toEqual({
      kind: 'no numbers',
      where: ['fixedCharges.0.amount', 'freeUnitsPerMonth'],
    })
  })
})

it('the steps of a trial add up, and keep the ten who gain and lose most of all', () => {
  const saleOf = (gain: number) => ({
    orderNumber: String(gain),
    at: 0,
    tender: 100,
    energy: 1,
    wouldBe: 1,
    gain,
  })
  const step = (from: number): TrialStep => ({
    month: '2026-10',
    done: from,
    of: 20,
    sales: 10,
    tender: 1_000,
    energy: 10,
    wouldBeEnergy: 11,
    revenue: 800,
    wouldBeRevenue: 790,
    vat: 100,
    wouldBeVat: 99,
    more: 5,
    less: 5,
    same: 0,
    reproduced: 10,
    refused: 0,
    winners: Array.from({ length: 10 }, (_, at) => saleOf(from + at)),
    losers: Array.from({ length: 10 }, (_, at) => saleOf(-from - at)),
    next: null,
  })
  const both = together(together(null, step(1)), step(6))
  expect(both).toMatchObject({ sales: 20, wouldBeEnergy: 22, vat: 200, done: 6 })
  expect(both.winners.map(({ gain }) => gain)).toEqual([15, 14, 13, 12, 11, 10, 10, 9, 9, 8])
  expect(both.losers[0]?.gain).toBe(-15)
})
