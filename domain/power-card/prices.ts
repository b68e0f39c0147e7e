// EF03 and EF04: the prices of now and of later, for the customer to see on the meter (power-card.md 4.3).
import { energy, type Energy } from '../energy.ts'
import { bcd, concat, digitsAt, u32, u32At, u8, u8At } from './bytes.ts'
import { cardFiles } from './layout.ts'
import { localTimeAt, writeLocalTime, type LocalTime } from './local-time.ts'

/** Prices in 1/10000 of the main currency unit per kWh, with all taxes and levies. */
export type Prices = {
  which: 'current' | 'standby'
  /** At most 32. */
  rates: readonly number[]
  /** At most 6, rising. */
  thresholds: readonly Energy[]
  /** One more than there are thresholds. */
  ladderPrices: readonly number[]
  /** At most 3, each `MMDDhh`; month 99 = every month. */
  resetDates: readonly string[]
  /** EF04 only. */
  standbyLadderFrom: LocalTime | null
}

export type PricesRead =
  | { kind: 'unused' }
  | { kind: 'prices'; prices: Prices }
  | { kind: 'malformed'; problem: PricesProblem }

export type PricesProblem =
  | 'not 201 bytes'
  /** Bytes 0 and 1. */
  | 'frame'
  | 'too many rates or thresholds'
  | 'thresholds do not rise'
  | 'not decimal'

const most = { rates: 32, thresholds: 6, resetDates: 3 }

export const readPrices = (bytes: Uint8Array): PricesRead => {
  const malformed = (problem: PricesProblem): PricesRead => ({ kind: 'malformed', problem })
  if (bytes.length !== cardFiles.currentPrices.size) return malformed('not 201 bytes')
  if (bytes[0] === 0x00) return { kind: 'unused' }
  const which = bytes[1] === 1 ? 'current' : bytes[1] === 2 ? 'standby' : null
  if (bytes[0] !== 0x68 || which === null) return malformed('frame')
  const rates = u8At(bytes, 2)
  const steps = u8At(bytes, 3)
  if (rates > most.rates || steps > most.thresholds) {
    return malformed('too many rates or thresholds')
  }
  const thresholds = numbersAt(bytes, 132, steps).map(energy)
  if (!rises(thresholds)) return malformed('thresholds do not rise')
  const resetDates = [184, 187, 190].map((at) => digitsAt(bytes, at, 3))
  const standbyLadderFrom = localTimeAt(bytes, 196)
  if (!resetDates.every((date) => date !== null) || standbyLadderFrom === undefined) {
    return malformed('not decimal')
  }
  return {
    kind: 'prices',
    prices: {
      which,
      rates: numbersAt(bytes, 4, rates),
      thresholds,
      ladderPrices: numbersAt(bytes, 156, steps + 1),
      resetDates: resetDates.filter((date) => date !== unusedDate),
      standbyLadderFrom,
    },
  }
}

const unusedDate = '000000'

const numbersAt = (bytes: Uint8Array, at: number, count: number): number[] =>
  Array.from({ length: count }, (_, place) => u32At(bytes, at + place * 4))

const rises = (thresholds: readonly number[]): boolean =>
  thresholds.every((threshold, at) => at === 0 || threshold > (thresholds[at - 1] ?? 0))

/** The 201 bytes of EF03 or EF04. Throws when a value does not fit its field. */
export const writePrices = (prices: Prices): Uint8Array => {
  const { which, rates, thresholds, ladderPrices, resetDates, standbyLadderFrom } = prices
  if (rates.length > most.rates || thresholds.length > most.thresholds || !rises(thresholds)) {
    throw new RangeError('at most 32 rates, and at most 6 thresholds that rise')
  }
  if (ladderPrices.length !== thresholds.length + 1 || resetDates.length > most.resetDates) {
    throw new RangeError('one price more than thresholds, and at most 3 reset dates')
  }
  return concat(
    concat(0x68, which === 'current' ? 1 : 2, u8(rates.length), u8(thresholds.length)),
    numbers(rates, most.rates),
    numbers(thresholds, most.thresholds),
    numbers(ladderPrices, most.thresholds + 1),
    ...Array.from({ length: most.resetDates }, (_, at) => bcd(resetDates[at] ?? unusedDate, 3)),
    new Uint8Array(3),
    writeLocalTime(standbyLadderFrom),
  )
}

const numbers = (values: readonly number[], places: number): Uint8Array =>
  concat(...Array.from({ length: places }, (_, at) => u32(values[at] ?? 0)))
