// A version in the making is tried on what was really sold last month: for the same money, what would each sale have been?
//
// Step by step, some hundred meters at a time, so that nobody waits for it and nothing is written. Of each sale the same
// things count as did then: what was due, what was owed, what had been sold before in the period. As a check of itself the trial
// runs the rules that made each sale as well, and counts how many come out to the last digit as they were sold.
import type { z } from 'zod'
import type { TrialAsked, TrialStep, TriedSale } from '../../../domain/console/tariffs.ts'
import { energy, noEnergy, plusEnergy, type Energy } from '../../../domain/energy.ts'
import { minor, minus, plus, type Minor } from '../../../domain/money.ts'
import { Quote, type PricedTender } from '../../../domain/quote.ts'
import { parsedTariff, tariffsOf } from '../../dues.ts'
import {
  fixedChargesDue,
  freeUnitsDue,
  ladderStart,
  tariffInForce,
} from '../../tariffs/tariff-calendar.ts'
import type { ArrearsPlan, Tariff } from '../../tariffs/tariff-rules.ts'
import { priceTender, type Dues } from '../../tariffs/tariffs.ts'
import { refusedAs, told, type Looking, type Told } from '../asking.ts'
import { draftRow } from './tariff-drafts.ts'
import { monthBefore, salesOf, type SaleThen } from './sales-of-month.ts'
import { todayOf } from './tariffs-in-office.ts'

/** Meters a step. */
const stepOf = 250
/** The customers who would gain most, and those who would lose most. */
const extremes = 10

type Tried = { sale: SaleThen; was: PricedTender; is: PricedTender | null; reproduced: boolean }

export const tryVersion = async (
  looking: Looking,
  { draft, after }: z.infer<typeof TrialAsked>,
): Promise<Told<TrialStep>> => {
  const { read } = looking
  const row = await draftRow(read, draft)
  if (row === undefined) return refusedAs(404, 'no such draft')
  const rules = parsedTariff(row.rules)
  const month = monthBefore(todayOf(looking))
  const versions = await tariffsOf({ work: read }, rules.code)
  const { bindings, sales, done, of } = await salesOf(read, {
    code: rules.code,
    month,
    yearly: [rules, ...versions].some(({ ladder }) => ladder.period === 'year'),
    after: after ?? null,
    limit: stepOf,
  })
  const tried = triedOn(sales, { rules, versions, month })
  return told({
    ...summed(tried),
    month,
    done,
    of,
    next: bindings.length === stepOf ? (bindings.at(-1) ?? null) : null,
  })
}

type Walk = {
  binding: string
  /** Sold before in the period: as it was, and as it would have been. */
  asSold: Energy
  wouldBe: Energy
}

/** In the order of their binding and time: what one sale leaves, the next one finds. */
const triedOn = (
  sales: readonly SaleThen[],
  of: { rules: Tariff; versions: readonly Tariff[]; month: string },
): Tried[] => {
  let walk: Walk = { binding: '', asSold: noEnergy, wouldBe: noEnergy }
  const tried: Tried[] = []
  for (const sale of sales) {
    const was = Quote.parse(JSON.parse(sale.priced))
    if (was.tariff.code !== of.rules.code) continue
    const inForce = tariffInForce(of.versions, { code: of.rules.code, day: sale.day })
    if (walk.binding !== sale.binding) {
      const { binding } = sale
      walk = {
        binding,
        asSold: soldBefore(sale, inForce ?? of.rules, of.month),
        wouldBe: soldBefore(sale, of.rules, of.month),
      }
    }
    const again =
      inForce === null
        ? null
        : priceTender({ ...duesThen(sale, was, inForce, walk.asSold), tender: was.tender })
    const is = wouldBe(sale, was, { rules: of.rules, monthToDate: walk.wouldBe })
    tried.push({ sale, was, is, reproduced: again !== null && isSame(again, was) })
    walk = {
      ...walk,
      asSold: plusEnergy(walk.asSold, was.energy),
      wouldBe: plusEnergy(walk.wouldBe, is?.energy ?? noEnergy),
    }
  }
  return tried
}

