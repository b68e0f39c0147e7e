// What a card proves: that it is genuine, and what a file of it says, in which state of the card (power-card.md 6.5, 6.7).
import { ascii, concat } from './bytes.ts'
import { cmac, mac8, sameMac } from './cmac.ts'
import { sizeOf } from './layout.ts'

/**
 * The state the card was in when it answered. RB: no session and no challenge, nothing prepared earlier can run any
 * more. RO: office or admin session. RM: meter session.
 */
export type ReadLabel = 'RB' | 'RO' | 'RM'

/** The answer of INTERNAL AUTHENTICATE, 16 bytes. */
export const genuineCryptogram = (
  K_IA: Uint8Array,
  { nonce, serial }: { nonce: Uint8Array; serial: Uint8Array },
): Uint8Array => cmac(K_IA, concat(ascii('IA'), nonce, serial))

export const isGenuine = (
  answer: Uint8Array,
  of: { K_IA: Uint8Array; nonce: Uint8Array; serial: Uint8Array },
): boolean => sameMac(answer, genuineCryptogram(of.K_IA, of))

/** The MAC of a MAC'd READ: `key` is K_MM for RM and K_MP for the others. `data` are the bytes from `offset` on. */
export const readMac = (
  label: ReadLabel,
  key: Uint8Array,
  of: { nonce: Uint8Array; serial: Uint8Array; sfi: number; offset?: number; data: Uint8Array },
): Uint8Array => {
  const { nonce, serial, sfi, offset = 0, data } = of
  const header = Uint8Array.of(0x04, 0xb0, 0x80 | sfi, offset, data.length)
  return mac8(key, concat(ascii(label), nonce, serial, header, data))
}

/** Of a whole file, over a nonce of the verifier's own that was never used before. */
export type ProofOf = { sfi: number; nonce: Uint8Array; serial: Uint8Array }

export type Proof<Label extends ReadLabel> =
  | { kind: 'proven'; label: Label; data: Uint8Array }
  /** Not this card, not this nonce, not this file, or altered on the way: says nothing at all. */
  | { kind: 'not proven' }

/** What a MAC'd READ proves to the centre. `answer`: the file and its MAC, without status word. */
export const provenToCentre = (
  answer: Uint8Array,
  { K_MP, ...of }: ProofOf & { K_MP: Uint8Array },
): Proof<'RB' | 'RO'> => {
  const bare = proven(answer, 'RB', K_MP, of)
  return bare.kind === 'proven' ? bare : proven(answer, 'RO', K_MP, of)
}

/** What a MAC'd READ proves to the meter in whose session it was made. */
export const provenToMeter = (
  answer: Uint8Array,
  { K_MM, ...of }: ProofOf & { K_MM: Uint8Array },
): Proof<'RM'> => proven(answer, 'RM', K_MM, of)

const proven = <Label extends ReadLabel>(
  answer: Uint8Array,
  label: Label,
  key: Uint8Array,
  of: ProofOf,
): Proof<Label> => {
  const size = sizeOf(of.sfi)
  if (size === null || answer.length !== size + 8) return { kind: 'not proven' }
  const data = answer.slice(0, size)
  return sameMac(answer.subarray(size), readMac(label, key, { ...of, data }))
    ? { kind: 'proven', label, data }
    : { kind: 'not proven' }
}
