// What goes over the line between the reader that QEMU emulates and the card in it: the virtual smart card protocol of
// libcacard (vscard_common.h), as hw/usb/ccid-card-passthru.c of QEMU speaks it. Pure.
//
// Every message begins with 12 bytes: type, reader and length of what follows, each 4 bytes, the high one first.
import { concat, u32, u32At } from '../../domain/power-card/bytes.ts'

const types = {
  init: 1,
  error: 2,
  readerAdd: 3,
  atr: 5,
  cardRemove: 6,
  apdu: 7,
} as const

const headerLength = 12
/** No reader yet. */
const undefinedReader = 0xffff_ffff
const onlyReader = 0
/** "VSCD", as it stands in memory; then version 0.0.2 and no capabilities. */
const initBody = Uint8Array.of(0x56, 0x53, 0x43, 0x44, 0, 0, 0, 2, 0, 0, 0, 0)

export type FromQemu =
  | { kind: 'init' }
  /** How it went with what was asked: 0 is well. */
  | { kind: 'result'; code: number }
  | { kind: 'command'; bytes: Uint8Array }
  /** A message that this side has no use for. */
  | { kind: 'discarded'; type: number }

/** Every whole message in these bytes, and what is left over for the next ones. */
export const decode = (bytes: Uint8Array): { out: FromQemu[]; rest: Uint8Array } => {
  const out: FromQemu[] = []
  let rest = bytes
  while (rest.length >= headerLength && rest.length >= headerLength + u32At(rest, 8)) {
    const end = headerLength + u32At(rest, 8)
    out.push(meaningOf(u32At(rest, 0), rest.slice(headerLength, end)))
    rest = rest.slice(end)
  }
  return { out, rest }
}

const meaningOf = (type: number, body: Uint8Array): FromQemu => {
  switch (type) {
    case types.init:
      return { kind: 'init' }
    case types.error:
      return body.length === 4
        ? { kind: 'result', code: u32At(body, 0) }
        : { kind: 'discarded', type }
    case types.apdu:
      return { kind: 'command', bytes: body }
    default:
      return { kind: 'discarded', type }
  }
}

const message = (type: number, reader: number, body: Uint8Array): Uint8Array =>
  concat(u32(type), u32(reader), u32(body.length), body)

export const hello = (): Uint8Array => message(types.init, undefinedReader, initBody)

/** Plugs the reader in; `name` is for people. */
export const addReader = (name: string): Uint8Array =>
  message(types.readerAdd, undefinedReader, new TextEncoder().encode(name))

/** A card is in: the reader shows its answer to reset to whoever powers it up. */
export const cardIn = (atr: Uint8Array): Uint8Array => message(types.atr, onlyReader, atr)

export const cardOut = (): Uint8Array => message(types.cardRemove, onlyReader, new Uint8Array())

/** The card's answer to a command, with its status word. */
export const answer = (bytes: Uint8Array): Uint8Array => message(types.apdu, onlyReader, bytes)
