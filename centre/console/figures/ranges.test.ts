// Ranges are compared with what comes before them, month by month where they are whole months.
import { describe, expect, it } from 'vitest'
import { rangeBefore, weekdayOf, yearBefore } from './ranges.ts'

describe('what a range is compared with', () => {
  it.each([
    ['2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30'],
    ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['2026-10-10', '2026-10-16', '2026-10-03', '2026-10-09'],
    ['2026-03-01', '2026-03-01', '2026-02-28', '2026-02-28'],
  ])('%s to %s comes after %s to %s', (from, to, before, through) => {
    expect(rangeBefore({ from, to })).toEqual({ from: before, to: through })
  })

  it('is a year earlier to the day, and whole where a month is', () => {
    expect(yearBefore({ from: '2028-02-29', to: '2028-02-29' })).toEqual({
      from: '2027-02-28',
      to: '2027-02-28',
    })
    expect(yearBefore({ from: '2027-02-01', to: '2027-02-28' }).to).toBe('2026-02-28')
    expect(yearBefore({ from: '2029-02-01', to: '2029-02-28' }).to).toBe('2028-02-29')
  })

  it('knows its weekdays from Monday on', () => {
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([1, 7])
  })
})
