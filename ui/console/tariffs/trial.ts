// The steps of a trial add up: what all of them together say of a version. Pure.
import type { TrialStep, TriedSale } from '../../../domain/console/tariffs.ts'

const extremes = 10

export const together = (one: TrialStep | null, other: TrialStep): TrialStep => {
  if (one === null) return other
  const sum = (of: (step: TrialStep) => number): number => of(one) + of(other)
  return {
    month: other.month,
    done: other.done,
    of: other.of,
    next: other.next,
    sales: sum(({ sales }) => sales),
    tender: sum(({ tender }) => tender),
    energy: sum(({ energy }) => energy),
    wouldBeEnergy: sum(({ wouldBeEnergy }) => wouldBeEnergy),
    revenue: sum(({ revenue }) => revenue),
    wouldBeRevenue: sum(({ wouldBeRevenue }) => wouldBeRevenue),
    vat: sum(({ vat }) => vat),
    wouldBeVat: sum(({ wouldBeVat }) => wouldBeVat),
    more: sum(({ more }) => more),
    less: sum(({ less }) => less),
    same: sum(({ same }) => same),
    reproduced: sum(({ reproduced }) => reproduced),
    refused: sum(({ refused }) => refused),
    winners: outermost([...one.winners, ...other.winners], -1),
    losers: outermost([...one.losers, ...other.losers], 1),
  }
}

const outermost = (sales: readonly TriedSale[], sign: 1 | -1): TriedSale[] =>
  sales.toSorted((a, b) => sign * (a.gain - b.gain)).slice(0, extremes)
