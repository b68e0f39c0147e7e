// What a meter does all day without a card: counts, warns, opens and closes its relay, turns the month (power-card.md 10.8).
import { never } from '../../../domain/never.ts'
import type { MeterLadder, MeterState } from './state.ts'

/** The meter's own clock at a moment of the true time, both in seconds since 1970. */
export const clockOf = ({ clock }: MeterState, nowSeconds: number): number =>
  nowSeconds + clock.aheadSeconds

/** `YYMMDDhhmm` of the meter's own clock in its area. */
export const localTimeOf = (state: MeterState, nowSeconds: number): string => {
  const seconds = clockOf(state, nowSeconds) + state.clock.utcOffsetMinutes * 60
  return new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(2, 12)
}

/** Brought up to date: the month has turned, standby prices have come into force, the relay knows where it stands. */
export const settled = (state: MeterState, nowSeconds: number): MeterState => {
  const local = localTimeOf(state, nowSeconds)
  return withBand(withPrices(withMonth(state, local.slice(0, 4)), local))
}

const withMonth = (state: MeterState, name: string): MeterState => {
  const { month } = state
  if (month.name === name) return state
  // A register that was never set counts on: so a meter may be made with figures of the present month.
  if (month.name === unsetMonth) return { ...state, month: { ...month, name } }
  const before = name === monthAfter(month.name) ? month.used : 0
  return { ...state, month: { name, used: 0, before } }
}

const unsetMonth = '0000'

const monthAfter = (name: string): string => {
  const months = Number(name.slice(0, 2)) * 12 + Number(name.slice(2))
  const next = (months % 12) + 1
  const year = Math.floor(months / 12) % 100
  return `${String(year).padStart(2, '0')}${String(next).padStart(2, '0')}`
}

const withPrices = (state: MeterState, local: string): MeterState => {
  const prices = { ...state.prices }
  const { standbyRates, standbyLadder } = prices
  const due = (from: string | null) => from !== null && from <= local
  if (standbyRates !== null && due(standbyRates.from)) {
    prices.rates = standbyRates.rates
    prices.standbyRates = null
  }
  if (standbyLadder !== null && due(standbyLadder.from)) {
    prices.ladder = standbyLadder.ladder
    prices.standbyLadder = null
  }
  return { ...state, prices }
}

const bandOf = ({ remaining, limits }: MeterState): MeterState['relay']['band'] => {
  if (remaining > limits.alarm2) return 'plenty'
  if (remaining > 0) return 'low'
  return remaining > -limits.overdraft ? 'overdraft' : 'empty'
}

const withBand = (state: MeterState): MeterState => {
  const band = bandOf(state)
  return band === state.relay.band
    ? state
    : { ...state, relay: { ...state.relay, band, acknowledged: false } }
}

/** A card with result 0 was in: what it must be asked for since the last crossing is given. */
export const acknowledged = (state: MeterState): MeterState => {
  const now = withBand(state)
  return { ...now, relay: { ...now.relay, acknowledged: true } }
}

/** What the rules of 10.8 say. */
const shouldBeClosed = ({ relay }: MeterState, nowSeconds: number): boolean => {
  if (relay.suspended) return false
  if (relay.testUntil !== null && nowSeconds < relay.testUntil) return false
  switch (relay.band) {
    case 'plenty':
      return true
    case 'low':
    case 'overdraft':
      return relay.acknowledged
    case 'empty':
      return false
    default:
      return never(relay.band)
  }
}

export type Relay = { closed: boolean; follows: boolean }

export const relayOf = (state: MeterState, nowSeconds: number): Relay => {
  const should = shouldBeClosed(state, nowSeconds)
  const closed = state.relay.stuck === null ? should : state.relay.stuck === 'closed'
  return { closed, follows: closed === should }
}

/** Credits are signed: a credit first repays overdraft (10.3). */
export const credited = (state: MeterState, value: number): MeterState => ({
  ...state,
  remaining: state.remaining + value,
  totalCredited: state.totalCredited + value,
})

/**
 * So many pulses of 0.01 kWh pass, or fewer: none while the relay is open. Each is counted by itself, because each may
 * open it.
 */
export const used = (
  before: MeterState,
  pulses: number,
  nowSeconds: number,
): { state: MeterState; used: number } => {
  let state = settled(before, nowSeconds)
  let passed = 0
  while (passed < pulses && relayOf(state, nowSeconds).closed) {
    state = withBand(onePulse(state))
    passed++
  }
  return { state, used: passed }
}

const onePulse = (state: MeterState): MeterState => {
  const month = { ...state.month, used: state.month.used + 1 }
  if (state.mode === 'energy') return { ...paid(state, 1), month }
  // A price is 1/10000 of the main unit per kWh: a pulse costs as many 1/10000 of a minor unit.
  const fraction = state.usedFraction + priceOf(state)
  const whole = Math.floor(fraction / 10_000)
  return { ...paid(state, whole), month, usedFraction: fraction % 10_000 }
}

const paid = (state: MeterState, value: number): MeterState => ({
  ...state,
  remaining: state.remaining - value,
  totalUsed: state.totalUsed + value,
})

/** The first rate and the ladder step of this month (4.3); an unused part counts as 0. */
const priceOf = ({ prices, month }: MeterState): number =>
  (prices.rates[0] ?? 0) + stepPrice(prices.ladder, month.used)

const stepPrice = ({ thresholds, prices }: MeterLadder, usedThisMonth: number): number => {
  const step = thresholds.filter((threshold) => usedThisMonth >= threshold).length
  return prices[step] ?? 0
}
