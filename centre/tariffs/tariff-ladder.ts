// The walk through the blocks of a tariff: money to energy, and energy to money line by line (domain.md 10.1).
//
// Exact inside: money is counted in grains of 1e-8 minor unit, so that 0.01 kWh at any price, with VAT in 1/10000, is a
// whole number of them. Rounded only where domain.md rounds.
import { energy, noEnergy, plusEnergy, type Energy } from '../../domain/energy.ts'
import { least, minor, minus, nothing, type Minor } from '../../domain/money.ts'
import type { PricedTender, QuoteLine } from '../../domain/quote.ts'
import type { FixedCharge, Tariff, TariffBlock } from './tariff-rules.ts'

const whole = 10_000n
const grainsPerMinor = 100_000_000n

/** Energy taken from one block; `taken` in 0.01 kWh. */
type Step = { block: TariffBlock; place: number; taken: bigint }

type Bought = Pick<PricedTender, 'energy' | 'charged' | 'vat' | 'otherLevies' | 'lines'>

/** What an amount, VAT included, buys from the month-to-date on. `charged` is never more than `gross`. */
export const buyEnergy = (of: { tariff: Tariff; monthToDate: Energy; gross: Minor }): Bought => {
  const { tariff } = of
  const steps = stepsThrough(of)
  const sumOf = (part: keyof ReturnType<typeof grainsOf>): Minor =>
    inMinor(
      steps.reduce((sum, { block, taken }) => sum + taken * grainsOf(tariff, block)[part], 0n),
    )
  const { rate, included } = tariff.vat
  const charged = sumOf('all')
  const vatable = sumOf('withVat')
  const inside = vatInside(vatable, rate)
  const onTop = included ? nothing : inside
  const lines = linesOf({ tariff, steps, exclusive: minus(vatable, onTop) })
  return {
    energy: plusEnergy(noEnergy, ...lines.map((line) => line.energy)),
    charged,
    vat: { rate, amount: onTop, included: included ? inside : nothing },
    otherLevies: minus(charged, vatable),
    lines,
  }
}

/** The price of a kWh of a block with all taxes and levies in 1/10000, as card and meter show it (power-card.md 4.3). */
export const priceWithEverything = (tariff: Tariff, block: TariffBlock): number =>
  Number(roundHalfUp(grainsOf(tariff, block).all, whole))

/** One month of a fixed charge, VAT included. */
export const fixedChargeWithVat = ({ vat }: Tariff, charge: FixedCharge): Minor =>
  charge.vat === 'included'
    ? charge.amount
    : minor(Number(roundHalfUp(BigInt(charge.amount) * (whole + BigInt(vat.rate)), whole)))

/** The VAT inside an amount: the amount without VAT is rounded, the VAT takes the rest. */
export const vatInside = (amount: Minor, rate: number): Minor =>
  minus(amount, minor(Number(roundHalfUp(BigInt(amount) * whole, whole + BigInt(rate)))))

/** Fills the blocks in order; the next block only when the one before is full. */
const stepsThrough = (of: { tariff: Tariff; monthToDate: Energy; gross: Minor }): Step[] => {
  let left = BigInt(of.gross) * grainsPerMinor
  let from = BigInt(of.monthToDate)
  const steps: Step[] = []
  for (const [place, block] of of.tariff.ladder.blocks.entries()) {
    const room = block.upTo === null ? null : BigInt(block.upTo) - from
    if (room !== null && room <= 0n) continue
    const each = grainsOf(of.tariff, block).all
    const affordable = left / each
    const taken = room === null || affordable < room ? affordable : room
    if (taken > 0n) steps.push({ block, place, taken })
    if (taken !== room) break
    left -= taken * each
    from += taken
  }
  return steps
}

/** What 0.01 kWh of a block costs: without VAT, with VAT, and with the levies that bear none. */
const grainsOf = ({ vat, levies }: Tariff, { price }: TariffBlock) => {
  let taxed = BigInt(price)
  let untaxed = 0n
  for (const levy of levies)
    if (levy.kind === 'per kWh with VAT') taxed += BigInt(levy.price)
    else if (levy.kind === 'per kWh without VAT') untaxed += BigInt(levy.price) * whole
    else untaxed += BigInt(levy.share) * BigInt(price)
  const withVat = taxed * (whole + BigInt(vat.included ? 0 : vat.rate))
  return { withoutVat: taxed * whole, withVat, all: withVat + untaxed }
}

/** Rounded running totals, so that the lines add up to `exclusive`; the last line takes the difference of 1. */
const linesOf = (of: { tariff: Tariff; steps: Step[]; exclusive: Minor }): QuoteLine[] => {
  let exact = 0n
  let told = nothing
  return of.steps.map(({ block, place, taken }, index) => {
    exact += taken * grainsOf(of.tariff, block).withoutVat
    const isLast = index === of.steps.length - 1
    // A last line worth less than the difference must not fall below 0: then the line before gives it.
    const running = isLast ? of.exclusive : least(inMinor(exact), of.exclusive)
    const exclusive = minus(running, told)
    told = running
    return { block: place + 1, energy: energy(Number(taken)), price: block.price, exclusive }
  })
}

const inMinor = (grains: bigint): Minor => minor(Number(roundHalfUp(grains, grainsPerMinor)))

/** Nothing here is negative, so half up is half away from zero. */
const roundHalfUp = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator)
