// The tariff that the tests of the tariff start from: standard tariff A of domain.md 10.2.
import { Tariff, type ArrearsPlan } from './tariff-rules.ts'

export const names = { en: 'Tariff', zh: '电价', ar: 'تعرفة' }
export const noArrears: ArrearsPlan = { share: 0, cap: null, leastEnergyShare: 0 }

export const standard = Tariff.parse({
  code: 'A',
  names,
  validFrom: '2026-01-01',
  vat: { rate: 1500, included: false },
  ladder: {
    period: 'month',
    blocks: [
      { upTo: 10000, price: 12000 },
      { upTo: 40000, price: 15000 },
      { upTo: null, price: 21000 },
    ],
  },
  levies: [],
  fixedCharges: [{ names, amount: 1000, vat: 'included' }],
  mostMonthsOfFixedCharges: 12,
  arrears: { share: 3000, cap: null, leastEnergyShare: 0 },
  channelFee: { flat: 0, share: 0, cap: null },
  freeUnitsPerMonth: 0,
  sale: { least: 500, most: 1_000_000 },
})
