// The reader behind the card slot of the bench: pcscd's virtual reader, or one in memory where there is no pcscd to be had.
import { pcscliteIsThere } from '../../drivers/card-reader/pcsc/pcsclite-service.ts'
import { readerServer } from '../../drivers/card-reader/pcsc/reader-server.ts'
import { simulatedPcsc } from '../../drivers/card-reader/pcsc/simulator.ts'
import type { Pull } from '../../drivers/card-reader/pcsc/slot.ts'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import {
  virtualReaderDaemon,
  type DaemonFound,
  type VirtualReaderDaemon,
} from '../../drivers/card-reader/virtual-reader/daemon.ts'
import { virtualReader } from '../../drivers/card-reader/virtual-reader/virtual-reader.ts'
import { inTurn } from './in-turn.ts'

export type SlotReader = {
  /** Why cards go over memory, in one line; null when they do not. */
  missing: string | null
  /** What the kiosk's environment needs in order to find the reader. */
  environment: Record<string, string>
  /** What the kiosk's configuration calls the card reader server; null where the card daemon is asked. */
  service: string | null
  insert(card: CardInSlot): void
  /** Takes the card out; null when none was in. */
  remove(): CardInSlot | null
  /** The card in the slot is pulled after so many more commands; see `Pull`. */
  pullAfter: (commands: number, last?: Pull['last']) => void
  /** False where others use the reader's daemon too. */
  mayBeUnplugged: boolean
  plugged(): boolean
  /** Resolves when the plug is out, or in again. */
  setPlugged(plugged: boolean): Promise<void>
  close(): Promise<void>
}

type OnChange = (present: boolean) => void

/** An empty reader that is plugged in. `onChange`: a card is in, or out. */
export const slotReader = async (options: {
  /** The card daemon is left alone, also where there is one. */
  withoutPcscd: boolean
  onChange: OnChange
}): Promise<SlotReader> => {
  const found = options.withoutPcscd
    ? notWanted
    : pcscliteIsThere()
      ? await virtualReaderDaemon()
      : notCompiled
  return found.kind === 'missing'
    ? readerInMemory(found.what, options.onChange)
    : readerOfDaemon(found.daemon, options.onChange)
}

const notWanted: DaemonFound = { kind: 'missing', what: 'The card daemon is left alone, as asked.' }

const notCompiled: DaemonFound = {
  kind: 'missing',
  what: 'The package pcsclite could not be compiled: install libpcsclite-dev, remove node_modules and start again.',
}

const readerOfDaemon = (daemon: VirtualReaderDaemon, onChange: OnChange): SlotReader => {
  const reader = virtualReader({ port: daemon.port, onChange })
  let plugged = true
  // A daemon that is going away must not be asked to come back at the same time.
  const turn = inTurn()
  return {
    missing: null,
    environment: daemon.environment,
    service: null,
    // It settles when the reader has seen the card, which may be long after the hand has let go.
    insert: (card) => void reader.insert(card),
    remove: reader.remove,
    pullAfter: reader.pullAfter,
    mayBeUnplugged: daemon.whose === 'ours',
    plugged: () => plugged,
    setPlugged: (wanted) =>
      turn(async () => {
        if (plugged === wanted) return
        await daemon.restart({ reader: wanted })
        plugged = wanted
      }),
    close: async () => {
      reader.close()
      await turn(() => daemon.stop())
    },
  }
}

const readerInMemory = async (what: string, onChange: OnChange): Promise<SlotReader> => {
  const reader = simulatedPcsc({ onChange })
  const server = await readerServer({ service: reader.service })
  let plugged = true
  return {
    missing: `${what} Cards go over memory instead, below the same driver.`,
    environment: {},
    service: server.address,
    insert: reader.insert,
    remove: reader.remove,
    pullAfter: reader.pullAfter,
    mayBeUnplugged: true,
    plugged: () => plugged,
    setPlugged: (wanted) => {
      if (plugged !== wanted) (wanted ? reader.plugIn : reader.unplug)()
      plugged = wanted
      return Promise.resolve()
    },
    close: async () => {
      reader.remove()
      await server.close()
    },
  }
}
