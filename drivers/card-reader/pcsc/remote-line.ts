// Either end of the line between a kiosk and a card reader server: bytes in, messages out, and nothing after a broken one.
import type { Socket } from 'node:net'
import { concat } from '../../../domain/power-card/bytes.ts'
import type { Decoded } from './remote-codec.ts'

/** A card never travels over a network in clear: both ends are on this machine, by construction. */
export const loopback = '127.0.0.1'

/** Calls `hear` for each message; a line that says anything else is closed. */
export const hearMessages = <Message>(
  socket: Socket,
  decode: (bytes: Uint8Array) => Decoded<Message>,
  hear: (message: Message) => void,
): void => {
  let rest: Uint8Array = new Uint8Array()
  socket.on('data', (bytes) => {
    const decoded = decode(concat(rest, bytes))
    rest = decoded.rest
    for (const message of decoded.out) if (!socket.destroyed) hear(message)
    if (decoded.broken) socket.destroy()
  })
  // 'close' follows, and says all there is to say.
  socket.on('error', () => {})
}
