// Sums of postings as the pages show them: what was sold, and what went back or came otherwise.
import type { Otherwise, Sold } from '../../../domain/console/figures.ts'
import type { Sums } from '../../figures/adding-up.ts'
import { soldKinds, type Measured, type SoldMeasure } from '../../figures/figure-tables.ts'

export const nothingSold: Sold = {
  orders: 0,
  energy: 0,
  freeEnergy: 0,
  tendered: 0,
  charged: 0,
  fees: 0,
  fixed: 0,
  vat: 0,
  supply: 0,
  levies: 0,
  arrears: 0,
  toAccount: 0,
}

export const soldOf = (row: Record<SoldMeasure, number>): Sold => ({
  orders: row.orders,
  energy: row.energy,
  freeEnergy: row.free_energy,
  tendered: row.tendered,
  charged: row.charged,
  fees: row.fees,
  fixed: row.fixed,
  vat: row.vat,
  supply: row.supply,
  levies: row.levies,
  arrears: row.arrears,
  // What an undone order puts into the account is its tender going back, and no residue of a sale.
  toAccount: row.tendered - charges(row),
})

const charges = (row: Record<SoldMeasure, number>): number =>
  row.fees + row.fixed + row.vat + row.supply + row.levies + row.arrears

export const soldTogether = (one: Sold, other: Sold): Sold => ({
  orders: one.orders + other.orders,
  energy: one.energy + other.energy,
  freeEnergy: one.freeEnergy + other.freeEnergy,
  tendered: one.tendered + other.tendered,
  charged: one.charged + other.charged,
  fees: one.fees + other.fees,
  fixed: one.fixed + other.fixed,
  vat: one.vat + other.vat,
  supply: one.supply + other.supply,
  levies: one.levies + other.levies,
  arrears: one.arrears + other.arrears,
  toAccount: one.toAccount + other.toAccount,
})

/** Of the postings that deliver and undo, by what they were counted together. */
export const soldByKey = (sums: Sums): Map<string, Sold> =>
  new Map(
    [...sums].flatMap(([key, kinds]) => {
      const own = soldKinds.flatMap((kind) => kinds.get(kind) ?? [])
      return own.length === 0 ? [] : [[key, own.map(soldOf).reduce(soldTogether)] as const]
    }),
  )

export const soldAltogether = (sums: Sums): Sold =>
  [...soldByKey(sums).values()].reduce(soldTogether, nothingSold)

/** The ordinary sale is told above these; a box that moves is no sale at all. */
export const besideSales = ['order loaded', 'order funded', 'box removed', 'box counted']

/** Kind by kind, the ordinary sale left out: each a row of its own. */
export const otherwiseIn = (sums: Sums, leftOut: readonly string[]): Otherwise[] => {
  const kinds = new Map<string, Otherwise>()
  for (const each of sums.values()) {
    for (const [kind, row] of each) {
      if (leftOut.includes(kind)) continue
      const before = kinds.get(kind) ?? { kind, postings: 0, amount: 0 }
      kinds.set(kind, {
        kind,
        postings: before.postings + row.postings,
        amount: before.amount + amountOf(kind, row),
      })
    }
  }
  return [...kinds.values()].toSorted((one, other) => (one.kind < other.kind ? -1 : 1))
}

/** What a posting of a kind moves, above zero: the whole of an order that goes back, the notes in a box that leaves. */
export const amountOf = (kind: string, row: Measured): number => {
  switch (kind) {
    case 'order loaded':
      return row.tendered
    case 'order undone':
      return -row.tendered
    case 'order funded':
    case 'order taken over':
      return row.pending
    case 'order returned':
    case 'order returned to payer':
      return -row.pending
    case 'notes booked':
      return row.cash
    case 'payment booked':
      return row.bank
    case 'payment given back':
      return -row.account - row.suspense + row.unpaid
    case 'delivery unpaid':
      return row.unpaid
    case 'claim redeemed':
    case 'claim paid':
      return -row.suspense
    case 'box removed':
      return -row.cash
    case 'box counted':
      return row.office
    default:
      // Debits and credits are the same sum: the one that is above zero.
      return debitsOf(row)
  }
}

const debitsOf = (row: Measured): number => {
  const { cash, bank, unpaid, transit, differences, office, other } = row
  const { pending, account, suspense, fees, fixed, vat, supply, levies, arrears } = row
  const debits = [cash, bank, unpaid, transit, differences, office, other]
  const credits = [pending, account, suspense, fees, fixed, vat, supply, levies, arrears]
  const above = (sums: number[]) => sums.filter((sum) => sum > 0)
  return [...above(debits), ...above(credits.map((sum) => -sum))].reduce((sum, it) => sum + it, 0)
}
