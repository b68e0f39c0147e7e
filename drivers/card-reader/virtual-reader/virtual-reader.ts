// Puts a simulated card into pcscd's virtual reader and takes it out again: the card's end of vpcd's TCP line.
import { connect, type Socket } from 'node:net'
import { concat } from '../../../domain/power-card/bytes.ts'
import { never } from '../../../domain/never.ts'
import type { CardInSlot } from '../simulated-card/simulated-card.ts'
import { realClock, type Clock } from '../../clock.ts'
import { handleCommand, type Pull } from '../pcsc/slot.ts'
import { decode, encode, type FromReader } from './codec.ts'

/** 0x8C7B: where vpcd listens unless its configuration says otherwise. */
export const usualVirtualReaderPort = 35_963

export const virtualReaderDelays = {
  /**
   * Between a removal and the next insertion: pcscd looks every 0.4 s and may report "no card" for good when one card
   * replaces another between two looks (power-card.md, end of 17).
   */
  emptyMs: 1_200,
  /** Before vpcd is tried again when it does not take the card: it is not running, or another card is in it. */
  againMs: 300,
}

export type VirtualReaderOptions = {
  host?: string
  port?: number
  clock?: Clock
  /** Called whenever a card is in or out, also when it was pulled by `pullAfter`. */
  onChange?: (present: boolean) => void
}

export type VirtualReader = ReturnType<typeof virtualReader>

/** An empty virtual reader. Cards go in and out one after the other; `insert` waits as long as physics asks for. */
export const virtualReader = (options: VirtualReaderOptions = {}) => {
  const slot: Slot = {
    options,
    clock: options.clock ?? realClock,
    card: null,
    socket: null,
    pull: null,
    mayInsert: Promise.resolve(),
    whenPowered: () => {},
  }
  return {
    /** Puts a card in; a card that is in is taken out first. Settles when the reader has powered it up, or it is out again. */
    insert: async (card: CardInSlot): Promise<void> => {
      takeOut(slot)
      slot.card = card
      slot.options.onChange?.(true)
      const powered = Promise.withResolvers<void>()
      slot.whenPowered = powered.resolve
      void slot.mayInsert.then(() => plugIn(slot, card))
      await powered.promise
    },
    /** Takes the card out and gives it back; null when none was in. */
    remove: (): CardInSlot | null => takeOut(slot),
    /** The card in the slot is pulled after so many more commands; see `Pull`. */
    pullAfter: (commands: number, last: Pull['last'] = 'answered'): void => {
      slot.pull = { commands, last }
    },
    present: (): boolean => slot.card !== null,
    /** Takes the card out for good. */
    close: (): void => void takeOut(slot),
  }
}

type Slot = {
  options: VirtualReaderOptions
  clock: Clock
  card: CardInSlot | null
  socket: Socket | null
  pull: Pull | null
  /** Settles when the slot has been empty for long enough. */
  mayInsert: Promise<void>
  /** Called at the first power-on of the card, and when it is taken out. */
  whenPowered: () => void
}

const takeOut = (slot: Slot): CardInSlot | null => {
  const { card, socket } = slot
  if (card === null) return null
  slot.card = null
  slot.socket = null
  slot.pull = null
  socket?.destroy()
  card.powerDown()
  slot.mayInsert = new Promise((resolve) => {
    slot.clock.after(virtualReaderDelays.emptyMs, resolve)
  })
  slot.whenPowered()
  slot.options.onChange?.(false)
  return card
}

const plugIn = (slot: Slot, card: CardInSlot): void => {
  if (slot.card !== card) return
  const { host = '127.0.0.1', port = usualVirtualReaderPort } = slot.options
  const socket = connect({ host, port, noDelay: true })
  slot.socket = socket
  let rest: Uint8Array = new Uint8Array()
  socket.on('data', (bytes) => {
    const decoded = decode(concat(rest, bytes))
    rest = decoded.rest
    for (const message of decoded.out) if (slot.socket === socket) hear(slot, card, message)
  })
  // 'close' follows, and says all there is to say.
  socket.on('error', () => {})
  socket.on('close', () => {
    if (slot.socket !== socket) return
    // The daemon went away, not the card: it is powered off, and plugged in again when the daemon is back.
    slot.socket = null
    card.powerDown()
    slot.clock.after(virtualReaderDelays.againMs, () => plugIn(slot, card))
  })
}

const hear = (slot: Slot, card: CardInSlot, message: FromReader): void => {
  switch (message.kind) {
    case 'power off':
      return card.powerDown()
    case 'power on':
      card.powerUp()
      return slot.whenPowered()
    case 'reset':
      return card.reset()
    case 'get answer to reset':
      return answer(slot, card.atr())
    case 'command': {
      const { handled, pull } = handleCommand(card, message.bytes, slot.pull)
      slot.pull = pull
      // A card that lost its power answers nothing; vpcd would wait for ever, so for the reader it is out.
      if (handled.kind === 'pulled' || handled.bytes.length === 0) return void takeOut(slot)
      return answer(slot, handled.bytes)
    }
    case 'discarded':
      return undefined
    default:
      return never(message)
  }
}

const answer = (slot: Slot, bytes: Uint8Array): void => void slot.socket?.write(encode(bytes))
