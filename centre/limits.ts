// The least and the most a customer may pay now: the tariff's policy and the room that is left in the meter. Pure.
import type { SaleLimits } from '../domain/centre-messages.ts'
import { energy, type Energy } from '../domain/energy.ts'
import { least, minor, most } from '../domain/money.ts'
import { mostTenderWithin, tenderForEnergy, type Dues } from './tariffs/tariffs.ts'

/**
 * The limits of a sale; null when what fits into the meter is less than the least sale (13.1 check 10). `headroom`: the
 * energy that fits, free units included; null = no hoarding limit.
 */
export const limitsOf = (dues: Dues, headroom: Energy | null): SaleLimits | null => {
  const { sale } = dues.tariff
  const smallest = tenderForEnergy({
    ...dues,
    energy: energy(1),
    step: minor(1),
    ceiling: sale.most,
  })
  // Charges and debt may take even the most: then nothing can be bought, and the quote says so.
  const floor = most(sale.least, smallest?.exact ?? sale.most)
  if (headroom === null) return { least: floor, most: sale.most, mostEnergy: null }
  const fits = energy(headroom - dues.freeUnitsDue)
  if (fits <= 0) return null
  const ceiling = least(
    sale.most,
    mostTenderWithin({ ...dues, mostEnergy: fits, ceiling: sale.most }),
  )
  return ceiling < floor ? null : { least: floor, most: ceiling, mostEnergy: fits }
}
