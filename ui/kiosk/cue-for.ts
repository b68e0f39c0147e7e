// Pure: which real slot the hand must go to now, and how loudly the edge of the screen says so.
import type { PaymentHint, Screen, SlotPlace, Slots } from './screen.ts'

export type Cue = {
  object: 'card' | 'note' | 'terminal' | 'receipt'
  place: SlotPlace
  size: 'large' | 'medium' | 'small'
  /** Into the slot, out of it, or leave it where it is. */
  way: 'in' | 'out' | 'stay'
  urgent: boolean
  /** 0 to 1: how much of what is written has reached the card. Null = nothing is written. */
  fed: number | null
}

export const cuesFor = (screen: Screen, slots: Slots): Cue[] => {
  const card = (way: Cue['way'], size: Cue['size'], urgent = false): Cue => ({
    object: 'card',
    place: slots.card,
    size,
    way,
    urgent,
    fed: null,
  })
  const receipt = (size: Cue['size']): Cue => ({
    object: 'receipt',
    place: slots.receipt,
    size,
    way: 'out',
    urgent: false,
    fed: null,
  })
  switch (screen.kind) {
    case 'attract':
      return [card('in', 'large')]
    case 'put card back':
      return [card('in', 'large', true)]
    case 'writing':
      return [{ ...card('stay', 'medium'), fed: fedOf(screen) }]
    case 'paying by card':
      return [
        {
          object: 'terminal',
          place: slots.bankTerminal,
          size: 'large',
          way: wayAtTerminal(screen.hint),
          urgent: false,
          fed: null,
        },
      ]
    case 'insert notes': {
      const { note } = screen
      if (note.kind === 'stopped') return []
      const out = note.kind === 'refused' || note.kind === 'given back'
      const still = note.kind === 'reading' || note.kind === 'checking'
      return [
        {
          object: 'note',
          place: slots.notes,
          size: 'medium',
          way: out ? 'out' : still ? 'stay' : 'in',
          urgent: out,
          fed: null,
        },
      ]
    }
    case 'take card':
      return screen.receipt.kind === 'printing' || screen.receipt.kind === 'on paper'
        ? [card('out', 'large', screen.urgent), receipt('small')]
        : [card('out', 'large', screen.urgent)]
    case 'thank you':
      return screen.receipt.kind === 'printing' || screen.receipt.kind === 'on paper'
        ? [receipt('small')]
        : []
    default:
      return []
  }
}

const fedOf = ({ phase, step, steps }: Extract<Screen, { kind: 'writing' }>): number => {
  if (phase === 'proving') return 1
  return steps === 0 ? 0 : Math.min(1, step / steps)
}

/** There is something to do at the terminal, something to take from it, or only to wait. */
const wayAtTerminal = (hint: PaymentHint): Cue['way'] =>
  hint === 'remove card'
    ? 'out'
    : hint === 'insert card' || hint === 'enter pin' || hint === 'wrong pin'
      ? 'in'
      : 'stay'
