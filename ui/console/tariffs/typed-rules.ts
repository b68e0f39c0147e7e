// A version as it is typed, and the version that is meant; the centre says whether it can be so. Pure.
import type { TariffRules } from '../../../domain/console/tariffs.ts'
import { fractionOf, hundredthsOf, typedOf } from '../customers/typed.ts'

export type TypedBlock = { upTo: string; price: string }
export type TypedRules = {
  validFrom: string
  vatRate: string
  blocks: TypedBlock[]
  levies: string[]
  fixed: string[]
  mostMonths: string
  arrearsShare: string
  arrearsCap: string
  arrearsLeast: string
  feeFlat: string
  feeShare: string
  feeCap: string
  free: string
  saleLeast: string
  saleMost: string
}

const orEmpty = (value: number | null): string => (value === null ? '' : typedOf(value))

export const typedRules = (rules: TariffRules): TypedRules => ({
  validFrom: '',
  vatRate: typedOf(rules.vat.rate),
  blocks: rules.ladder.blocks.map(({ upTo, price }) => ({
    upTo: orEmpty(upTo),
    price: typedOf(price, 4),
  })),
  levies: rules.levies.map((levy) =>
    'share' in levy ? typedOf(levy.share) : typedOf(levy.price, 4),
  ),
  fixed: rules.fixedCharges.map(({ amount }) => typedOf(amount)),
  mostMonths: String(rules.mostMonthsOfFixedCharges),
  arrearsShare: typedOf(rules.arrears.share),
  arrearsCap: orEmpty(rules.arrears.cap),
  arrearsLeast: typedOf(rules.arrears.leastEnergyShare),
  feeFlat: typedOf(rules.channelFee.flat),
  feeShare: typedOf(rules.channelFee.share),
  feeCap: orEmpty(rules.channelFee.cap),
  free: typedOf(rules.freeUnitsPerMonth),
  saleLeast: typedOf(rules.sale.least),
  saleMost: typedOf(rules.sale.most),
})

/** Or the fields that are no numbers. */
export const rulesMeant = (
  typed: TypedRules,
  base: TariffRules,
): { kind: 'rules'; rules: TariffRules } | { kind: 'no numbers'; where: string[] } => {
  const wrong: string[] = []
  const number = (where: string, text: string, places = 2): number => {
    const value = places === 2 ? hundredthsOf(text) : fractionOf(text, places)
    if (value === null) wrong.push(where)
    return value ?? 0
  }
  const orNull = (where: string, text: string): number | null =>
    text.trim() === '' ? null : number(where, text)
  const rules: TariffRules = {
    ...base,
    validFrom: typed.validFrom,
    vat: { ...base.vat, rate: number('vat.rate', typed.vatRate) },
    ladder: {
      ...base.ladder,
      blocks: typed.blocks.map(({ upTo, price }, place) => ({
        upTo: orNull(`ladder.blocks.${place}.upTo`, upTo),
        price: number(`ladder.blocks.${place}.price`, price, 4),
      })),
    },
    levies: base.levies.map((levy, place) => {
      const text = typed.levies[place] ?? ''
      return 'share' in levy
        ? { ...levy, share: number(`levies.${place}.share`, text) }
        : { ...levy, price: number(`levies.${place}.price`, text, 4) }
    }),
    fixedCharges: base.fixedCharges.map((charge, place) => ({
      ...charge,
      amount: number(`fixedCharges.${place}.amount`, typed.fixed[place] ?? ''),
    })),
    mostMonthsOfFixedCharges: number('mostMonthsOfFixedCharges', typed.mostMonths, 0),
    arrears: {
      share: number('arrears.share', typed.arrearsShare),
      cap: orNull('arrears.cap', typed.arrearsCap),
      leastEnergyShare: number('arrears.leastEnergyShare', typed.arrearsLeast),
    },
    channelFee: {
      flat: number('channelFee.flat', typed.feeFlat),
      share: number('channelFee.share', typed.feeShare),
      cap: orNull('channelFee.cap', typed.feeCap),
    },
    freeUnitsPerMonth: number('freeUnitsPerMonth', typed.free),
    sale: {
      least: number('sale.least', typed.saleLeast),
      most: number('sale.most', typed.saleMost),
    },
  }
  return wrong.length === 0 ? { kind: 'rules', rules } : { kind: 'no numbers', where: wrong }
}