/** What had been sold when the month began, or before these books in the same period. */
const soldBefore = (sale: SaleThen, tariff: Tariff, month: string): Energy => {
  const start = ladderStart(tariff, `${month}-01`)
  const opening = start.startsWith(sale.openingPeriod) ? sale.openingEnergy : noEnergy
  return plusEnergy(tariff.ladder.period === 'year' ? sale.soldBeforeMonth : noEnergy, opening)
}

const withPlan = (tariff: Tariff, plan: ArrearsPlan | null): Tariff =>
  plan === null ? tariff : { ...tariff, arrears: plan }

const duesThen = (sale: SaleThen, was: Quote, tariff: Tariff, monthToDate: Energy): Dues => ({
  tariff: withPlan(tariff, sale.plan),
  monthToDate,
  fixedDue: { amount: sale.fixedDue, period: was.fixed.period },
  arrearsBalance: was.arrears.before,
  freeUnitsDue: was.freeEnergy,
})

/** Null: it would not have been sold at all. */
const wouldBe = (
  sale: SaleThen,
  was: Quote,
  { rules, monthToDate }: { rules: Tariff; monthToDate: Energy },
): PricedTender | null => {
  const { tender } = was
  if (tender < rules.sale.least || tender > rules.sale.most) return null
  const { before, day } = sale
  const priced = priceTender({
    ...duesThen(sale, was, rules, monthToDate),
    fixedDue:
      before === null
        ? { amount: sale.fixedDue, period: was.fixed.period }
        : fixedChargesDue({ tariff: rules, ...before, day }),
    freeUnitsDue:
      before === null
        ? was.freeEnergy
        : freeUnitsDue({ tariff: rules, lastGiven: before.freeUnitsGiven, day }),
    tender,
  })
  return priced.energy === noEnergy ? null : priced
}

const isSame = (one: PricedTender, other: PricedTender): boolean =>
  one.energy === other.energy &&
  one.charged === other.charged &&
  one.fixed.amount === other.fixed.amount &&
  one.arrears.paid === other.arrears.paid &&
  vatIn(one) === vatIn(other)

const vatIn = ({ fixed, vat }: PricedTender): Minor => plus(fixed.vat, vat.amount, vat.included)
const energyIn = (priced: PricedTender | null): Energy =>
  priced === null ? noEnergy : plusEnergy(priced.energy, priced.freeEnergy)
/** What stays with the authority: no VAT, no old debt, nothing that is the customer's again. */
const revenueIn = (priced: PricedTender): Minor =>
  minus(plus(priced.fee, priced.fixed.amount, priced.charged), vatIn(priced))

const saleIn = ({ sale, was, is }: Tried): TriedSale => {
  const [had, would] = [energyIn(was), energyIn(is)]
  return {
    orderNumber: sale.orderNumber,
    at: sale.at,
    tender: was.tender,
    energy: had,
    wouldBe: would,
    gain: had === 0 ? 0 : Math.round(((would - had) * was.charged) / had),
  }
}

const summed = (tried: readonly Tried[]): Omit<TrialStep, 'month' | 'done' | 'of' | 'next'> => {
  const sum = (of: (it: Tried) => number): number => tried.reduce((all, it) => all + of(it), 0)
  const count = (is: (it: Tried) => boolean): number => tried.filter(is).length
  const sales = tried.map(saleIn)
  const byGain = sales.toSorted((one, other) => other.gain - one.gain)
  return {
    sales: tried.length,
    tender: minor(sum(({ was }) => was.tender)),
    energy: energy(sum(({ was }) => energyIn(was))),
    wouldBeEnergy: energy(sum(({ is }) => energyIn(is))),
    revenue: sum(({ was }) => revenueIn(was)),
    wouldBeRevenue: sum(({ is }) => (is === null ? 0 : revenueIn(is))),
    vat: sum(({ was }) => vatIn(was)),
    wouldBeVat: sum(({ is }) => (is === null ? 0 : vatIn(is))),
    more: count(({ was, is }) => energyIn(is) > energyIn(was)),
    less: count(({ was, is }) => energyIn(is) < energyIn(was)),
    same: count(({ was, is }) => energyIn(is) === energyIn(was)),
    reproduced: count(({ reproduced }) => reproduced),
    refused: count(({ is }) => is === null),
    winners: byGain.slice(0, extremes).filter(({ gain }) => gain > 0),
    losers: byGain
      .toReversed()
      .slice(0, extremes)
      .filter(({ gain }) => gain < 0),
  }
}
