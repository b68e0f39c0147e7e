// A card that is not ours: a bank card, a transport pass, a library card. It knows no application of that name.
import { statusWord } from '../../../domain/power-card/apdu.ts'
import { u16 } from '../../../domain/power-card/bytes.ts'
import type { CardInSlot } from './simulated-card.ts'

const select = 0xa4

export const foreignCard = ({ atr }: { atr: Uint8Array }): CardInSlot => {
  let powered = false
  return {
    atr: () => atr.slice(),
    powerUp: () => {
      powered = true
    },
    powerDown: () => {
      powered = false
    },
    reset: () => {},
    transmit: (apdu) => {
      if (!powered) return new Uint8Array()
      return u16(apdu[1] === select ? statusWord.notFound : statusWord.unknownInstruction)
    },
  }
}
