// What came in at each point of sale against what it became: no money without a sale, no sale without money (domain.md 16).
import type { ReceivedRow } from '../../../domain/console/figures.ts'
import { addUp, type Books, type Range } from '../../figures/adding-up.ts'
import type { Measured } from '../../figures/figure-tables.ts'
import { noMeasures, addMeasures } from '../../figures/lines.ts'
import { labelsOf } from './labels.ts'

/** Boxes and claims move money that was received before. */
const receiving = [
  'order funded',
  'order loaded',
  'order returned',
  'order returned to payer',
  'order undone',
  'notes booked',
  'payment booked',
  'payment given back',
  'delivery unpaid',
]

export const receivedTold = async (
  books: Books,
  of: { range: Range; kiosk?: string | undefined },
): Promise<{ rows: ReceivedRow[]; total: ReceivedRow }> => {
  const { range, kiosk } = of
  const chosen = kiosk === undefined ? {} : { kiosk }
  const sums = await addUp(books, { range, chosen, by: 'kiosk', kinds: receiving })
  const paid = await addUp(books, {
    range,
    chosen: { ...chosen, tender: 'account' },
    by: 'kiosk',
    kinds: ['order funded'],
  })
  const { places } = await labelsOf(books.read)
  const rows = [...sums]
    .map(([key, kinds]) => {
      const fromAccount = -(paid.get(key)?.get('order funded')?.account ?? 0)
      return receivedOf({ kiosk: key, place: places.get(key) ?? key, kinds, fromAccount })
    })
    .toSorted((one, other) => other.cash + other.bank - one.cash - one.bank)
  return { rows, total: rows.reduce(together, nothingReceived) }
}

/**
 * The money that passes through the customers' accounts is told apart: an order paid from one, and what went into one. So a
 * purchase from the account is no money received at the kiosk, and stands beside it.
 */
const receivedOf = (of: {
  kiosk: string
  place: string
  kinds: Map<string, Measured>
  fromAccount: number
}): ReceivedRow => {
  const { kiosk, place, fromAccount } = of
  const all = noMeasures()
  for (const row of of.kinds.values()) addMeasures(all, row)
  const toAccount = all.account + fromAccount
  const sold = all.fees + all.fixed + all.vat + all.supply + all.levies + all.arrears
  const { cash, bank, pending, suspense, unpaid } = all
  return {
    kiosk,
    place,
    cash,
    bank,
    fromAccount,
    sold,
    pending,
    toAccount,
    suspense,
    unpaid,
    difference: cash + bank + fromAccount + unpaid - sold - pending - toAccount - suspense,
  }
}

const nothingReceived: ReceivedRow = {
  kiosk: '',
  place: '',
  cash: 0,
  bank: 0,
  fromAccount: 0,
  sold: 0,
  pending: 0,
  toAccount: 0,
  suspense: 0,
  unpaid: 0,
  difference: 0,
}

const together = (one: ReceivedRow, other: ReceivedRow): ReceivedRow => ({
  kiosk: '',
  place: '',
  cash: one.cash + other.cash,
  bank: one.bank + other.bank,
  fromAccount: one.fromAccount + other.fromAccount,
  sold: one.sold + other.sold,
  pending: one.pending + other.pending,
  toAccount: one.toAccount + other.toAccount,
  suspense: one.suspense + other.suspense,
  unpaid: one.unpaid + other.unpaid,
  difference: one.difference + other.difference,
})
