// The tariffs of the sample town: a ladder with a fixed charge, a social one, a night one about to change, a dear one.
import type { ImportInput } from '../../../centre/importing/import-file.ts'

type TariffInput = NonNullable<ImportInput['tariffs']>[number]

const vat = { rate: 1500, included: false }
const noArrears = { share: 0, cap: null, leastEnergyShare: 0 }
const noFee = { flat: 0, share: 0, cap: null }
const sale = { least: 500, most: 200_000 }

/** `today` and `nextMonth` are days of the town's calendar, the latter the first of the month to come. */
export const townTariffs = (of: { today: string; nextMonth: string }): TariffInput[] => {
  const validFrom = `${of.today.slice(0, 4)}-01-01`
  const night: TariffInput = {
    code: 'N1',
    names: { en: 'Night', zh: '夜间电价', ar: 'تعرفة ليلية' },
    validFrom,
    vat,
    ladder: { period: 'month', blocks: [{ upTo: null, price: 8_000 }] },
    levies: [
      {
        kind: 'per kWh with VAT',
        names: { en: 'Fuel levy', zh: '燃料附加费', ar: 'رسم الوقود' },
        price: 1_000,
      },
      {
        kind: 'per kWh without VAT',
        names: { en: 'Regulator', zh: '监管费', ar: 'رسم الهيئة' },
        price: 200,
      },
    ],
    fixedCharges: [],
    mostMonthsOfFixedCharges: 12,
    arrears: noArrears,
    channelFee: noFee,
    freeUnitsPerMonth: 0,
    sale,
  }
  return [
    {
      code: 'R1',
      names: { en: 'Residential', zh: '居民阶梯电价', ar: 'منزلي' },
      validFrom,
      vat,
      ladder: {
        period: 'month',
        blocks: [
          { upTo: 10_000, price: 12_000 },
          { upTo: 40_000, price: 15_000 },
          { upTo: null, price: 21_000 },
        ],
      },
      levies: [],
      fixedCharges: [
        {
          names: { en: 'Meter and line', zh: '表计与线路费', ar: 'العداد والخط' },
          amount: 1_000,
          vat: 'included',
        },
      ],
      mostMonthsOfFixedCharges: 12,
      arrears: { share: 3_000, cap: null, leastEnergyShare: 2_000 },
      channelFee: noFee,
      freeUnitsPerMonth: 0,
      sale,
    },
    {
      code: 'S1',
      names: { en: 'Social', zh: '社会优惠电价', ar: 'اجتماعي' },
      validFrom,
      vat,
      ladder: {
        period: 'month',
        blocks: [
          { upTo: 15_000, price: 7_000 },
          { upTo: null, price: 14_000 },
        ],
      },
      levies: [],
      fixedCharges: [],
      mostMonthsOfFixedCharges: 12,
      arrears: noArrears,
      channelFee: noFee,
      freeUnitsPerMonth: 5_000,
      sale,
    },
    night,
    {
      ...night,
      validFrom: of.nextMonth,
      ladder: { period: 'month', blocks: [{ upTo: null, price: 8_600 }] },
    },
    {
      code: 'H1',
      names: { en: 'Holiday home', zh: '度假房电价', ar: 'منزل عطلات' },
      validFrom,
      vat,
      ladder: { period: 'year', blocks: [{ upTo: null, price: 32_000 }] },
      levies: [
        {
          kind: 'share of the price',
          names: { en: 'Rural levy', zh: '农网附加费', ar: 'رسم ريفي' },
          share: 500,
        },
      ],
      fixedCharges: [
        {
          names: { en: 'Connection', zh: '接入费', ar: 'التوصيل' },
          amount: 2_500,
          vat: 'on top',
        },
      ],
      mostMonthsOfFixedCharges: 3,
      arrears: noArrears,
      channelFee: { flat: 100, share: 50, cap: 300 },
      freeUnitsPerMonth: 0,
      sale,
    },
  ]
}
