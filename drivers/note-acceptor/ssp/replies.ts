// What a validator answers to anything but a poll.
import type { NoteCounters, RejectReason } from '../note-acceptor.ts'

/** Status codes (SSP manual, generic responses). */
export const status = {
  ok: 0xf0,
  unknownCommand: 0xf2,
  wrongParameters: 0xf3,
  outOfRange: 0xf4,
  cannotProcessNow: 0xf5,
  softwareError: 0xf6,
  fail: 0xf8,
  keyNotSet: 0xfa,
} as const

/** The first byte of every answer says whether the rest is what was asked for. */
export type Answer =
  | { kind: 'ok'; data: Uint8Array }
  | { kind: 'refused'; code: number }
  /** FA: the unit has no keys; it has lost power, or nobody has agreed on keys yet. */
  | { kind: 'no keys' }

/** Null for an answer without a byte, which no unit gives. */
export const answerOf = (data: Uint8Array): Answer | null => {
  const [code] = data
  switch (code) {
    case undefined:
      return null
    case status.ok:
      return { kind: 'ok', data: data.slice(1) }
    case status.keyNotSet:
      return { kind: 'no keys' }
    default:
      return { kind: 'refused', code }
  }
}

/** What a unit says of itself (05). Values are in main currency units, as the unit has them, in order of channels. */
export type Setup = {
  unitType: number
  firmware: string
  currency: string
  values: number[]
  protocol: number
}

/**
 * Reads the answer to 05, after F0: 0 type, 1–4 firmware, 5–7 country, 8–10 multiplier (high byte first), 11 n, n values,
 * n security levels, 3 real multiplier, 1 protocol, and from protocol 6 on n countries of 3 letters and n values of 4 bytes
 * (low byte first), which count when the multiplier is 0. Null when it is too short or without values.
 */
export const setupOf = (data: Uint8Array): Setup | null => {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const count = data[11] ?? 0
  const afterLevels = 12 + 2 * count
  const protocol = data[afterLevels + 3]
  if (count === 0 || protocol === undefined) return null
  const multiplier = (view.getUint8(8) << 16) | view.getUint16(9)
  const expanded = afterLevels + 4 + 3 * count
  if (multiplier === 0 && data.length < expanded + 4 * count) return null
  return {
    unitType: view.getUint8(0),
    firmware: text(data.subarray(1, 5)),
    currency: text(data.subarray(5, 8)),
    values: Array.from({ length: count }, (_, channel) =>
      multiplier === 0
        ? view.getUint32(expanded + 4 * channel, true)
        : view.getUint8(12 + channel) * multiplier,
    ),
    protocol,
  }
}

/** The serial number (0C): 4 bytes, high byte first; in decimal, as printed on the unit. */
export const serialNumberOf = (data: Uint8Array): string | null =>
  data.length === 4
    ? String(new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0))
    : null

/** The counters (58): how many there are, then stacked, stored, dispensed, transferred, rejected, 4 bytes low first. */
export const countersOf = (data: Uint8Array): NoteCounters | null => {
  if ((data[0] ?? 0) < 5 || data.length < 21) return null
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  return { stacked: view.getUint32(1, true), rejected: view.getUint32(17, true) }
}

/** Last reject codes (17) that mean more than "not recognised"; the manual has 32 of them, most say why it was not. */
export const rejectCode = {
  datasetInhibited: 0x06,
  secondNote: 0x07,
  byHost: 0x08,
  hostInhibited: 0x0c,
  strim: 0x0e,
  escrowTimeout: 0x13,
  unableToStack: 0x1d,
  doubleNote: 0x1c,
} as const

/** Why the last note was rejected (17). */
export const rejectReasonOf = (data: Uint8Array): RejectReason => {
  switch (data[0]) {
    case rejectCode.datasetInhibited:
    case rejectCode.hostInhibited:
    case rejectCode.byHost:
      return 'not accepted now'
    case rejectCode.secondNote:
    case rejectCode.doubleNote:
      return 'two notes'
    case rejectCode.strim:
      return 'pulled back'
    case rejectCode.escrowTimeout:
      return 'held too long'
    case rejectCode.unableToStack:
      return 'cannot stack'
    default:
      return 'not recognised'
  }
}

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes).trim()
