// Which tariff is in force, and what has fallen due.
import { describe, expect, test } from 'vitest'
import { energy, noEnergy } from '../../domain/energy.ts'
import { minor, nothing } from '../../domain/money.ts'
import {
  fixedChargesDue,
  freeUnitsDue,
  ladderStart,
  localDayOf,
  tariffInForce,
  tariffToCome,
} from './tariff-calendar.ts'
import { names, standard } from './tariff-fixtures.ts'
import { Tariff } from './tariff-rules.ts'

const tariff: Tariff = {
  ...standard,
  vat: { rate: 1600, included: false },
  fixedCharges: [{ names, amount: minor(15000), vat: 'on top' }],
  mostMonthsOfFixedCharges: 3,
  freeUnitsPerMonth: energy(5000),
}
const next: Tariff = { ...tariff, validFrom: '2027-01-01' }
const other: Tariff = { ...tariff, code: 'B' }

describe('days', () => {
  test.each([
    ['2026-11-30T15:59:59Z', 'Asia/Shanghai', '2026-11-30'],
    ['2026-11-30T16:00:00Z', 'Asia/Shanghai', '2026-12-01'],
    ['2026-12-31T21:30:00Z', 'Africa/Nairobi', '2027-01-01'],
  ])('%s is in %s the day %s', (moment, timeZone, day) => {
    expect(localDayOf(new Date(moment), timeZone)).toBe(day)
  })

  test('the ladder starts again with the month or with the year', () => {
    const yearly: Tariff = { ...tariff, ladder: { ...tariff.ladder, period: 'year' } }
    expect(ladderStart(tariff, '2026-11-23')).toBe('2026-11-01')
    expect(ladderStart(yearly, '2026-11-23')).toBe('2026-01-01')
  })
})

describe('versions', () => {
  const versions = [next, other, tariff]

  test.each([
    ['2025-12-31', null, '2026-01-01'],
    ['2026-01-01', '2026-01-01', '2027-01-01'],
    ['2026-12-31', '2026-01-01', '2027-01-01'],
    ['2027-01-01', '2027-01-01', null],
  ])('on %s the version of %s is in force and that of %s to come', (day, now, later) => {
    expect(tariffInForce(versions, { code: 'A', day })?.validFrom ?? null).toBe(now)
    expect(tariffToCome(versions, { code: 'A', day })?.validFrom ?? null).toBe(later)
  })
})

describe('fixed charges', () => {
  const due = (chargedThrough: string, unpaid = nothing) =>
    fixedChargesDue({ tariff, chargedThrough, unpaid, day: '2026-11-23' })

  test('150.00 and 16 % VAT are 174.00 a month, due once', () => {
    expect(due('2026-10')).toEqual({ amount: 17400, period: '2026-11' })
    expect(due('2026-11')).toEqual({ amount: 0, period: '2026-11' })
  })

  test('months without a purchase add up, but to no more than the policy allows', () => {
    expect(due('2026-09')).toEqual({ amount: 34800, period: '2026-10/2026-11' })
    expect(due('2025-01')).toEqual({ amount: 52200, period: '2026-09/2026-11' })
  })

  test('what a small tender did not cover stays due', () => {
    expect(due('2026-11', minor(200))).toEqual({ amount: 200, period: '2026-11' })
    expect(due('2026-10', minor(200))).toEqual({ amount: 17600, period: '2026-10/2026-11' })
  })

  test('a charge paid ahead is never paid back', () => {
    expect(due('2027-02')).toEqual({ amount: 0, period: '2026-11' })
  })
})

test('free units come once a month and do not add up', () => {
  const given = (lastGiven: string | null) => freeUnitsDue({ tariff, lastGiven, day: '2026-11-23' })
  expect(given(null)).toBe(energy(5000))
  expect(given('2026-08')).toBe(energy(5000))
  expect(given('2026-11')).toBe(noEnergy)
})

describe('a tariff that cannot be right is refused', () => {
  const ladder = (...blocks: { upTo: number | null; price: number }[]) => ({
    ...tariff,
    ladder: { period: 'month', blocks },
  })
  test.each([
    [
      'bounds that fall',
      ladder({ upTo: 20000, price: 1 }, { upTo: 10000, price: 1 }, { upTo: null, price: 1 }),
    ],
    ['an end to the last block', ladder({ upTo: 20000, price: 1 })],
    ['two blocks without end', ladder({ upTo: null, price: 1 }, { upTo: null, price: 2 })],
    ['an empty first block', ladder({ upTo: 0, price: 1 }, { upTo: null, price: 2 })],
    ['a price of 0', ladder({ upTo: null, price: 0 })],
    [
      'eight blocks',
      ladder(...[1, 2, 3, 4, 5, 6, 7].map((upTo) => ({ upTo, price: 1 })), {
        upTo: null,
        price: 1,
      }),
    ],
    ['a key nobody knows', { ...tariff, vatt: 5 }],
    ['a least sale above the most', { ...tariff, sale: { least: 2, most: 1 } }],
  ])('%s', (_what, given) => {
    expect(Tariff.safeParse(given).success).toBe(false)
  })
})
