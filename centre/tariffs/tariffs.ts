// What a tender buys, and what a wish for energy costs: the order of deductions of domain.md 10.1, and its inverse.
import { energy, type Energy } from '../../domain/energy.ts'
import type { Language } from '../../domain/language.ts'
import { least, minor, minus, most, nothing, type Minor } from '../../domain/money.ts'
import type { PricedTender } from '../../domain/quote.ts'
import { buyEnergy, vatInside } from './tariff-ladder.ts'
import type { ArrearsPlan, Tariff } from './tariff-rules.ts'

/** The amount field of EF02 is a u32 (power-card.md 4.2): no tender can be larger. */
const largestTender = minor(0xffff_ffff)

/** What a quote depends on beside the tender, all as it stands at the moment of the quote. */
export type Dues = {
  tariff: Tariff
  /** Sold to the binding so far in the ladder's period (month or year), free units excluded. */
  monthToDate: Energy
  /** Fixed charges due, VAT included, and their months: `2026-11` or `2026-09/2026-11`. */
  fixedDue: { amount: Minor; period: string }
  arrearsBalance: Minor
  freeUnitsDue: Energy
  /** The language of the tariff's name in the quote; English unless said. */
  language?: Language
}

/**
 * Prices a tender: channel fee, fixed charges, arrears, then energy with VAT and levies; the free units due come with
 * it. `energy` 0 means that the tender buys nothing: the sale is to be refused.
 */
export const priceTender = (asked: Dues & { tender: Minor }): PricedTender => {
  const { tariff, tender, monthToDate, fixedDue, arrearsBalance } = asked
  const fee = channelFee(tariff, tender)
  const net = minus(tender, fee)
  const fixed = least(net, fixedDue.amount)
  const base = minus(net, fixed)
  const paid = repaid({ plan: tariff.arrears, balance: arrearsBalance, base, net })
  const gross = minus(base, paid)
  const bought = buyEnergy({ tariff, monthToDate, gross })
  return {
    tariff: { code: tariff.code, name: tariff.names[asked.language ?? 'en'] },
    tender,
    fee,
    fixed: { amount: fixed, vat: vatInside(fixed, tariff.vat.rate), period: fixedDue.period },
    arrears: { before: arrearsBalance, paid, after: minus(arrearsBalance, paid) },
    gross,
    ...bought,
    freeEnergy: asked.freeUnitsDue,
    residue: minus(gross, bought.charged),
  }
}

/**
 * The inverse: the smallest tender that buys at least this energy, free units not counted, and the same rounded up to
 * what the customer can pay in steps. A binary search is exact, because energy never falls when the tender grows. Null
 * when no tender up to `ceiling` is enough; `payable` may lie above `ceiling` by less than a step.
 */
export const tenderForEnergy = (
  asked: Dues & { energy: Energy; step: Minor; ceiling?: Minor },
): { exact: Minor; payable: Minor } | null => {
  const ceiling = asked.ceiling ?? largestTender
  const isEnough = (tender: number): boolean =>
    priceTender({ ...asked, tender: minor(tender) }).energy >= asked.energy
  if (!isEnough(ceiling)) return null
  let enough: number = ceiling
  let tooLittle = -1
  while (enough - tooLittle > 1) {
    const middle = Math.floor((enough + tooLittle) / 2)
    if (isEnough(middle)) enough = middle
    else tooLittle = middle
  }
  return { exact: minor(enough), payable: minor(Math.ceil(enough / asked.step) * asked.step) }
}

/** The largest tender up to `ceiling` that buys no more than this energy: the limit that a nearly full meter sets. */
export const mostTenderWithin = (asked: Dues & { mostEnergy: Energy; ceiling?: Minor }): Minor => {
  const ceiling = asked.ceiling ?? largestTender
  const tooMuch = energy(asked.mostEnergy + 1)
  const beyond = tenderForEnergy({ ...asked, energy: tooMuch, step: minor(1), ceiling })
  return beyond === null ? ceiling : most(nothing, minus(beyond.exact, minor(1)))
}

const channelFee = ({ channelFee: { flat, share, cap } }: Tariff, tender: Minor): Minor =>
  least(tender, minor(flat + shareDown(tender, share)), cap ?? tender)

/** Never more than the debt, the plan's share or its cap; what the plan keeps for energy comes before it. */
const repaid = (of: { plan: ArrearsPlan; balance: Minor; base: Minor; net: Minor }): Minor => {
  const { share, cap, leastEnergyShare } = of.plan
  const asked = least(of.balance, shareDown(of.base, share), cap ?? of.balance)
  const spared = minus(of.base, shareUp(of.net, leastEnergyShare))
  return most(nothing, least(asked, spared))
}

// In big integers, so that no product can lose a unit whatever the amounts are.
const shareDown = (amount: Minor, share: number): Minor =>
  minor(Number((BigInt(amount) * BigInt(share)) / 10_000n))

const shareUp = (amount: Minor, share: number): Minor =>
  minor(Number((BigInt(amount) * BigInt(share) + 9_999n) / 10_000n))
