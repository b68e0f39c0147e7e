// S7: random sales with random faults; at rest every meter has credited exactly what was sold, and the books balance.
//
// The short form runs with all tests. The long form: SALES_SEED=7 SALES_VISITS=1000000 vitest run centre/random-sales
import { describe, expect, it } from 'vitest'
import { patienceThere } from '../test/postgres/placed.ts'
import { randomSales } from '../test/random-sales.ts'

const seed = Number(process.env['SALES_SEED'] ?? 0)
const visits = Number(process.env['SALES_VISITS'] ?? 120)
const seeds = seed === 0 ? [1, 2] : [seed]
/** A visit takes some 20 ms; a long form takes as long as it takes. */
const limitMs = patienceThere(Math.max(60_000, visits * 200))

describe('P3 P5 S7: random sales', () => {
  it.each(seeds)(
    'nothing is lost and nothing doubled with seed %i',
    async (number) => {
      const { flaws, sold, undone, paid } = await randomSales({ seed: number, visits })
      expect({ seed: number, flaws }).toEqual({ seed: number, flaws: [] })
      expect(sold).toBeGreaterThan(visits / 20)
      expect(undone).toBeGreaterThan(0)
      expect(paid).toBeGreaterThan(0)
    },
    limitMs,
  )
})
