// The limits of a sale: the tariff's policy, lowered to what fits into the meter.
import { describe, expect, it } from 'vitest'
import { energy } from '../domain/energy.ts'
import { minor } from '../domain/money.ts'
import { limitsOf } from './limits.ts'
import { standard } from './tariffs/tariff-fixtures.ts'
import { priceTender, type Dues } from './tariffs/tariffs.ts'

const dues: Dues = {
  tariff: standard,
  monthToDate: energy(4000),
  fixedDue: { amount: minor(1000), period: '2026-11' },
  arrearsBalance: minor(50_000),
  freeUnitsDue: energy(0),
}
const bought = (tender: number, of = dues) => priceTender({ ...of, tender: minor(tender) }).energy

describe('the limits of a sale', () => {
  it('are those of the tariff when the meter has no hoarding limit', () => {
    const limits = limitsOf(dues, null)
    expect(limits).toMatchObject({ most: standard.sale.most, mostEnergy: null })
  })

  it('begin where the tender buys its first 0.01 kWh beyond charges and debt', () => {
    const floor = limitsOf(dues, null)?.least ?? 0
    expect(bought(floor)).toBeGreaterThan(0)
    expect(bought(floor - 1)).toBe(0)
    expect(floor).toBeGreaterThan(standard.sale.least)
  })

  it('end where one minor unit more would not fit into the meter', () => {
    const ceiling = limitsOf(dues, energy(10_000))?.most ?? 0
    expect(bought(ceiling)).toBeLessThanOrEqual(10_000)
    expect(bought(ceiling + 1)).toBeGreaterThan(10_000)
  })

  it('leave room for the free units that come along', () => {
    const withFree = { ...dues, freeUnitsDue: energy(5000) }
    const limits = limitsOf(withFree, energy(10_000))
    expect(limits?.mostEnergy).toBe(5000)
    expect(bought(limits?.most ?? 0, withFree)).toBeLessThanOrEqual(5000)
  })

  it('are none when the meter is full, or nearly', () => {
    expect(limitsOf(dues, energy(0))).toBeNull()
    expect(limitsOf(dues, energy(-10))).toBeNull()
    const wholeLot = {
      ...dues,
      tariff: { ...standard, sale: { least: minor(90_000), most: minor(100_000) } },
    }
    expect(limitsOf(wholeLot, energy(100))).toBeNull()
  })
})
