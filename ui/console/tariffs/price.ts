// A price of a kWh as people write it: 1/10000 of the currency unit, with all its places.
import { town } from '../signed-in.ts'
import { format } from '../texts/format.ts'

/** `12000` is `¥1.2000`: the fourth place is money, over a year. */
export const priceText = (price: number): string =>
  new Intl.NumberFormat(format().locale, {
    style: 'currency',
    currency: town.value.currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  }).format(price / 10_000)

/** A share or a rate in 1/10000: `1500` is `15%`. */
export const shareText = (share: number): string =>
  new Intl.NumberFormat(format().locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    share / 10_000,
  )
