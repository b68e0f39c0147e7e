// What goes over the wire between pcscd's virtual reader (vpcd) and the card in it: a length and bytes. Pure.
import { concat, u16, u16At } from '../../../domain/power-card/bytes.ts'

export type FromReader =
  | { kind: 'power off' }
  | { kind: 'power on' }
  | { kind: 'reset' }
  | { kind: 'get answer to reset' }
  | { kind: 'command'; bytes: Uint8Array }
  /** One byte that is no control of vpcd's, or nothing at all. */
  | { kind: 'discarded'; bytes: Uint8Array }

/** Every whole message in these bytes, and what is left over for the next ones. */
export const decode = (bytes: Uint8Array): { out: FromReader[]; rest: Uint8Array } => {
  const out: FromReader[] = []
  let rest = bytes
  while (rest.length >= 2 && rest.length >= 2 + u16At(rest, 0)) {
    const end = 2 + u16At(rest, 0)
    out.push(meaningOf(rest.slice(2, end)))
    rest = rest.slice(end)
  }
  return { out, rest }
}

const meaningOf = (bytes: Uint8Array): FromReader => {
  if (bytes.length > 1) return { kind: 'command', bytes }
  switch (bytes[0]) {
    case 0x00:
      return { kind: 'power off' }
    case 0x01:
      return { kind: 'power on' }
    case 0x02:
      return { kind: 'reset' }
    case 0x04:
      return { kind: 'get answer to reset' }
    default:
      return { kind: 'discarded', bytes }
  }
}

/** The card's side sends bytes only: an answer to reset, or the answer to a command. */
export const encode = (bytes: Uint8Array): Uint8Array => concat(u16(bytes.length), bytes)
