// The statistics findings rest on, against what is known of them.
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ascending, atLeast, middleOf, quantile } from './statistics.ts'

it('the likelihood of at least so many is one for none, falls with each, and is what it must be for coins', () => {
  expect(atLeast({ hits: 0, trials: 10, chance: 0.5 })).toBe(1)
  expect(atLeast({ hits: 10, trials: 10, chance: 0.5 })).toBeCloseTo(1 / 1024, 12)
  expect(atLeast({ hits: 5, trials: 10, chance: 0.5 })).toBeCloseTo(638 / 1024, 10)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (trials, chance) => {
        let before = 1
        for (let hits = 0; hits <= trials; hits++) {
          const now = atLeast({ hits, trials, chance })
          expect(now).toBeLessThanOrEqual(before + 1e-9)
          expect(now).toBeGreaterThanOrEqual(0)
          before = now
        }
      },
    ),
    { numRuns: 60 },
  )
})

it('a quantile lies within the numbers and does not fall as its share grows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (numbers, one, other) => {
        const sorted = ascending(numbers)
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(quantile(sorted, low)).toBeLessThanOrEqual(quantile(sorted, high) + 1e-9)
        expect(quantile(sorted, low)).toBeGreaterThanOrEqual(sorted[0] ?? 0)
        expect(quantile(sorted, high)).toBeLessThanOrEqual(sorted.at(-1) ?? 0)
      },
    ),
  )
})

it('a few liars among many move neither middle nor scatter far', () => {
  const honest = Array.from({ length: 100 }, (_, place) => 100 + (place % 11))
  const { middle, scatter } = middleOf(honest)
  const lied = middleOf([...honest, ...Array.from({ length: 10 }, () => 1_000_000)])
  expect(Math.abs(lied.middle - middle)).toBeLessThan(2)
  expect(Math.abs(lied.scatter - scatter)).toBeLessThan(3)
})
