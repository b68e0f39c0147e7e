// What one card changes in a meter, all of it in one step (power-card.md 10.3 step 22, 10.5).
import { CardSerial } from '../../../domain/identifiers.ts'
import { toHex } from '../../../domain/power-card/bytes.ts'
import {
  cardType,
  noUpdate,
  updateFlag,
  type Parameters,
} from '../../../domain/power-card/parameters.ts'
import { readPrices, type Prices } from '../../../domain/power-card/prices.ts'
import { cardFiles } from '../../../domain/power-card/layout.ts'
import { acknowledged, credited } from './balance.ts'
import type { Taken } from './images.ts'
import { Refused, type MeterSession } from './line.ts'
import type { MeterState } from './state.ts'

/** What of a card the meter takes over. */
export type Honoured = {
  currentRates: boolean
  standbyRates: boolean
  currentLadder: boolean
  standbyLadder: boolean
  parameters: boolean
}

/** 10.5: a purchase or replacement card never brings the current sets. */
const customerMask = updateFlag.standbyRates | updateFlag.standbyLadder | updateFlag.parameters

export const honoured = (
  { type, updateFlags }: Pick<Parameters, 'type' | 'updateFlags'>,
  opened: boolean,
): Honoured => {
  const opens = type === cardType.opening || type === cardType.preset
  const told = updateFlags === noUpdate ? 0 : updateFlags
  const flags = opens ? told : told & customerMask
  const has = (flag: number): boolean => (flags & flag) !== 0
  return {
    currentRates: has(updateFlag.currentRates),
    standbyRates: has(updateFlag.standbyRates),
    currentLadder: has(updateFlag.currentLadder),
    standbyLadder: has(updateFlag.standbyLadder),
    parameters: has(updateFlag.parameters) || (opens && !opened),
  }
}

export type CardPrices = { current: Prices | null; standby: Prices | null }

/** Step 21: the files that the flags ask for, proven and of a valid frame. */
export const readPricesFor = (wanted: Honoured, session: MeterSession): CardPrices => {
  const read = (file: { sfi: number }, which: Prices['which']): Prices => {
    const found = readPrices(session.read(file.sfi))
    if (found.kind !== 'prices' || found.prices.which !== which) throw new Refused(14)
    return found.prices
  }
  const current = wanted.currentRates || wanted.currentLadder
  const standby = wanted.standbyRates || wanted.standbyLadder
  return {
    current: current ? read(cardFiles.currentPrices, 'current') : null,
    standby: standby ? read(cardFiles.standbyPrices, 'standby') : null,
  }
}

export type Commit = {
  preset: boolean
  parameters: Parameters
  serial: Uint8Array
  count: number
  /** In the unit of the mode; 0 when there is nothing to credit. */
  value: number
  honoured: Honoured
  prices: CardPrices
  /** As the write-back will say it. */
  taken: Taken
}

/** Step 22. */
export const commit = (before: MeterState, content: Commit): MeterState => {
  const { parameters, preset, taken } = content
  let state = credited(before, content.value)
  if (preset) state = { ...state, presetTaken: true }
  else {
    state = {
      ...state,
      opened: true,
      customer: parameters.customer,
      serial: CardSerial.parse(toHex(content.serial)),
      issueNumber: parameters.issueNumber,
      count: content.count,
    }
  }
  if (taken.parameters) state = withParameters(state, parameters)
  return acknowledged(withPrices(state, content))
}

const withParameters = (state: MeterState, parameters: Parameters): MeterState => ({
  ...state,
  limits: {
    alarm1: parameters.alarm1,
    alarm2: parameters.alarm2,
    hoarding: parameters.hoardingLimit,
    overdraft: parameters.overdraftLimit,
  },
  // Never zero in a write-back (4.4), so a card that says zero says nothing.
  ctRatio: parameters.ctRatio || state.ctRatio,
  ptRatio: parameters.ptRatio || state.ptRatio,
})

const withPrices = (state: MeterState, { honoured, prices, parameters }: Commit): MeterState => {
  const { current, standby } = prices
  const next = { ...state.prices }
  if (current !== null && honoured.currentRates) next.rates = [...current.rates]
  if (current !== null && honoured.currentLadder) next.ladder = ladderOf(current)
  if (standby !== null && honoured.standbyRates) {
    next.standbyRates = { from: parameters.standbyRatesFrom, rates: [...standby.rates] }
  }
  if (standby !== null && honoured.standbyLadder) {
    next.standbyLadder = { from: standby.standbyLadderFrom, ladder: ladderOf(standby) }
  }
  return { ...state, prices: next }
}

const ladderOf = ({ thresholds, ladderPrices, resetDates }: Prices) => ({
  thresholds: [...thresholds],
  prices: [...ladderPrices],
  resetDates: [...resetDates],
})
