// A power card in memory: all of profile 02, to the byte, and it can be torn at any of them (power-card.md 2 to 7).
import { randomBytes } from 'node:crypto'
import { answerToReset } from '../../../domain/power-card/atr.ts'
import { concat, fromHex, u16 } from '../../../domain/power-card/bytes.ts'
import { afterReset, type Chip } from './chip.ts'
import { execute } from './commands.ts'
import { cardMemory } from './memory.ts'
import type { CardState } from './state.ts'
import { tearing, Torn, type Tear } from './tearing.ts'

/** Any chip in a card, as the contacts of a reader see it. */
export type CardInSlot = {
  atr: () => Uint8Array
  powerUp: () => void
  powerDown: () => void
  /** A warm reset: like any other, all volatile state is lost. */
  reset: () => void
  /** The answer with its status word; empty without power, and when the power fails meanwhile. */
  transmit: (apdu: Uint8Array) => Uint8Array
}

export type SimulatedCardOptions = {
  state: CardState
  /** Random numbers of the card; unpredictable unless told. */
  random?: (length: number) => Uint8Array
  /** Called with a copy at every commit: for keeping it over a restart. */
  onChange?: (state: CardState) => void
}

export type SimulatedCard = CardInSlot & {
  /** A copy of what it keeps without power. */
  state: () => CardState
  powered: () => boolean
  /** Arms a tear; it stays armed until its point is reached. Null disarms it. */
  tear: (where: Tear | null) => void
  /** The next so many changes fail (6581). */
  failMemory: (times: number) => void
}

/** Has no power yet. */
export const simulatedCard = (options: SimulatedCardOptions): SimulatedCard => {
  const { state, random = randomBytes, onChange } = options
  const tears = tearing()
  const memory = cardMemory(state, {
    tearing: tears,
    ...(onChange === undefined ? {} : { onChange }),
  })
  const chip: Chip = { memory, volatile: afterReset(), random: (length) => random(length) }
  let powered = false

  const power = (on: boolean): void => {
    powered = on
    chip.volatile = afterReset()
    if (on) memory.settle()
  }

  const transmit = (apdu: Uint8Array): Uint8Array => {
    if (!powered) return new Uint8Array()
    try {
      tears.receiving(apdu)
      const { word, data = new Uint8Array() } = execute(chip, apdu)
      tears.reached('before answer')
      return concat(data, u16(word))
    } catch (error) {
      if (!(error instanceof Torn)) throw error
      power(false)
      return new Uint8Array()
    }
  }

  return {
    atr: () => {
      const { serial, protocol } = memory.content()
      return answerToReset(fromHex(serial), protocol)
    },
    powerUp: () => power(true),
    powerDown: () => power(false),
    reset: () => power(powered),
    transmit,
    state: () => structuredClone(memory.content()),
    powered: () => powered,
    tear: tears.arm,
    failMemory: memory.fail,
  }
}
