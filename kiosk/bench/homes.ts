// The meters on the kitchen walls of the town: cards go in and out, energy arrives and is used.
import { z } from 'zod'
import { energy } from '../../domain/energy.ts'
import { fromHex } from '../../domain/power-card/bytes.ts'
import type { MeterMasterKeys } from '../../drivers/card-reader/simulated-meter/insertion.ts'
import { MeterState } from '../../drivers/card-reader/simulated-meter/state.ts'
import { simulatedMeter } from '../../drivers/card-reader/simulated-meter/simulated-meter.ts'
import type { KeyFile } from '../../centre/card-security/key-file.ts'
import type { MeterPanel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import type { BenchCards } from './cards.ts'
import { CannotStart } from './cannot-start.ts'
import { kept } from './kept.ts'
import type { CardPlaces } from './places.ts'

export const HomeLabel = z.object({ number: z.string(), owner: z.string() })
export type HomeLabel = z.infer<typeof HomeLabel>

export type BenchHomes = ReturnType<typeof benchHomes>

export const benchHomes = (options: {
  labels: readonly HomeLabel[]
  fileOf: (meter: string) => string
  keys: KeyFile
  cards: BenchCards
  places: CardPlaces
  onChange: () => void
}) => {
  const { cards, places } = options
  const masterKeys = masterKeysOf(options.keys)
  const meters = new Map(
    options.labels.map(({ number }) => {
      const file = kept(options.fileOf(number), MeterState)
      const state = file.read()
      if (state === null) {
        throw new CannotStart(`The meter ${number} is lost. Start over with --fresh.`)
      }
      const onChange = (changed: MeterState) => {
        file.write(changed)
        options.onChange()
      }
      return [number, simulatedMeter({ state, masterKeys, now: Date.now, onChange })]
    }),
  )
  return {
    insert: (card: string, number: string): ActDone => {
      const meter = meters.get(number)
      const chip = cards.chip(card)
      if (meter === undefined || chip === undefined) return refused('There is no such thing here.')
      if (places.inMeter(number) !== null) return refused('There is a card in that meter already.')
      if (places.whereIs(card) !== 'rack') return refused('Take that card out first.')
      places.putIntoMeter(number, card)
      cards.afterMeter(() => meter.insert(chip))
      options.onChange()
      return done
    },
    take: (number: string): ActDone => {
      if (places.inMeter(number) === null) return refused('There is no card in that meter.')
      places.putIntoMeter(number, null)
      options.onChange()
      return done
    },
    /** Pulses of 0.01 kWh. */
    use: (number: string, pulses: number): ActDone => {
      const meter = meters.get(number)
      if (meter === undefined) return refused('There is no such meter.')
      if (meter.relay() === 'open')
        return refused('The meter has switched off: nothing can be used.')
      meter.use(pulses)
      return done
    },
    panel: (): MeterPanel[] =>
      options.labels.flatMap(({ number, owner }) => {
        const meter = meters.get(number)
        if (meter === undefined) return []
        const { remaining, lastResult } = meter.state()
        return [
          {
            number,
            owner,
            remaining: energy(remaining),
            relay: meter.relay(),
            lastResult,
            card: places.inMeter(number),
          },
        ]
      }),
    /** A meter as it is: for tests that look into it. */
    state: (number: string): MeterState | undefined => meters.get(number)?.state(),
  }
}

const masterKeysOf = ({ cards, meters }: KeyFile): MeterMasterKeys => ({
  cards: new Map(
    Object.entries(cards).map(([version, { MK_EM, MK_MM }]) => [
      Number.parseInt(version, 16),
      { MK_EM: fromHex(MK_EM), MK_MM: fromHex(MK_MM) },
    ]),
  ),
  meters: new Map(
    Object.entries(meters).map(([version, { MK_MT }]) => [
      Number.parseInt(version, 16),
      fromHex(MK_MT),
    ]),
  ),
})
