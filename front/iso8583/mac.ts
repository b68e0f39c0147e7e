// The MAC of a message: the first 8 bytes of an AES-CMAC with the working key of the day (domain.md 13.2, field 64).
import { mac8, sameMac } from '../../domain/power-card/cmac.ts'
import type { Sealed } from './body.ts'

/** A key of 16 bytes as what makes a MAC; null makes none, as sign-on has none. */
export const sealWith = (key: Uint8Array | null): ((covered: Uint8Array) => Uint8Array) | null =>
  key === null ? null : (covered) => mac8(key, covered)

/** Whether the MAC was made with this key. A message without a MAC was made with none. */
export const madeWith = (key: Uint8Array, sealed: Sealed | null): boolean =>
  sealed !== null && sameMac(mac8(key, sealed.covered), sealed.mac)
