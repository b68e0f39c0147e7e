// The card slot of the kiosk on the bench: a reader, the card in it, and the hand that pulls the card out.
import type { Pull } from '../../drivers/card-reader/pcsc/slot.ts'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import type { Panel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import { slotReader } from './slot-reader.ts'

export type CardSlotOptions = {
  /** The card that was in the slot when the bench was stopped. */
  card: { id: string; card: CardInSlot } | null
  /** The card daemon is left alone, also where there is one. */
  withoutPcscd: boolean
  /** What somebody puts between the reader and the card. */
  through?: (card: CardInSlot) => CardInSlot
  /** The card that is in now, or null; called whenever that changes. */
  onCard: (id: string | null) => void
  onChange: () => void
}

export type BenchCardSlot = {
  /** Why cards do not go over the card daemon on this machine, and what they go over instead; null when they do. */
  missing: string | null
  /** What the kiosk's environment needs in order to find the card daemon. */
  environment: Record<string, string>
  /** What the kiosk's configuration calls the card reader server; null where the card daemon is asked. */
  service: string | null
  panel(): Panel['slot']
  insert(id: string, card: CardInSlot): ActDone
  take(): ActDone
  /** Pulls the card after so many commands of the next write, or of the one under way; 0 leaves it in. */
  pullAfter(commands: number): ActDone
  /** Pulls the card after so many commands of any kind from now, with or without the last answer. */
  pullAfterAny(commands: number, last?: Pull['last']): void
  setReaderPresent(present: boolean): Promise<ActDone>
  close: () => Promise<void>
}

/** An empty reader, or the one with the card that was left in it. */
export const benchCardSlot = async (options: CardSlotOptions): Promise<BenchCardSlot> => {
  let inSlot: string | null = null
  let closing = false
  const write = writeWatch(() => setImmediate(() => reader.remove()))
  const reader = await slotReader({
    withoutPcscd: options.withoutPcscd,
    onChange: (isIn) => {
      if (isIn || closing) return
      inSlot = null
      write.forget()
      options.onCard(null)
      options.onChange()
    },
  })
  const put = (id: string, card: CardInSlot) => {
    inSlot = id
    options.onCard(id)
    reader.insert(write.watching(options.through?.(card) ?? card))
    options.onChange()
  }
  if (options.card !== null) put(options.card.id, options.card.card)
  return {
    missing: reader.missing,
    environment: reader.environment,
    service: reader.service,
    panel: () => ({ card: inSlot, readerPresent: reader.plugged(), pullAfter: write.pullAfter() }),
    insert: (id, card) => {
      if (inSlot !== null) return refused('There is a card in the slot already.')
      put(id, card)
      return done
    },
    take: () => {
      if (reader.remove() === null) return refused('There is no card in the slot.')
      return done
    },
    pullAfter: (commands) => {
      write.arm(commands === 0 ? null : commands)
      options.onChange()
      return done
    },
    pullAfterAny: reader.pullAfter,
    setReaderPresent: async (present) => {
      if (!reader.mayBeUnplugged) {
        return refused('The card service of this machine serves others too: it stays plugged in.')
      }
      await reader.setPlugged(present)
      options.onChange()
      return done
    },
    close: async () => {
      closing = true
      await reader.close()
    },
  }
}

const instruction = { getChallenge: 0x84, getResponse: 0xc0 }
/** 61xx: the answer is there and has to be fetched. */
const toBeFetched = 0x61

/**
 * Counts the commands of a write: those that follow GET CHALLENGE, without GET RESPONSE, which only fetches an answer
 * (power-card.md 8.2). `reached` is called when the last of them has been answered, and its answer fetched.
 */
const writeWatch = (reached: () => void) => {
  let wanted: number | null = null
  let counted: number | null = null
  const count = (command: Uint8Array, answer: Uint8Array) => {
    if (command[1] === instruction.getChallenge) counted = 0
    else if (counted !== null && command[1] !== instruction.getResponse) counted += 1
    if (wanted === null || counted === null || counted < wanted) return
    if (answer.at(-2) === toBeFetched) return
    wanted = null
    counted = null
    reached()
  }
  return {
    pullAfter: () => wanted,
    arm: (commands: number | null) => {
      wanted = commands
    },
    /** The card is out: the next one begins anew. */
    forget: () => {
      wanted = null
      counted = null
    },
    watching: (card: CardInSlot): CardInSlot => ({
      ...card,
      transmit: (command) => {
        const answer = card.transmit(command)
        count(command, answer)
        return answer
      },
    }),
  }
}
