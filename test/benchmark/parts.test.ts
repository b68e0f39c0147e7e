// The short form of `npm run benchmark`: every part of it runs to its end and measures something. How fast is not tested here.
import { describe, expect, it } from 'vitest'
import { heldOf, isMet, summaryOf, tableOf, type Figure } from './figures.ts'
import { parts } from './parts.ts'

describe('a part of the benchmark', () => {
  it.each(parts)('measures: $name', { timeout: 120_000 }, async ({ measure }) => {
    const measured = await measure('short')
    // What this machine cannot run is said, and is no measurement.
    if ('notRun' in measured) return expect(measured.notRun).not.toBe('')
    expect(measured.length).toBeGreaterThan(0)
    for (const { runs } of measured) {
      expect(runs.length).toBeGreaterThan(0)
      for (const { ours, floor } of runs) {
        expect(ours).toBeGreaterThanOrEqual(0)
        if (floor !== null) expect(floor).toBeGreaterThan(0)
      }
    }
  })
})

describe('a figure', () => {
  const figure: Figure = {
    name: 'entries',
    unit: 'a second',
    goal: { kind: 'at least', value: 0.9 },
    runs: [
      { ours: 90, floor: 100 },
      { ours: 50, floor: 100 },
      { ours: 98, floor: 100 },
    ],
    note: 'bare',
  }

  it('is the median of its runs, and says how far they lie apart', () => {
    expect(summaryOf([4, 1, 3, 2])).toEqual({ least: 1, median: 2.5, most: 4 })
    expect(heldOf(figure)).toEqual({ least: 0.5, median: 0.9, most: 0.98 })
    expect(tableOf([figure])).toContain('| 0.90 (0.50 to 0.98) | at least 0.9 of it | met |')
  })

  it('is held against its goal by the ratio of each run, or by itself where there is no floor', () => {
    expect(isMet(figure)).toBe(true)
    expect(isMet({ ...figure, goal: { kind: 'at least', value: 0.91 } })).toBe(false)
    const alone = { ...figure, runs: [{ ours: 41, floor: null }] }
    expect(isMet({ ...alone, goal: { kind: 'at most', value: 40 } })).toBe(false)
    expect(isMet({ ...alone, goal: { kind: 'at most', value: 41 } })).toBe(true)
  })
})
