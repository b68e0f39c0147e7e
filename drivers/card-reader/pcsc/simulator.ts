// PC/SC in memory: a daemon, readers and cards that people put in and pull out, with the faults of devices.md 12.
import { never } from '../../../domain/never.ts'
import type { CardInSlot } from '../simulated-card/simulated-card.ts'
import { handleCommand, type Pull } from './slot.ts'
import {
  protocolT0,
  protocolT1,
  type CardService,
  type Connected,
  type PcscError,
  type Reader,
  type ReaderStatus,
  type ServiceEvent,
  type Transmitted,
} from './service.ts'

export const simulatedReaderName = 'Simulated reader 00 00'

/** What the next command meets instead of the card; each is used up by one command. */
export type TransmitFault =
  /** Not carried out; the reader says so with PC/SC's number. */
  | { kind: 'error before'; code: number }
  /** Carried out; the answer is lost and the reader says so. */
  | { kind: 'error after'; code: number }
  /** Carried out; an answer of fewer than two bytes comes back without any error, as pcscd does on a removal. */
  | { kind: 'short reply'; bytes: Uint8Array }
  /** Carried out; the answer comes when `answerLate` is called. */
  | { kind: 'hangs' }

export type SimulatedPcsc = ReturnType<typeof simulatedPcsc>

export type SimulatedPcscOptions = {
  name?: string
  /** Called whenever a card is in or out, also when it was pulled by `pullAfter`. */
  onChange?: (present: boolean) => void
}

type World = {
  running: boolean
  /** The one reader, if it is plugged in. */
  reader: { name: string } | null
  /** Questions whether it is there get no answer, and whoever is connected stays so. */
  frozen: boolean
  card: CardInSlot | null
  changes: number
  pull: Pull | null
  faults: TransmitFault[]
  /** Power-ups that fail before one works. */
  mutePowerUps: number
  hanging: (() => void) | null
  contexts: Set<Context>
  onChange: (present: boolean) => void
}

type Context = { hear: (event: ServiceEvent) => void; readers: Map<string, Reader> }

const errors = { removed: 0x80100069, unresponsive: 0x80100066, invalidHandle: 0x80100003 }

/** A running daemon with one reader plugged in and nothing in it. Everything happens at once, none of it by a timer. */
export const simulatedPcsc = ({
  name = simulatedReaderName,
  onChange = () => {},
}: SimulatedPcscOptions = {}) => {
  const world: World = {
    running: true,
    reader: { name },
    frozen: false,
    card: null,
    changes: 0,
    pull: null,
    faults: [],
    mutePowerUps: 0,
    hanging: null,
    contexts: new Set(),
    onChange,
  }
  return {
    service: serviceOf(world),
    ...slotOf(world),
    ...daemonOf(world, name),
    ...faultsOf(world),
  }
}

const serviceOf = (world: World): CardService => ({
  open: (hear) => {
    if (!world.running) return null
    const context: Context = { hear, readers: new Map() }
    world.contexts.add(context)
    queueMicrotask(() => {
      if (world.reader !== null) announce(world, context, world.reader.name)
    })
    return {
      answers: (reader) =>
        world.frozen ? new Promise(() => {}) : Promise.resolve(reader === world.reader?.name),
      close: () => void world.contexts.delete(context),
    }
  },
})

const announce = (world: World, context: Context, name: string): void => {
  if (!world.contexts.has(context) || context.readers.has(name)) return
  const reader = readerOf(world, context, name)
  context.readers.set(name, reader)
  context.hear({ kind: 'reader appeared', reader })
  context.hear({ kind: 'status', reader, status: statusOf(world) })
}

const statusOf = ({ card, changes }: World): ReaderStatus => ({
  present: card !== null,
  changes,
  atr: card?.atr() ?? new Uint8Array(),
})

const tellStatus = (world: World): void => {
  for (const { hear, readers } of world.contexts)
    for (const reader of readers.values()) hear({ kind: 'status', reader, status: statusOf(world) })
}

const readerOf = (world: World, context: Context, name: string): Reader => {
  // `changes` when the card was powered up: another card is not talked to over an old connection.
  let connectedAt: number | null = null
  const usable = () => world.contexts.has(context) && context.readers.has(name)
  return {
    name,
    connect: () => Promise.resolve(usable() ? connect() : failed(errors.invalidHandle)),
    disconnect: () => {
      if (connectedAt === world.changes) world.card?.powerDown()
      connectedAt = null
      return Promise.resolve()
    },
    transmit: (bytes) => {
      if (!usable()) return Promise.resolve(failed(errors.invalidHandle))
      if (world.card === null || connectedAt !== world.changes) {
        return Promise.resolve(failed(errors.removed))
      }
      return transmit(world, world.card, bytes)
    },
  }
  function connect(): Connected {
    const { card } = world
    if (card === null) return failed(errors.removed)
    if (world.mutePowerUps > 0) {
      world.mutePowerUps--
      return failed(errors.unresponsive)
    }
    if (connectedAt === world.changes) card.powerDown()
    card.powerUp()
    connectedAt = world.changes
    return { kind: 'connected', protocol: speaksT1(card.atr()) ? protocolT1 : protocolT0 }
  }
}

