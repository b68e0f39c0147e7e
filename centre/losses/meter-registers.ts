// Registers of a meter that cannot be, held against what was sold: more left, more used or more credited than came in. Pure.
//
// What was there before, and what was sold since, less what was used since, is what is left: exactly, for a meter counts in
// 0.01 kWh as the books do. Where it is not, energy came from nowhere, and the register that jumped says which way.
import type { LossPattern } from '../../domain/console/losses.ts'
import { placeOf, scoreOf, type HomeFinding } from './found.ts'
import type { Home, WriteBack } from './home.ts'
import { highestGiven, pairsOf, soldBetween, unique } from './meter-counts.ts'

type Step = {
  before: WriteBack
  now: WriteBack
  sold: number
  credited: number
  used: number
  pattern: LossPattern
  excess: number
}

const dayMs = 86_400_000

export const registersAgainstSales = (home: Home, dayOf: (at: number) => string): HomeFinding[] => {
  const given = highestGiven(home)
  const known = new Set([...home.purchases, ...home.earlier].map(({ count }) => count))
  const pairs = pairsOf(home.writeBacks)
  const usual = usualUse(pairs)
  const steps = pairs.flatMap(({ before, now }) => {
    // A count that nobody gave out or sold is a finding of its own: what came with it is told there.
    if (now.count > given) return []
    for (let count = before.count + 1; count <= now.count; count++) {
      if (!known.has(count)) return []
    }
    const step = stepOf(home, { before, now, usual })
    return step === null ? [] : [step]
  })
  return (
    ['remaining more than bought', 'use more than bought', 'credited not sold'] as const
  ).flatMap((pattern) => {
    const found = steps.filter((step) => step.pattern === pattern)
    return found.length === 0 ? [] : [findingOf(pattern, found, dayOf)]
  })
}

/** Null where the step is as it must be. */
const stepOf = (
  home: Home,
  { before, now, usual }: { before: WriteBack; now: WriteBack; usual: number },
): Step | null => {
  const sold = soldBetween(home, before.count, now.count)
  const credited = now.total_credited - before.total_credited
  const used = now.total_used - before.total_used
  const left = balanceOf(now) - balanceOf(before)
  const step = { before, now, sold, credited, used }
  const fromNowhere = left + used - sold
  if (fromNowhere > 0) {
    if (credited !== sold && credited - used === left) {
      return { ...step, pattern: 'credited not sold', excess: fromNowhere }
    }
    // Both registers together are too high; the one that is farther from this meter's own use is the one that jumped.
    const expected = (usual * Math.max(0, now.meter_time - before.meter_time)) / dayMs
    const isUse = Math.abs(used - expected) > Math.abs(left - (sold - expected))
    return {
      ...step,
      pattern: isUse ? 'use more than bought' : 'remaining more than bought',
      excess: fromNowhere,
    }
  }
  if (credited !== sold || fromNowhere < 0) {
    return { ...step, pattern: 'credited not sold', excess: Math.max(0, credited - sold) }
  }
  return null
}

/** What is in the meter: below zero in overdraft. */
const balanceOf = (it: WriteBack): number => it.remaining - it.overdraft_used

/** The middle of what it uses on a day, 0.01 kWh; a few forged steps do not move it. */
const usualUse = (pairs: readonly { before: WriteBack; now: WriteBack }[]): number => {
  const perDay = pairs
    .flatMap(({ before, now }) => {
      const days = (now.meter_time - before.meter_time) / dayMs
      return days > 0.5 ? [(now.total_used - before.total_used) / days] : []
    })
    .sort((one, other) => one - other)
  return perDay[Math.floor(perDay.length / 2)] ?? 0
}

const findingOf = (
  pattern: HomeFinding['pattern'],
  steps: readonly Step[],
  dayOf: (at: number) => string,
): HomeFinding => {
  const [first] = steps
  const last = steps.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('a finding has a step')
  const excess = steps.reduce((sum, step) => sum + step.excess, 0)
  const worst = steps.reduce((one, other) => (other.excess > one.excess ? other : one))
  return {
    pattern,
    since: dayOf(first.now.at),
    // A difference of the last digit may be a register that was cut off; ten kWh are not.
    score: scoreOf(excess === 0 ? 55 : 70 + 9 * Math.log10(1 + excess / 100)),
    lostEnergy: excess,
    why: {
      kind: 'registers',
      before: balanceOf(worst.before),
      sold: worst.sold,
      credited: worst.credited,
      used: worst.used,
      now: balanceOf(worst.now),
      excess,
      times: steps.length,
    },
    evidence: {
      writeBacks: unique(steps.flatMap(({ before, now }) => [before.write_back, now.write_back])),
    },
    through: placeOf(Math.max(...steps.map(({ now }) => now.write_back))),
  }
}
