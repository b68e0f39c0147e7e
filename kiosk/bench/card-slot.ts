// The card slot of the kiosk on the bench: pcscd's virtual reader, the card in it, and the hand that pulls the card out.
import {
  virtualReaderDaemon,
  type VirtualReaderDaemon,
} from '../../drivers/card-reader/virtual-reader/daemon.ts'
import {
  virtualReader,
  type VirtualReader,
} from '../../drivers/card-reader/virtual-reader/virtual-reader.ts'
import type { Pull } from '../../drivers/card-reader/pcsc/slot.ts'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import type { Panel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import { inTurn } from './in-turn.ts'

export type CardSlotOptions = {
  /** The card that was in the slot when the bench was stopped. */
  card: { id: string; card: CardInSlot } | null
  /** The card that is in now, or null; called whenever that changes. */
  onCard: (id: string | null) => void
  onChange: () => void
}

export type BenchCardSlot = {
  /** Why no card can be read on this machine and what to install, in one sentence; null when all is there. */
  missing: string | null
  /** What the kiosk's environment needs in order to find the card service. */
  environment: Record<string, string>
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

/** Starts the card service if it can; a machine without one has a slot that reads nothing and says why. */
export const benchCardSlot = async (options: CardSlotOptions): Promise<BenchCardSlot> => {
  const found = await virtualReaderDaemon()
  return found.kind === 'missing' ? slotWithout(found.what) : slotOn(found.daemon, options)
}

const slotOn = (daemon: VirtualReaderDaemon, options: CardSlotOptions): BenchCardSlot => {
  let inSlot: string | null = null
  let present = true
  let closing = false
  const write = writeWatch(() => setImmediate(() => reader.remove()))
  const reader: VirtualReader = virtualReader({
    port: daemon.port,
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
    // It settles when the reader has seen the card, which may be long after the hand has let go.
    void reader.insert(write.watching(card))
    options.onChange()
  }
  if (options.card !== null) put(options.card.id, options.card.card)
  // A daemon that is going away must not be asked to come back at the same time.
  const turn = inTurn()
  return {
    missing: null,
    environment: daemon.environment,
    panel: () => ({ card: inSlot, readerPresent: present, pullAfter: write.pullAfter() }),
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
    setReaderPresent: async (wanted) => {
      if (daemon.whose !== 'ours') {
        return refused('The card service of this machine serves others too: it stays plugged in.')
      }
      await turn(async () => {
        if (present === wanted) return
        await daemon.restart({ reader: wanted })
        present = wanted
        options.onChange()
      })
      return done
    },
    close: async () => {
      closing = true
      reader.close()
      await turn(() => daemon.stop())
    },
  }
}

const slotWithout = (what: string): BenchCardSlot => {
  const no = refused(`No card can be read here. ${what}`)
  return {
    missing: `No card can be read here, so nothing can be sold. ${what}`,
    environment: {},
    panel: () => ({ card: null, readerPresent: false, pullAfter: null }),
    insert: () => no,
    take: () => no,
    pullAfter: () => no,
    pullAfterAny: () => {},
    setReaderPresent: () => Promise.resolve(no),
    close: () => Promise.resolve(),
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
