// The forecast of the enquiry: simple enough to be checked by hand.
import { describe, expect, it } from 'vitest'
import { energy } from '../domain/energy.ts'
import { runsOutAt } from './forecast.ts'

const at = Date.UTC(2026, 9, 28, 11, 30)
const forecast = (remaining: number, usedThisMonth: number, usedLastMonth: number) => {
  const day = runsOutAt({
    remaining: energy(remaining),
    at,
    usedThisMonth: energy(usedThisMonth),
    usedLastMonth: energy(usedLastMonth),
    timeZone: 'Asia/Shanghai',
  })
  return day === null ? null : new Date(day).toISOString().slice(0, 10)
}

describe('the day the energy runs out', () => {
  it('comes from the mean of this and the last month: 433.20 kWh in 28 + 30 days, 18.90 left', () => {
    expect(forecast(1890, 31_210, 12_110)).toBe('2026-10-31')
  })

  it('does not count the days of a month in which nothing was used', () => {
    expect(forecast(1000, 2800, 0)).toBe('2026-11-07')
  })

  it('is not said when nothing was used, or when it is more than a year away', () => {
    expect(forecast(1890, 0, 0)).toBeNull()
    expect(forecast(1_000_000, 10, 10)).toBeNull()
  })

  it('is today when nothing is left', () => {
    expect(forecast(0, 100, 100)).toBe('2026-10-28')
  })
})
