// All that one meter and its card say by themselves, the gravest first. Pure.
import { cardInTwoPlaces } from './cards-in-two-places.ts'
import type { HomeFinding } from './found.ts'
import type { Home } from './home.ts'
import { countGap, countTooHigh } from './meter-counts.ts'
import { registersAgainstSales } from './meter-registers.ts'
import { meterTouched, meterWentBack } from './meter-touched.ts'

export const meterFindings = (home: Home, dayOf: (at: number) => string): HomeFinding[] =>
  [
    countTooHigh(home, dayOf),
    countGap(home, dayOf),
    ...registersAgainstSales(home, dayOf),
    meterWentBack(home, dayOf),
    meterTouched(home, dayOf),
    cardInTwoPlaces(home, dayOf),
  ].filter((finding) => finding !== null)
