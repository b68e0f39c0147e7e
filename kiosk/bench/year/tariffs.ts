// The tariffs of the year: a residential ladder, a social one, one for business and one for holiday homes. All rise once.
import { Tariff } from '../../../centre/tariffs/tariff-rules.ts'
import { monthBefore, monthOf } from './calendar.ts'

const vat = { rate: 1500, included: false }
const noFee = { flat: 0, share: 0, cap: null }
const sale = { least: 500, most: 200_000 }
const arrears = { share: 3_000, cap: 20_000, leastEnergyShare: 2_000 }

const charge = (amount: number) => [
  {
    names: { en: 'Meter and line', zh: '表计与线路费', ar: 'العداد والخط' },
    amount,
    vat: 'included' as const,
  },
]

type Prices = { [Code in 'RES' | 'SOC' | 'COM' | 'HOL']: readonly number[] }

const before: Prices = {
  RES: [11_500, 14_400, 20_000],
  SOC: [6_800, 13_600],
  COM: [15_200],
  HOL: [30_000],
}
const after: Prices = {
  RES: [12_000, 15_000, 21_000],
  SOC: [7_000, 14_000],
  COM: [16_000],
  HOL: [32_000],
}
const toCome: Prices = {
  RES: [12_400, 15_500, 21_800],
  SOC: [7_000, 14_000],
  COM: [16_500],
  HOL: [33_000],
}

/** Every version that was in force since a day, and one that will be from the month after next. Parsed. */
export const yearTariffs = ({ from, now }: { from: number; now: number }): Tariff[] => {
  const since = `${monthBefore(monthOf(from), 12)}-01`
  const rise = `${monthBefore(monthOf(now), 5)}-01`
  const next = `${monthBefore(monthOf(now), -2)}-01`
  return [
    ...version(since, before),
    ...(rise > since ? version(rise, after) : []),
    ...version(next, toCome),
  ]
}

const version = (validFrom: string, prices: Prices): Tariff[] =>
  [
    {
      code: 'RES',
      names: { en: 'Home', zh: '居民电价', ar: 'سكني' },
      ladder: { period: 'month', blocks: blocks([12_000, 30_000], prices.RES) },
      levies: [],
      fixedCharges: charge(800),
    },
    {
      code: 'SOC',
      names: { en: 'Home, social', zh: '居民优惠电价', ar: 'سكني اجتماعي' },
      ladder: { period: 'month', blocks: blocks([15_000], prices.SOC) },
      levies: [],
      fixedCharges: [],
      freeUnitsPerMonth: 2_000,
    },
    {
      code: 'COM',
      names: { en: 'Business', zh: '商业电价', ar: 'تجاري' },
      ladder: { period: 'month', blocks: blocks([], prices.COM) },
      levies: [
        {
          kind: 'per kWh without VAT',
          names: { en: 'Regulator', zh: '监管费', ar: 'رسم الهيئة' },
          price: 200,
        },
      ],
      fixedCharges: charge(2_500),
    },
    {
      code: 'HOL',
      names: { en: 'Holiday home', zh: '度假房电价', ar: 'منزل عطلات' },
      ladder: { period: 'year', blocks: blocks([], prices.HOL) },
      levies: [],
      fixedCharges: charge(2_000),
      mostMonthsOfFixedCharges: 3,
      channelFee: { flat: 100, share: 50, cap: 300 },
    },
  ].map((each) =>
    Tariff.parse({
      validFrom,
      vat,
      sale,
      mostMonthsOfFixedCharges: 6,
      arrears,
      channelFee: noFee,
      freeUnitsPerMonth: 0,
      ...each,
    }),
  )

const blocks = (bounds: readonly number[], prices: readonly number[]) =>
  prices.map((price, place) => ({ upTo: bounds[place] ?? null, price }))
