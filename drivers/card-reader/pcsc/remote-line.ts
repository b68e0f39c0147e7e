// Either end of the line between a kiosk and a card reader server: bytes in, messages out, and nothing after a broken one.
import type { Socket } from 'node:net'
import { concat } from '../../../domain/power-card/bytes.ts'
import type { Decoded } from './remote-codec.ts'

/** A card never travels over a network in clear: both ends are on this machine, by construction. */
export const loopback = '127.0.0.1'

export type Listener<Message> = {
  hear: (message: Message) => void
  /** Comes once, after every message. */
  closed: () => void
}

/**
 * Each message in a turn of the event loop of its own, as PC/SC tells what happens: an answer that came before a removal
 * has done its work when the removal is heard, though both arrive in one piece. A garbled line is closed.
 */
export const hearMessages = <Message>(
  socket: Socket,
  decode: (bytes: Uint8Array) => Decoded<Message>,
  { hear, closed }: Listener<Message>,
): void => {
  let rest: Uint8Array = new Uint8Array()
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (act: () => void): void => {
    last = last.then(() => {
      act()
      return turnEnded()
    })
  }
  socket.on('data', (bytes) => {
    const decoded = decode(concat(rest, bytes))
    rest = decoded.rest
    for (const message of decoded.out) inTurn(() => hear(message))
    if (decoded.broken) socket.destroy()
  })
  // 'close' follows, and says all there is to say.
  socket.on('error', () => {})
  socket.on('close', () => inTurn(closed))
}

const turnEnded = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