/** TD1 names the first protocol offered (ISO 7816-3); without it T=0. */
const speaksT1 = (atr: Uint8Array): boolean => {
  const format = atr[1] ?? 0
  if ((format & 0x80) === 0) return false
  const before = [0x10, 0x20, 0x40].filter((bit) => (format & bit) !== 0).length
  return ((atr[2 + before] ?? 0) & 0x0f) === 1
}

const failed = (code: number): PcscError => ({ kind: 'error', code })

const transmit = async (
  world: World,
  card: CardInSlot,
  bytes: Uint8Array,
): Promise<Transmitted> => {
  const fault = world.faults.shift()
  if (fault?.kind === 'error before') return failed(fault.code)
  const { handled, pull } = handleCommand(card, bytes, world.pull)
  world.pull = pull
  if (handled.kind === 'pulled') {
    takeOut(world)
    return { kind: 'replied', bytes: new Uint8Array() }
  }
  if (fault === undefined) return { kind: 'replied', bytes: handled.bytes }
  switch (fault.kind) {
    case 'error after':
      return failed(fault.code)
    case 'short reply':
      return { kind: 'replied', bytes: fault.bytes }
    case 'hangs':
      await new Promise<void>((resolve) => {
        world.hanging = resolve
      })
      return { kind: 'replied', bytes: handled.bytes }
    default:
      return never(fault)
  }
}

const takeOut = (world: World): CardInSlot | null => {
  const { card } = world
  if (card === null) return null
  card.powerDown()
  world.card = null
  world.pull = null
  world.changes++
  tellStatus(world)
  world.onChange(false)
  return card
}

const slotOf = (world: World) => ({
  insert: (card: CardInSlot): void => {
    takeOut(world)
    world.card = card
    world.changes++
    tellStatus(world)
    world.onChange(true)
  },
  /** Takes the card out and gives it back; null when none was in. */
  remove: (): CardInSlot | null => takeOut(world),
  /** Another card takes the place of the one in the slot so fast that only the count of changes tells. */
  swapUnseen: (card: CardInSlot): void => {
    world.card?.powerDown()
    world.card = card
    world.changes += 2
    tellStatus(world)
  },
  /** The card in the slot is pulled after so many more commands; see `Pull`. */
  pullAfter: (commands: number, last: Pull['last'] = 'answered'): void => {
    world.pull = { commands, last }
  },
  present: (): boolean => world.card !== null,
})

const daemonOf = (world: World, name: string) => ({
  /** The daemon ends: every context fails, and a card in the slot loses its power. */
  stopDaemon: (): void => {
    world.running = false
    world.card?.powerDown()
    const contexts = [...world.contexts]
    world.contexts.clear()
    for (const { hear } of contexts) hear({ kind: 'context failed' })
  },
  startDaemon: (): void => {
    world.running = true
  },
  /** The daemon hangs, or goes on. */
  freeze: (frozen: boolean): void => {
    world.frozen = frozen
  },
  unplug: (): void => {
    world.reader = null
    world.card?.powerDown()
    for (const { hear, readers } of world.contexts) {
      const lost = [...readers.values()]
      readers.clear()
      for (const reader of lost) hear({ kind: 'reader lost', reader })
    }
  },
  /** Plugs the reader in again. As with pcsclite, only a context made afterwards finds it (devices.md 12). */
  plugIn: (): void => {
    world.reader = { name }
  },
})

const faultsOf = (world: World) => ({
  /** The next command meets this; several wait in a row. */
  failNext: (...faults: TransmitFault[]): void => void world.faults.push(...faults),
  /** What still waits is met by nobody. */
  forgetFaults: (): void => {
    world.faults.length = 0
  },
  /** The answer of a command that hangs arrives after all. */
  answerLate: (): void => {
    world.hanging?.()
    world.hanging = null
  },
  /** So many power-ups get no answer from the card. */
  beMute: (powerUps: number): void => {
    world.mutePowerUps = powerUps
  },
  /** How many contexts are open: one, when the driver is well. */
  contexts: (): number => world.contexts.size,
})
