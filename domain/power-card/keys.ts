// The keys of one card and one meter, derived from the master keys of the authority (power-card.md 5).
import type { MeterNumber } from '../identifiers.ts'
import { ascii, bcd, concat, u16, u32 } from './bytes.ts'
import { cmac } from './cmac.ts'

/** The six keys of a card, 16 bytes each; they have one key version. */
export type CardKeys = {
  /** The card shows that it is genuine. */
  K_IA: Uint8Array
  /** Opens an office session. */
  K_EA: Uint8Array
  /** Opens a meter session. */
  K_EM: Uint8Array
  /** Opens an admin session and wraps keys. */
  K_AD: Uint8Array
  /** Session MACs of the office, proofs to the centre. */
  K_MP: Uint8Array
  /** Session MACs of the meter, proofs to the meter. */
  K_MM: Uint8Array
}
export type CardKeyName = keyof CardKeys

/** In the order in which WRITE KEYS carries them (6.9). */
export const cardKeyNames = ['K_IA', 'K_EA', 'K_EM', 'K_AD', 'K_MP', 'K_MM'] as const

/** Master keys of one key version, 16 bytes each. A meter holds only MK_EM and MK_MM of its area. */
export type MasterKeys = { [Name in CardKeyName as `M${Name}`]: Uint8Array }

/** The version under which only K_AD exists: a card as it leaves the factory (5.3). */
export const transportVersion = 0

/** A key derivation of SP 800-108 in counter mode with CMAC, one block: what is fed to CMAC (5.2). */
export const derivationInput = (
  label: string,
  keyVersion: number,
  identity: Uint8Array,
): Uint8Array => concat(1, ascii(label), 0, u16(keyVersion), identity, u32(0x80))

export type OfCard = { serial: Uint8Array; keyVersion: number }

/** One key of one card: `name` says which, `master` is the master key of the same name. */
export const cardKey = (
  name: CardKeyName,
  master: Uint8Array,
  { serial, keyVersion }: OfCard,
): Uint8Array => cmac(master, derivationInput(`PPMS-${name.slice(2)}`, keyVersion, serial))

export const cardKeysOf = (masters: MasterKeys, of: OfCard): CardKeys => ({
  K_IA: cardKey('K_IA', masters.MK_IA, of),
  K_EA: cardKey('K_EA', masters.MK_EA, of),
  K_EM: cardKey('K_EM', masters.MK_EM, of),
  K_AD: cardKey('K_AD', masters.MK_AD, of),
  K_MP: cardKey('K_MP', masters.MK_MP, of),
  K_MM: cardKey('K_MM', masters.MK_MM, of),
})

/** K_MT: E2E MAC, meter MAC and journal MAC of one meter. Its version is the meter's own (5.3). */
export const meterKeyOf = (
  master: Uint8Array,
  { meter, keyVersion }: { meter: MeterNumber; keyVersion: number },
): Uint8Array => cmac(master, derivationInput('PPMS-MT', keyVersion, bcd(meter, 6)))
