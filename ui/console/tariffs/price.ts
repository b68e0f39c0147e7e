// Shares and rates of a tariff as people write them.
import { format } from '../texts/format.ts'

/** A price of a kWh in 1/10000 of the currency unit: `12000` is `¥1.2000`. */
export const priceText = (price: number): string => format().price(price)

/** A share or a rate in 1/10000: `1500` is `15%`. */
export const shareText = (share: number): string =>
  new Intl.NumberFormat(format().locale, { style: 'percent', maximumFractionDigits: 2 }).format(
    share / 10_000,
  )
