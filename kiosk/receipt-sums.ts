// What became of the money a customer paid, line by line, so that anyone can add it up (domain.md 10.1). Pure.
import { noEnergy, type Energy } from '../domain/energy.ts'
import { minor, minus, plus, type Minor } from '../domain/money.ts'
import type { SaleContext } from '../state-machines/sale-context.ts'
import { inserted } from '../state-machines/taking-cash.ts'

export type MoneyLine = { amount: Minor } & (
  | { what: 'fee' | 'arrears' | 'levies' | 'account' }
  | { what: 'fixed'; period: string }
  /** One tariff block; `price` in 1/10000 of the currency unit per kWh. */
  | { what: 'block'; energy: Energy; price: number }
  /** `rate` in 1/10000. */
  | { what: 'vat'; rate: number }
  /** Where the price is not known line by line: the energy as a whole, and all the rest. */
  | { what: 'energy' | 'other' }
)

/** Everything the customer paid in this sale. */
export const paidOf = ({ tender, notes, quote, order }: SaleContext): Minor =>
  tender === 'cash' ? inserted(notes) : (quote?.tender ?? order?.tender ?? minor(0))

/** Where it went. The amounts add up to `paidOf`, always; lines of nothing are left out. */
export const moneyLines = (sale: SaleContext): MoneyLine[] => {
  const { quote, order } = sale
  const paid = paidOf(sale)
  const all: MoneyLine[] =
    quote === null
      ? [
          { what: 'energy', amount: order?.charged ?? minor(0) },
          { what: 'other', amount: minus(paid, order?.charged ?? minor(0)) },
        ]
      : [
          { what: 'fee', amount: quote.fee },
          {
            what: 'fixed',
            amount: quote.fixed.amount,
            period: quote.fixed.period,
          },
          { what: 'arrears', amount: quote.arrears.paid },
          ...quote.lines.map(({ energy, price, exclusive }): MoneyLine => ({
            what: 'block',
            amount: exclusive,
            energy,
            price,
          })),
          { what: 'vat', amount: quote.vat.amount, rate: quote.vat.rate },
          { what: 'levies', amount: quote.otherLevies },
          // What was put in beyond the price, and what rounding left.
          { what: 'account', amount: plus(minus(paid, quote.tender), quote.residue) },
        ]
  return all.filter(
    (line) => line.amount !== 0 || (line.what === 'block' && line.energy > noEnergy),
  )
}

/** How many of each note, the largest first. */
export const notesByValue = ({ notes }: SaleContext): { value: Minor; count: number }[] =>
  [...new Set(notes.map(({ value }) => value))]
    .sort((a, b) => b - a)
    .map((value) => ({ value, count: notes.filter((note) => note.value === value).length }))
