// The card slot of the emulated reader: simulated cards go in and out at QEMU's `ccid-card-passthru`.
//
// QEMU powers the card in its own books only and tells this side nothing of it: a card is powered up when it goes in and
// down when it comes out, and a warm reset by the reader does not reach it.
import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import { concat } from '../../domain/power-card/bytes.ts'
import { never } from '../../domain/never.ts'
import { addReader, answer, cardIn, cardOut, decode, hello, type FromQemu } from './vscard-codec.ts'

export type QemuSlot = {
  insert: (card: CardInSlot) => void
  /** Null when none was in. */
  remove: () => CardInSlot | null
  isIn: () => boolean
  /** How many commands the card has answered: whether the line is alive at all. */
  answered: () => number
  close: () => void
}

/** Listens at `path`; QEMU connects when it starts, once. */
export const qemuSlot = async (path: string): Promise<QemuSlot> => {
  let card: CardInSlot | null = null
  let line: Socket | null = null
  let answered = 0
  let isPluggedIn = false
  const say = (bytes: Uint8Array) => void line?.write(bytes)
  const hear = (message: FromQemu) => {
    switch (message.kind) {
      case 'init':
        // It greets when it starts, and again when it is greeted: the reader is plugged in once.
        if (isPluggedIn) return
        isPluggedIn = true
        say(addReader('card slot'))
        if (card !== null) say(cardIn(card.atr()))
        return
      case 'command':
        // The reader shows no card any more: nobody waits for an answer.
        if (card === null) return
        answered += 1
        say(answer(card.transmit(message.bytes)))
        return
      case 'result':
      case 'discarded':
        return
      default:
        never(message)
    }
  }
  const server = createServer((socket) => {
    line = socket
    isPluggedIn = false
    let rest: Uint8Array = new Uint8Array()
    socket.on('data', (bytes) => {
      const decoded = decode(concat(rest, bytes))
      rest = decoded.rest
      decoded.out.forEach(hear)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (line === socket) line = null
    })
    say(hello())
  })
  server.listen(path)
  await once(server, 'listening')
  const remove = () => {
    const taken = card
    if (taken === null) return null
    card = null
    say(cardOut())
    taken.powerDown()
    return taken
  }
  return {
    insert: (wanted) => {
      remove()
      wanted.powerUp()
      card = wanted
      say(cardIn(wanted.atr()))
    },
    remove,
    isIn: () => card !== null,
    answered: () => answered,
    close: () => {
      line?.destroy()
      server.close()
    },
  }
}
