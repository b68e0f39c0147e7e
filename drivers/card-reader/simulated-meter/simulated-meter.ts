// A prepayment meter at home: takes the card, credits what is on it, writes back, and uses power (power-card.md 10, 11).
import { randomBytes } from 'node:crypto'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import { isServiceType } from '../../../domain/power-card/parameters.ts'
import { appendRecord } from '../../../domain/power-card/sessions.ts'
import type { Pull } from '../pcsc/slot.ts'
import type { CardInSlot } from '../simulated-card/simulated-card.ts'
import { checkItself, checkWhose, lookAtCard, takeCard } from './acceptance.ts'
import { relayOf, settled, used } from './balance.ts'
import { meterKeysOf, meterRecord } from './images.ts'
import {
  openSessionWith,
  type Inserted,
  type Meter,
  type MeterMasterKeys,
  type SeenCard,
} from './insertion.ts'
import { meterLine, NoAnswer, Refused, type MeterLine } from './line.ts'
import { deliver } from './remote.ts'
import { serve } from './service.ts'
import type { MeterState } from './state.ts'

export type SimulatedMeterOptions = {
  /** What an earlier simulator kept, or `newMeter({ number, area })`. */
  state: MeterState
  masterKeys: MeterMasterKeys
  /** Milliseconds since 1970 of the true time; the meter's own clock may be wrong. */
  now: () => number
  /** Random numbers and nonces of the meter; unpredictable unless told. */
  random?: (length: number) => Uint8Array
  /** Called with a copy whenever the state has changed: for keeping it over a restart. */
  onChange?: (state: MeterState) => void
}

export type SimulatedMeter = ReturnType<typeof simulatedMeter>

export const simulatedMeter = (options: SimulatedMeterOptions) => {
  const { masterKeys, now, random = randomBytes, onChange } = options
  const nowSeconds = () => Math.floor(now() / 1000)
  const meter: Meter = {
    masterKeys,
    now,
    random: (length) => random(length),
    nowSeconds,
    state: settled(structuredClone(options.state), nowSeconds()),
    keys: () => meterKeysOf(masterKeys.meters, meter.state),
  }
  /** Does something with the meter as it is now, and lets it be kept. */
  const doing = <Result>(act: () => Result): Result => {
    meter.state = settled(meter.state, nowSeconds())
    const result = act()
    onChange?.(structuredClone(meter.state))
    return result
  }
  return {
    /** A whole insertion, from the card's power-on to its power-off. `pullAfter`: the card does not stay in for it. */
    insert: (card: CardInSlot, { pullAfter = null }: { pullAfter?: Pull | null } = {}): Inserted =>
      doing(() => insert(meter, card, pullAfter)),
    /** An image that comes by network, 40 bytes. */
    deliver: (image: Uint8Array) => doing(() => deliver(meter, image)),
    /** So many pulses of 0.01 kWh are wanted; says how many passed before the relay opened. */
    use: (pulses: number): number =>
      doing(() => {
        const after = used(meter.state, pulses, nowSeconds())
        meter.state = after.state
        return after.used
      }),
    /** Whether power flows now. */
    relay: (): 'open' | 'closed' =>
      relayOf(settled(meter.state, nowSeconds()), nowSeconds()).closed ? 'closed' : 'open',
    /** Power goes away and comes back: for two minutes the meter may be zeroed. */
    powerCycle: (): void =>
      doing(() => {
        meter.state = {
          ...meter.state,
          clock: { ...meter.state.clock, poweredUpAt: nowSeconds() },
        }
      }),
    /** Anything of the state becomes otherwise: a fault, a wrong clock, a memory restored to what it was before. */
    change: (changes: Partial<MeterState>): void =>
      doing(() => {
        meter.state = settled({ ...meter.state, ...structuredClone(changes) }, nowSeconds())
      }),
    /** A copy of all it keeps. */
    state: (): MeterState => structuredClone(settled(meter.state, nowSeconds())),
  }
}

const insert = (meter: Meter, card: CardInSlot, pull: Pull | null): Inserted => {
  const inserted = ended(() => {
    checkItself(meter)
    card.powerUp()
    const line = meterLine(card, pull)
    const seen = lookAtCard(meter, card, line)
    return isServiceType(seen.parameters.type)
      ? serve(meter, seen, line)
      : takenOrTurnedAway(meter, seen, line)
  })
  card.powerDown()
  const illegalInsertions = meter.state.illegalInsertions + (isIllegal(inserted.code) ? 1 : 0)
  meter.state = { ...meter.state, illegalInsertions, lastResult: inserted.code }
  return inserted
}

const endedWithout = (code: number): Inserted => ({
  code,
  credited: 0,
  writtenBack: false,
  journalled: false,
})

/** Before the commit, no answer is code 19; everything after it is caught where it is written down. */
const ended = (act: () => Inserted): Inserted => {
  try {
    return act()
  } catch (error) {
    if (error instanceof Refused) return endedWithout(error.code)
    if (error instanceof NoAnswer) return endedWithout(19)
    throw error
  }
}

/** Refusals that count as illegal insertions (10.4). */
const isIllegal = (code: number): boolean => (code >= 4 && code <= 16) || code === 22 || code === 23

/** Refusals that the card tells of, so that a terminal can say into which meter it was put (10.4). */
const toldOnCard = [11, 12, 13, 15, 16]

const takenOrTurnedAway = (meter: Meter, seen: SeenCard, line: MeterLine): Inserted => {
  const stranger = ended(() => {
    checkWhose(meter, seen)
    return endedWithout(0)
  })
  if (stranger.code === 0) return takeCard(meter, seen, line)
  if (!toldOnCard.includes(stranger.code)) return stranger
  const { code: amount } = stranger
  const told = ended(() => {
    const record = meterRecord(meter.state, {
      event: cardEvent.refused,
      amount,
      count: 0,
      serial: seen.serial,
      keys: meter.keys(),
      nowSeconds: meter.nowSeconds(),
    })
    openSessionWith(meter, line, seen).write(appendRecord(record))
    return { ...stranger, journalled: true }
  })
  return { ...stranger, journalled: told.journalled }
}
