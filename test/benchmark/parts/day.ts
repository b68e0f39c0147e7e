// Sales of the seeded simulation with faults, an auditor after each (docs/decisions/2026-11-26-day.md).
import { availableParallelism } from 'node:os'
import { runDay } from '../../day/day.ts'
import type { Run } from '../figures.ts'
import { runsOf, type Part } from './part.ts'

const salesOf = { short: 4, full: 1_000 } as const

export const day: Part = {
  name: 'day',
  measure: async (size) => {
    const runs: Run[] = []
    for (let run = 0; run < runsOf(size); run++) {
      const began = performance.now()
      const workers = size === 'short' ? 1 : availableParallelism()
      const { totals, failures } = await runDay({ seed: run, sales: salesOf[size], workers })
      const [failure] = failures
      if (failure !== undefined) throw new Error(`seed ${failure.seed}: ${failure.flaw}`)
      runs.push({ ours: (totals.sales * 1000) / (performance.now() - began), floor: null })
    }
    return [
      {
        name: 'simulated sales with faults',
        unit: 'a second',
        goal: { kind: 'at least', value: 1_000 },
        runs,
        note: 'on all cores',
      },
    ]
  },
}
