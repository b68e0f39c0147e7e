// Where each card lies: in the rack, in the kiosk, or in a meter at home.
import { z } from 'zod'
import type { RackCard } from '../../ui/bench/panel.ts'
import { kept } from './kept.ts'

const Places = z.object({
  slot: z.string().nullable(),
  /** Cards by the number of the meter they are in. */
  meters: z.record(z.string(), z.string()),
})

export type CardPlaces = ReturnType<typeof cardPlaces>

export const cardPlaces = (path: string) => {
  const file = kept(path, Places)
  const places = file.read() ?? { slot: null, meters: {} }
  const meterWith = (card: string): string | null =>
    Object.entries(places.meters).find(([, inMeter]) => inMeter === card)?.[0] ?? null
  return {
    inSlot: (): string | null => places.slot,
    inMeter: (meter: string): string | null => places.meters[meter] ?? null,
    whereIs: (card: string): RackCard['where'] => {
      if (places.slot === card) return 'slot'
      return meterWith(card) === null ? 'rack' : 'meter'
    },
    putIntoSlot: (card: string | null): void => {
      places.slot = card
      file.write(places)
    },
    putIntoMeter: (meter: string, card: string | null): void => {
      if (card === null) delete places.meters[meter]
      else places.meters[meter] = card
      file.write(places)
    },
  }
}
