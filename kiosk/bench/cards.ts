// The cards of the bench: what is printed on them, and chips that keep what was written on them.
import { z } from 'zod'
import { fromHex } from '../../domain/power-card/bytes.ts'
import { readPurchase } from '../../domain/power-card/purchase.ts'
import {
  simulatedCard,
  type CardInSlot,
} from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import { foreignCard } from '../../drivers/card-reader/simulated-card/foreign.ts'
import { CardState } from '../../drivers/card-reader/simulated-card/state.ts'
import { CannotStart } from './cannot-start.ts'
import { kept } from './kept.ts'

/** What is printed on a card. */
export const CardLabel = z.object({
  id: z.string(),
  title: z.string(),
  name: z.string(),
  number: z.string(),
  story: z.string(),
  look: z.enum(['customer', 'opening', 'service', 'foreign', 'blank']),
  meter: z.string().nullable(),
})
export type CardLabel = z.infer<typeof CardLabel>

/** A chip of ours, or of somebody else, of which a reader sees the answer to reset only. */
export const ChipState = z.union([CardState, z.strictObject({ atr: z.string() })])

/** What EF02 of a card really carries; energy in 0.01 kWh. */
export type Loaded = { serial: string; order: string; count: number; energy: number }

export type BenchCards = ReturnType<typeof benchCards>

export const benchCards = (labels: readonly CardLabel[], fileOf: (id: string) => string) => {
  /** Set while a meter has a card: its changes are written down after the meter's. */
  let heldBack: (() => void)[] | null = null
  const states = new Map<string, CardState>()
  const chips = new Map(
    labels.map(({ id }): [string, CardInSlot] => {
      const file = kept(fileOf(id), ChipState)
      const chip = file.read()
      if (chip === null) throw new CannotStart(`The card ${id} is lost. Start over with --fresh.`)
      if ('atr' in chip) return [id, foreignCard({ atr: fromHex(chip.atr) })]
      states.set(id, chip)
      const onChange = (state: CardState) => {
        states.set(id, state)
        if (heldBack === null) file.write(state)
        else heldBack.push(() => file.write(state))
      }
      return [id, simulatedCard({ state: chip, onChange })]
    }),
  )
  return {
    labels,
    chip: (id: string): CardInSlot | undefined => chips.get(id),
    label: (id: string): CardLabel | undefined => labels.find((label) => label.id === id),
    /**
     * Lets a meter have its way with a card. The meter writes down its own state when it is done; what it wrote on the card
     * is written down after that. Killed in between, it is as if the card had been pulled after the credit, before the
     * write-back (power-card.md 10.3, code 20): the other way round a purchase would be credited twice.
     */
    afterMeter: <Result>(act: () => Result): Result => {
      heldBack = []
      try {
        return act()
      } finally {
        const writes = heldBack
        heldBack = null
        for (const write of writes) write()
      }
    },
    /** What is physically on every card of ours. */
    loaded: (): Loaded[] =>
      [...states.values()].map(({ serial, files }) => {
        const { orderNumber, count, energy } = readPurchase(fromHex(files[2]))
        return { serial, order: orderNumber, count, energy }
      }),
    /** A chip as it is: for tests that look into it. */
    state: (id: string): CardState | undefined => states.get(id),
  }
}
