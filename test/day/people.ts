// Customers of the town: each with a card, a meter on the kitchen wall, and as many notes as it takes.
import { fromHex } from '../../domain/power-card/bytes.ts'
import { foreignCard } from '../../drivers/card-reader/simulated-card/foreign.ts'
import {
  simulatedCard,
  type CardInSlot,
  type SimulatedCard,
} from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import {
  simulatedMeter,
  type SimulatedMeter,
} from '../../drivers/card-reader/simulated-meter/simulated-meter.ts'
import type { Town } from '../../kiosk/bench/town/town.ts'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'

export type Person = {
  id: string
  /** Numbers of claim slips in the wallet, as they stand on them. */
  slips: string[]
  /** What goes into the slot. */
  slot: CardInSlot
  /** Null for a card that is not ours. */
  power: {
    card: SimulatedCard
    serial: string
    meter: SimulatedMeter
    creditedBefore: number
  } | null
}

/** Cards that a customer can buy with; the last two carry an order whose end nobody knows. */
const buyers = [
  'plain-sale',
  'no-account-money',
  'rich-account',
  'arrears',
  'free-units',
  'night-tariff',
  'high-tariff',
  'account-frozen',
  'nearly-full',
  'second-meter',
  'replacement-used',
  'opening-used',
  'order-loaded',
  'order-open',
]
const strangers = ['bank-card', 'bus-pass']

export const peopleOf = (town: Town, of: { timeline: Timeline; chance: Chance }): Person[] => [
  ...buyers.map((id) => buyer(town, id, of)),
  ...strangers.map((id): Person => {
    const state = town.cards.find((card) => card.id === id)?.state
    if (state === undefined || !('atr' in state)) throw new Error(`${id} is one of our cards`)
    return { id, slips: [], slot: foreignCard({ atr: Buffer.from(state.atr, 'hex') }), power: null }
  }),
]

const buyer = (town: Town, id: string, of: { timeline: Timeline; chance: Chance }): Person => {
  const { timeline, chance } = of
  const own = town.cards.find((card) => card.id === id)
  const state = own?.state
  const meterState = town.meters.find(({ number }) => number === own?.meter)?.state
  if (state === undefined || !('files' in state) || meterState === undefined) {
    throw new Error(`${id} has no card of ours and a meter`)
  }
  const random = chance.fork().bytes
  const card = simulatedCard({ state, random })
  const masterKeys = masterKeysOf(town)
  const meter = simulatedMeter({ state: meterState, masterKeys, now: timeline.now, random })
  const power = { card, meter, serial: state.serial, creditedBefore: meter.state().totalCredited }
  return { id, slips: [], slot: card, power }
}

const masterKeysOf = ({ keyFile }: Town) => ({
  cards: new Map(
    Object.entries(keyFile.cards).map(([version, { MK_EM, MK_MM }]) => [
      Number.parseInt(version, 16),
      { MK_EM: fromHex(MK_EM), MK_MM: fromHex(MK_MM) },
    ]),
  ),
  meters: new Map(
    Object.entries(keyFile.meters).map(([version, { MK_MT }]) => [
      Number.parseInt(version, 16),
      fromHex(MK_MT),
    ]),
  ),
})

/** Some power is used, and the card goes into the meter; some do not let it stay in for long enough. */
export const goHome = ({ power }: Person, chance: Chance): void => {
  if (power === null) return
  const { meter, card } = power
  meter.use(chance.below(12_000))
  meter.insert(card, {
    pullAfter: chance.percent(8)
      ? { commands: chance.below(16), last: chance.pick(['answered', 'not answered'] as const) }
      : null,
  })
}
