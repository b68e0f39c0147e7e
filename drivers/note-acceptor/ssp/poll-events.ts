// What a validator says has happened when it is polled.
import { never } from '../../../domain/never.ts'

/** Event codes (SSP manual, poll; devices.md 3.2). */
export const eventCode = {
  reset: 0xf1,
  read: 0xef,
  credit: 0xee,
  rejecting: 0xed,
  rejected: 0xec,
  stacking: 0xcc,
  stacked: 0xeb,
  safeJam: 0xea,
  unsafeJam: 0xe9,
  disabled: 0xe8,
  stackerFull: 0xe7,
  fraud: 0xe6,
  cashBoxReplaced: 0xe4,
  cashBoxRemoved: 0xe3,
  clearedToCashBox: 0xe2,
  clearedFromFront: 0xe1,
  pathOpen: 0xe0,
  initialising: 0xb6,
  allInhibited: 0xb5,
} as const

/** `channel` is 1 to 255, or null where the unit does not say (00). */
export type PollEvent =
  /** Power came, or a reset is done. */
  | { kind: 'reset' }
  /** EF 00: a note is moving over the sensors. */
  | { kind: 'reading' }
  /** EF ch: recognised and held. The next poll accepts it. */
  | { kind: 'escrow'; channel: number }
  /** Beyond the customer's reach. Said again until it is acknowledged. */
  | { kind: 'credit'; channel: number | null }
  | { kind: 'rejecting' | 'rejected' | 'stacking' | 'stacked' }
  | { kind: 'jam'; where: 'safe' | 'unsafe' }
  | { kind: 'disabled' | 'all inhibited' | 'initialising' }
  | { kind: 'cash box full' | 'cash box removed' | 'cash box replaced' | 'path open' }
  | { kind: 'fraud'; channel: number | null }
  /** At power-up: a note in the path was given back at the front. */
  | { kind: 'found, returned'; channel: number | null }
  /** At power-up: a note in the path was moved into the cash box. Needs an acknowledgement. */
  | { kind: 'found, stacked'; channel: number | null }

export type PollEvents = {
  events: PollEvent[]
  /** The first byte that is no known event, and all after it: lengths are unknown from there on. Empty is good. */
  unread: Uint8Array
}

/** Reads the bytes after F0 of an answer to a poll. */
export const pollEvents = (bytes: Uint8Array): PollEvents => {
  const events: PollEvent[] = []
  let at = 0
  while (at < bytes.length) {
    const event = eventAt(bytes, at)
    if (event === null) break
    events.push(event)
    at += lengthOf(event)
  }
  return { events, unread: bytes.slice(at) }
}

const eventAt = (bytes: Uint8Array, at: number): PollEvent | null => {
  switch (bytes[at]) {
    case eventCode.reset:
      return { kind: 'reset' }
    case eventCode.read:
      return withChannel(bytes[at + 1], (channel) =>
        channel === null ? { kind: 'reading' } : { kind: 'escrow', channel },
      )
    case eventCode.credit:
      return withChannel(bytes[at + 1], (channel) => ({ kind: 'credit', channel }))
    case eventCode.rejecting:
      return { kind: 'rejecting' }
    case eventCode.rejected:
      return { kind: 'rejected' }
    case eventCode.stacking:
      return { kind: 'stacking' }
    case eventCode.stacked:
      return { kind: 'stacked' }
    case eventCode.safeJam:
      return { kind: 'jam', where: 'safe' }
    case eventCode.unsafeJam:
      return { kind: 'jam', where: 'unsafe' }
    case eventCode.disabled:
      return { kind: 'disabled' }
    case eventCode.stackerFull:
      return { kind: 'cash box full' }
    case eventCode.fraud:
      return withChannel(bytes[at + 1], (channel) => ({ kind: 'fraud', channel }))
    case eventCode.cashBoxReplaced:
      return { kind: 'cash box replaced' }
    case eventCode.cashBoxRemoved:
      return { kind: 'cash box removed' }
    case eventCode.clearedToCashBox:
      return withChannel(bytes[at + 1], (channel) => ({ kind: 'found, stacked', channel }))
    case eventCode.clearedFromFront:
      return withChannel(bytes[at + 1], (channel) => ({ kind: 'found, returned', channel }))
    case eventCode.pathOpen:
      return { kind: 'path open' }
    case eventCode.initialising:
      return { kind: 'initialising' }
    case eventCode.allInhibited:
      return { kind: 'all inhibited' }
    default:
      return null
  }
}

/** An event whose channel byte is missing is not read: it may have been cut, and its channel may be money. */
const withChannel = (
  byte: number | undefined,
  event: (channel: number | null) => PollEvent,
): PollEvent | null => (byte === undefined ? null : event(byte === 0 ? null : byte))

const lengthOf = (event: PollEvent): 1 | 2 => {
  switch (event.kind) {
    case 'reading':
    case 'escrow':
    case 'credit':
    case 'fraud':
    case 'found, returned':
    case 'found, stacked':
      return 2
    case 'reset':
    case 'rejecting':
    case 'rejected':
    case 'stacking':
    case 'stacked':
    case 'jam':
    case 'disabled':
    case 'all inhibited':
    case 'initialising':
    case 'cash box full':
    case 'cash box removed':
    case 'cash box replaced':
    case 'path open':
      return 1
    default:
      return never(event)
  }
}
