// A binding price, line by line, that anyone can add up (domain.md 10).
import { z } from 'zod'
import { QuoteId, SaleId } from './identifiers.ts'
import { EnergyAmount, Moment, Money } from './schema.ts'

/** One tariff block of a quote: so much energy at one price, without VAT. */
export const QuoteLine = z.object({
  /** 1 for the first block of the tariff. */
  block: z.int().positive(),
  energy: EnergyAmount,
  /** 1/10000 of the main currency unit per kWh, without VAT unless the tariff includes it. */
  price: z.int().nonnegative(),
  /** Money for this block without VAT. */
  exclusive: Money,
})
export type QuoteLine = z.infer<typeof QuoteLine>

/**
 * What a tender buys. Always: fee + fixed.amount + arrears.paid + charged + residue = tender;
 * lines' exclusive + vat.amount + otherLevies = charged; energy = sum of the lines' energy.
 */
export const PricedTender = z.object({
  tariff: z.object({ code: z.string(), name: z.string() }),
  /** What the customer pays. */
  tender: Money,
  /** Channel fee. */
  fee: Money,
  /** Fixed charges taken from this tender (VAT included), the VAT in it, and for what period. */
  fixed: z.object({ amount: Money, vat: Money, period: z.string() }),
  arrears: z.object({ before: Money, paid: Money, after: Money }),
  /** Money left for energy, VAT included. */
  gross: Money,
  /** Energy bought, without free units. */
  energy: EnergyAmount,
  /** Free units that come with the order at price 0. */
  freeEnergy: EnergyAmount,
  /** What the energy costs with VAT and levies; the amount in EF02. */
  charged: Money,
  /** What rounding left: goes to the customer's account. */
  residue: Money,
  /**
   * VAT rate in 1/10000. `amount` comes on top of the lines. Where the tariff's prices include VAT, `amount` is 0 and
   * `included` is the VAT inside the lines; elsewhere `included` is 0. The VAT in `charged` is the sum of the two.
   */
  vat: z.object({ rate: z.int().nonnegative(), amount: Money, included: Money }),
  otherLevies: Money,
  lines: z.array(QuoteLine),
})
export type PricedTender = z.infer<typeof PricedTender>

/** A priced tender the centre is bound to until it expires. */
export const Quote = PricedTender.extend({
  quoteId: QuoteId,
  saleId: SaleId,
  expiresAt: Moment,
})
export type Quote = z.infer<typeof Quote>
