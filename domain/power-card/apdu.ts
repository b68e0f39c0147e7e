// The commands anyone may send to a card, what it answers, and what it says of itself (power-card.md 6).
//
// None of them needs a key; those that do are in sessions.ts. A command with data goes out without Le: both protocols
// then answer 61xx, and whoever holds the line fetches the rest (2.2).
import { concat, sameBytes, u16, u16At, u8At } from './bytes.ts'
import { applicationId, journalFile } from './layout.ts'
import { tagsIn, valueOf } from './tlv.ts'

/** The closed list of power-card.md 6.2. 61xx, 63Cx and 6Cxx carry a number in their last digits. */
export const statusWord = {
  done: 0x9000,
  /** Done; xx answer bytes are held. */
  held: 0x6100,
  /** Wrong cryptogram, x tries left. */
  wrongCryptogram: 0x63c0,
  /** Nothing was changed. */
  memoryFailure: 0x6581,
  wrongLength: 0x6700,
  wrongFileType: 0x6981,
  /** A write without a session, or without a MAC. */
  noSession: 0x6982,
  keyBlocked: 0x6983,
  /** No application selected, no challenge pending, or no held data. */
  notNow: 0x6985,
  /** This session has no right to this, or there is no current file. */
  noRight: 0x6986,
  wrongMac: 0x6988,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongParameters: 0x6a86,
  keyNotFound: 0x6a88,
  /** Offset or range not allowed; any read of an un-issued card. */
  wrongRange: 0x6b00,
  /** Wrong Le; xx bytes are available. */
  wrongLe: 0x6c00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
} as const

/** How many bytes a card holds (61xx) or would have given (6Cxx, where 00 stands for 256). */
export const lengthIn = (word: number): number => word & 0xff || 256

export type Answer = { data: Uint8Array; statusWord: number }

/** Null when it is shorter than a status word: the outcome of the command is unknown (2.3). */
export const answerOf = (bytes: Uint8Array): Answer | null =>
  bytes.length < 2 ? null : { data: bytes.slice(0, -2), statusWord: u16At(bytes, bytes.length - 2) }

export const selectApplication = (): Uint8Array =>
  concat(0x00, 0xa4, 0x04, 0x00, applicationId.length, applicationId)

/** 3F00, DF01, or EF01 to EF07 while the application is current. */
export const selectFile = (identifier: number): Uint8Array =>
  concat(0x00, 0xa4, 0x00, 0x00, 0x02, u16(identifier))

/** `length`: 1 to 256 bytes. The plain bytes of a file prove nothing. */
export const readBinary = (sfi: number, offset: number, length: number): Uint8Array =>
  Uint8Array.of(0x00, 0xb0, 0x80 | sfi, offset, length & 0xff)

/** A record of EF06; 1 is the newest. */
export const readRecord = (number: number): Uint8Array =>
  Uint8Array.of(0x00, 0xb2, number, (journalFile.sfi << 3) | 4, journalFile.recordSize)

/** A whole file and the proof of it over a nonce of 8 bytes. */
export const macedRead = (sfi: number, nonce: Uint8Array): Uint8Array =>
  concat(0x04, 0xb0, 0x80 | sfi, 0x00, 0x08, nonce)

/** 8 random bytes of the card; they are good for the next command only. */
export const getChallenge = (): Uint8Array => Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08)

/** The card shows over a nonce of 8 bytes that it is genuine. */
export const internalAuthenticate = (nonce: Uint8Array): Uint8Array =>
  concat(0x00, 0x88, 0x00, 0x01, 0x08, nonce)

/** Fetches what a card holds after 61xx. */
export const getResponse = (length: number): Uint8Array =>
  Uint8Array.of(0x00, 0xc0, 0x00, 0x00, length & 0xff)

/** What a card says of itself when the application is selected (6.3). */
export type Fci = {
  /** 8 bytes; the serial that counts (2.1). */
  serial: Uint8Array
  applicationVersion: number
  /** Crypto profile; 2 is AES-128. */
  profile: number
  keyVersion: number
  issued: boolean
  /** Tries left before a key is blocked. */
  tries: { K_EA: number; K_EM: number; K_AD: number }
}

/** Null when these bytes do not describe our application. */
export const fciOf = (bytes: Uint8Array): Fci | null => {
  const template = valueOf(tagsIn(bytes) ?? [], 0x6f)
  const outer = template === null ? null : tagsIn(template)
  const name = valueOf(outer ?? [], 0x84)
  const own = valueOf(outer ?? [], 0xa5)
  if (name === null || own === null || !sameBytes(name, applicationId)) return null
  const tags = tagsIn(own)
  const fixed = (tag: number, length: number): Uint8Array | null => {
    const value = valueOf(tags ?? [], tag)
    return value?.length === length ? value : null
  }
  const serial = fixed(0xc0, 8)
  const version = fixed(0xc1, 1)
  const profile = fixed(0xc2, 1)
  const keyVersion = fixed(0xc3, 2)
  const lifeCycle = fixed(0xc4, 1)
  const tries = fixed(0xc5, 3)
  if (!serial || !version || !profile || !keyVersion || !lifeCycle || !tries) return null
  return {
    serial,
    applicationVersion: u8At(version, 0),
    profile: u8At(profile, 0),
    keyVersion: u16At(keyVersion, 0),
    issued: lifeCycle[0] === 0x05,
    tries: { K_EA: u8At(tries, 0), K_EM: u8At(tries, 1), K_AD: u8At(tries, 2) },
  }
}
