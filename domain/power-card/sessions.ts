// Opening a session on the card, and the secured writes that can be made in it (power-card.md 6.8, 6.9).
import { ascii, concat, u16, u32 } from './bytes.ts'
import { mac8, cmac, wrap } from './cmac.ts'
import { cardKeyNames, type CardKeys } from './keys.ts'
import { cardFiles, journalFile } from './layout.ts'

export type Role = 'office' | 'meter' | 'admin'

/**
 * `reference`: P2 of EXTERNAL AUTHENTICATE. `opens`: the key its cryptogram is made with. `signs`: the key the session
 * key comes from.
 */
export const roles = {
  office: { reference: 2, opens: 'K_EA', tag: 'EA', signs: 'K_MP', session: 'SK' },
  meter: { reference: 3, opens: 'K_EM', tag: 'EM', signs: 'K_MM', session: 'SM' },
  admin: { reference: 4, opens: 'K_AD', tag: 'AD', signs: 'K_AD', session: 'SA' },
} as const

/** The 8 bytes of the card and of its host that make a session fresh, and the card's serial. */
export type Exchange = { challenge: Uint8Array; random: Uint8Array; serial: Uint8Array }

const input = (tag: string, { challenge, random, serial }: Exchange): Uint8Array =>
  concat(ascii(tag), challenge, random, serial)

/** What EXTERNAL AUTHENTICATE must show: 8 bytes, with the key that `roles[role].opens` names. */
export const cryptogram = (role: Role, key: Uint8Array, exchange: Exchange): Uint8Array =>
  mac8(key, input(roles[role].tag, exchange))

/** SK, with the key that `roles[role].signs` names. */
export const sessionKey = (role: Role, key: Uint8Array, exchange: Exchange): Uint8Array =>
  cmac(key, input(roles[role].session, exchange))

/** SE: wraps new keys in an admin session. */
export const wrappingKey = (K_AD: Uint8Array, exchange: Exchange): Uint8Array =>
  cmac(K_AD, input('SE', exchange))

/** `authenticate` is the command that opens the session; it must follow GET CHALLENGE directly. */
export type Session = { authenticate: Uint8Array; key: Uint8Array }

export const officeSession = (
  { K_EA, K_MP }: Pick<CardKeys, 'K_EA' | 'K_MP'>,
  exchange: Exchange,
): Session => ({
  authenticate: authentication('office', K_EA, exchange),
  key: sessionKey('office', K_MP, exchange),
})

export const meterSession = (
  { K_EM, K_MM }: Pick<CardKeys, 'K_EM' | 'K_MM'>,
  exchange: Exchange,
): Session => ({
  authenticate: authentication('meter', K_EM, exchange),
  key: sessionKey('meter', K_MM, exchange),
})

export const adminSession = (
  { K_AD }: Pick<CardKeys, 'K_AD'>,
  exchange: Exchange,
): Session & { wrapping: Uint8Array } => ({
  authenticate: authentication('admin', K_AD, exchange),
  key: sessionKey('admin', K_AD, exchange),
  wrapping: wrappingKey(K_AD, exchange),
})

const authentication = (role: Role, key: Uint8Array, exchange: Exchange): Uint8Array =>
  concat(
    0x00,
    0x82,
    0x00,
    roles[role].reference,
    0x10,
    exchange.random,
    cryptogram(role, key, exchange),
  )

/** A write before it is secured. */
export type Write = { ins: number; p1: number; p2: number; body: Uint8Array }

/** A file is written whole, so that no half-written file can exist (3); `offset` is for the slots of EF07 only. */
export const update = (sfi: number, bytes: Uint8Array, offset = 0): Write => ({
  ins: 0xd6,
  p1: 0x80 | sfi,
  p2: offset,
  body: bytes,
})

/** All that an office session may do to EF05, once its content is stored (8.2). */
export const clearWriteBack: Write = update(cardFiles.writeBack.sfi, new Uint8Array(8))

/** A record of 32 bytes becomes record 1 of EF06. */
export const appendRecord = (record: Uint8Array): Write => ({
  ins: 0xe2,
  p1: 0,
  p2: journalFile.sfi << 3,
  body: record,
})

/** All six keys and their version in one atomic step; the running session goes on under its old key. */
export const writeKeys = (
  keys: CardKeys,
  { keyVersion, wrapping }: { keyVersion: number; wrapping: Uint8Array },
): Write => ({
  ins: 0xd4,
  p1: 0,
  p2: 0,
  body: concat(u16(keyVersion), wrap(wrapping, concat(...cardKeyNames.map((name) => keys[name])))),
})

/** Gives K_EA or K_EM its tries back. */
export const resetRetry = (role: 'office' | 'meter'): Write => ({
  ins: 0x2c,
  p1: 0,
  p2: roles[role].reference,
  body: new Uint8Array(),
})

/** The MAC of a write is over its number in the session, its header and its body (6.9). */
export const writeMac = (
  key: Uint8Array,
  sequence: number,
  header: Uint8Array,
  body: Uint8Array,
): Uint8Array => mac8(key, concat(u32(sequence), header, body))

/** The command that carries the write; `sequence` is 1 for the first of a session. */
export const secure = (
  { ins, p1, p2, body }: Write,
  { key, sequence }: { key: Uint8Array; sequence: number },
): Uint8Array => {
  const header = Uint8Array.of(0x04, ins, p1, p2, body.length + 8)
  return concat(header, body, writeMac(key, sequence, header, body))
}

/** Writes one after the other, the first of them with the number `from`. */
export const secureAll = (
  writes: readonly Write[],
  { key, from = 1 }: { key: Uint8Array; from?: number },
): Uint8Array[] => writes.map((write, at) => secure(write, { key, sequence: from + at }))
