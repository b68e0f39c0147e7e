// A card in the slot of a simulated reader or meter, and how it is pulled out in the middle.
import type { CardInSlot } from '../simulated-card/simulated-card.ts'

/** A card that somebody puts into a slot: whatever answers to the contacts of a reader. */
export type CardInHand = CardInSlot

/**
 * When the card is pulled: `commands` more are carried out. 'answered': their answers arrive, and the next command finds no
 * card. 'not answered': the last of them is carried out, and its answer is lost. In T=0 a GET RESPONSE is a command too.
 */
export type Pull = { commands: number; last: 'answered' | 'not answered' }

export type Handled =
  | { kind: 'answered'; bytes: Uint8Array }
  /** The card is out; there is no answer. */
  | { kind: 'pulled' }

/** Carries out one command on a card that may be on its way out; `pull` is what is left to do, null for a card that stays. */
export const handleCommand = (
  card: CardInSlot,
  command: Uint8Array,
  pull: Pull | null,
): { handled: Handled; pull: Pull | null } => {
  if (pull === null) return answered(card, command, null)
  if (pull.commands <= 0) return { handled: { kind: 'pulled' }, pull: null }
  const left = { ...pull, commands: pull.commands - 1 }
  if (left.commands > 0 || left.last === 'answered') return answered(card, command, left)
  card.transmit(command)
  return { handled: { kind: 'pulled' }, pull: null }
}

const answered = (card: CardInSlot, command: Uint8Array, pull: Pull | null) => ({
  handled: { kind: 'answered' as const, bytes: card.transmit(command) },
  pull,
})
