// A tariff as data: blocks, taxes, levies, charges and limits, as a utility writes them down (domain.md 10).
import { z } from 'zod'
import type { languages } from '../../domain/language.ts'
import { EnergyAmount, Money } from '../../domain/schema.ts'

const largestU32 = 0xffff_ffff

/** A name in every language that screens and receipts speak. */
export const Names = z.strictObject({
  en: z.string().min(1).max(60),
  zh: z.string().min(1).max(60),
  ar: z.string().min(1).max(60),
} satisfies Record<(typeof languages)[number], z.ZodString>)
export type Names = z.infer<typeof Names>

/** A day on the calendar of the town, `YYYY-MM-DD`; these sort as text. */
export const LocalDay = z.iso.date()

/** A price in 1/10000 of the main currency unit per kWh. */
const Price = z.int().min(0).max(largestU32)

/** A share or a rate in 1/10000: 1500 is 15 %. */
const Share = z.int().min(0).max(10_000)

/** One block of the ladder. `upTo` is its upper bound in 0.01 kWh of the period; null = the last block, no bound. */
export const TariffBlock = z.strictObject({
  upTo: EnergyAmount.nullable(),
  price: Price.min(1, 'must be a price above 0'),
})
export type TariffBlock = z.infer<typeof TariffBlock>

/** What comes on top of the price of a kWh. `share` levies are a share of the block's price and bear no VAT. */
export const Levy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('per kWh with VAT'), names: Names, price: Price }),
  z.strictObject({ kind: z.literal('per kWh without VAT'), names: Names, price: Price }),
  z.strictObject({ kind: z.literal('share of the price'), names: Names, share: Share }),
])
export type Levy = z.infer<typeof Levy>

/** How old debt is repaid (mode 01 of domain.md 10.1: a share of each payment). */
export const ArrearsPlan = z.strictObject({
  /** Of what is left of the tender after fee and fixed charges, in 1/10000. */
  share: Share,
  /** The most one payment repays; null = no cap. */
  cap: Money.nullable(),
  /** The least share of the tender less fee that stays for energy, in 1/10000. */
  leastEnergyShare: Share,
})
export type ArrearsPlan = z.infer<typeof ArrearsPlan>

/** Falls due once a calendar month. VAT is either in the amount or comes on top of it. */
export const FixedCharge = z.strictObject({
  names: Names,
  amount: Money,
  vat: z.enum(['included', 'on top']),
})
export type FixedCharge = z.infer<typeof FixedCharge>

const risingBounds = (blocks: readonly TariffBlock[]): boolean =>
  blocks.every(({ upTo }, place) => {
    if (place === blocks.length - 1) return upTo === null
    const before = place === 0 ? 0 : (blocks[place - 1]?.upTo ?? null)
    return upTo !== null && before !== null && upTo > before
  })

/** A tariff from the day it is valid; a later version has the same code and a later day. */
export const Tariff = z.strictObject({
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/, 'must be 1 to 16 of A-Z, 0-9 and -'),
  names: Names,
  validFrom: LocalDay,
  /** `rate` in 1/10000. `included`: block prices and levies with VAT have it in them already. */
  vat: z.strictObject({ rate: Share, included: z.boolean() }),
  ladder: z.strictObject({
    /** When the walk through the blocks starts again at 0: on the 1st of the month or of January, 00:00 local. */
    period: z.enum(['month', 'year']),
    /** At most 7, so that they fit EF03 and EF04 of the card (power-card.md 4.3). */
    blocks: z
      .array(TariffBlock)
      .min(1)
      .max(7)
      .refine(risingBounds, 'the bounds must rise, and only the last block, always, has none'),
  }),
  levies: z.array(Levy),
  fixedCharges: z.array(FixedCharge),
  /** The most months of fixed charges that can fall due at once, however long nothing was bought. */
  mostMonthsOfFixedCharges: z.int().min(1).max(120),
  arrears: ArrearsPlan,
  /** What a sale at a kiosk costs: a flat amount and a share of the tender in 1/10000, up to the cap (null = none). */
  channelFee: z.strictObject({
    flat: Money,
    share: Share.max(5000, 'must be at most half of the tender'),
    cap: Money.nullable(),
  }),
  /** Energy that comes free with the first purchase of a month. */
  freeUnitsPerMonth: EnergyAmount,
  /** The least and the most a customer may pay in one sale. */
  sale: z
    .strictObject({ least: Money, most: Money })
    .refine(
      ({ least, most }) => 0 < least && least <= most,
      'least must be above 0, not above most',
    ),
})
export type Tariff = z.infer<typeof Tariff>
