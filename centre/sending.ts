// What travels to the meter with a purchase beside the energy: limits, the type of the card, prices to come (power-card.md 8.2).
import { fromHex, toHex } from '../domain/power-card/bytes.ts'
import {
  cardKind,
  cardType,
  noUpdate,
  readParameters,
  updateFlag,
  writeParameters,
  type Parameters,
} from '../domain/power-card/parameters.ts'
import { writePrices } from '../domain/power-card/prices.ts'
import { dayOf, tariffsOf, type BindingRow } from './dues.ts'
import { tariffToCome } from './tariffs/tariff-calendar.ts'
import { priceWithEverything } from './tariffs/tariff-ladder.ts'
import type { Tariff } from './tariffs/tariff-rules.ts'
import { tariffCodeOn } from './terms.ts'
import type { Turn } from './turn.ts'

export type Sending = {
  /** Whole files as hex; null = the card keeps its own. */
  ef01: string | null
  ef04: string | null
  /** `validFrom` of the prices in `ef04`. */
  prices: string | null
}

/** `ef01`: as it was read from the card in this insertion. */
export const sendingFor = async (
  turn: Pick<Turn, 'work' | 'now' | 'policy'>,
  { binding, ef01 }: { binding: BindingRow; ef01: string },
): Promise<Sending> => {
  const read = readParameters(fromHex(ef01))
  if (read.kind === 'malformed') throw new Error(`EF01 of a sale is ${read.problem}`)
  const onCard = read.parameters
  const day = dayOf(turn)
  const code = await tariffCodeOn(turn.work, binding, day)
  const toCome = tariffToCome(await tariffsOf(turn, code), { code, day })
  const sendPrices = toCome !== null && binding.prices_sent !== toCome.validFrom
  const wanted = writeParameters(parametersFor({ binding, onCard, toCome, sendPrices }))
  const bytes = toHex(wanted)
  return {
    ef01: bytes === ef01 ? null : bytes,
    ef04: sendPrices ? toHex(standbyPrices(toCome)) : null,
    prices: sendPrices ? toCome.validFrom : null,
  }
}

/**
 * EF01 as the books want it. A flag that stands on the card stays while what it speaks of does: the meter may not have
 * seen it yet, and taking the same values twice changes nothing.
 */
export const parametersFor = (of: {
  binding: BindingRow
  onCard: Parameters
  toCome: Tariff | null
  sendPrices: boolean
}): Parameters => {
  const { binding, onCard, toCome, sendPrices } = of
  const limits = {
    alarm1: binding.alarm_1,
    alarm2: binding.alarm_2,
    ctRatio: binding.ct_ratio,
    ptRatio: binding.pt_ratio,
    hoardingLimit: binding.hoarding_limit,
    overdraftLimit: binding.overdraft_limit,
  }
  const flags = onCard.updateFlags === noUpdate ? 0 : onCard.updateFlags
  const sendLimits =
    (flags & updateFlag.parameters) > 0 ||
    Object.entries(limits).some(([name, value]) => Reflect.get(onCard, name) !== value)
  const pricesStand = toCome !== null && (flags & updateFlag.standbyLadder) > 0
  return {
    ...onCard,
    ...limits,
    kind: cardKind.user,
    // An opening or replacement card becomes a purchase card with the first sale after its write-back (12.1).
    type: cardType.purchase,
    updateFlags:
      (sendLimits ? updateFlag.parameters : 0) |
      (sendPrices || pricesStand ? updateFlag.standbyLadder : 0),
    unitFlags: binding.unit_flags,
    currency: binding.currency,
    meter: binding.meter,
    customer: binding.customer,
    area: binding.area,
  }
}

/** EF04: the ladder of a tariff to come, with everything that a kWh costs (4.3). */
export const standbyPrices = (tariff: Tariff): Uint8Array => {
  const { blocks, period } = tariff.ladder
  return writePrices({
    which: 'standby',
    rates: [],
    thresholds: blocks.flatMap(({ upTo }) => (upTo === null ? [] : [upTo])),
    ladderPrices: blocks.map((block) => priceWithEverything(tariff, block)),
    // Month 99 is every month; 00 h of the first.
    resetDates: [period === 'month' ? '990100' : '010100'],
    standbyLadderFrom: `${tariff.validFrom.slice(2).replaceAll('-', '')}0000`,
  })
}
