// The one-time code by which a machine enrols: six groups of four, typed in by a technician who reads them from a paper.
//
//   K7QM-2D9X-…: 10 letters of chance (50 bits), 13 letters of the authority's fingerprint (65 bits), one check letter.
//
// The chance is what only the technician knows; the fingerprint is how the machine knows the authority at its first contact,
// before it has said anything. The alphabet is Crockford's: no I, L, O, U, and what looks alike is taken for what is meant.
import { createHash } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const chanceLetters = 10
const fingerprintLetters = 13
const letters = chanceLetters + fingerprintLetters + 1

export type EnrolmentCode = {
  /** All 24 letters, without hyphens. */
  text: string
  /** The letters that the certificate of the authority has to come to. */
  fingerprint: string
}

/** `chance`: 10 bytes that nobody can foresee. `authority`: its certificate as DER. */
export const makeCode = (chance: Uint8Array, authority: Uint8Array): EnrolmentCode => {
  if (chance.length !== chanceLetters) throw new RangeError('a code needs 10 bytes of chance')
  const first = Array.from(chance, (byte) => letterOf(byte & 31)).join('')
  const fingerprint = fingerprintOf(authority)
  return { text: `${first}${fingerprint}${checkLetterOf(first + fingerprint)}`, fingerprint }
}

export type ReadCode =
  | { kind: 'code'; code: EnrolmentCode }
  /** A sentence for whoever typed it. */
  | { kind: 'wrong'; problem: string }

/** As it was typed: small or large letters, with or without hyphens and spaces, O for 0, I and L for 1. */
export const readCode = (typed: string): ReadCode => {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s.\-–—]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const odd = Array.from(text).find((letter) => !alphabet.includes(letter))
  if (odd !== undefined) return { kind: 'wrong', problem: `${odd} stands in no code` }
  if (text.length !== letters) {
    return { kind: 'wrong', problem: `a code has ${letters} letters, and these are ${text.length}` }
  }
  return checkLetterOf(text.slice(0, -1)) === text.at(-1)
    ? { kind: 'code', code: { text, fingerprint: text.slice(chanceLetters, -1) } }
    : { kind: 'wrong', problem: 'one letter of the code is wrong' }
}

/** In groups of four, as it is printed. */
export const printedCode = ({ text }: EnrolmentCode): string =>
  text.replaceAll(/(.{4})(?=.)/g, '$1-')

/** The first 65 bits of SHA-256 of a certificate (DER), as letters. */
export const fingerprintOf = (certificate: Uint8Array): string => {
  const hash = createHash('sha256').update(certificate).digest()
  const bits = Array.from(hash.subarray(0, 9), (byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: fingerprintLetters }, (_, at) =>
    letterOf(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)),
  ).join('')
}

/** Luhn's, with 32 letters for ten digits: finds every single wrong letter and nearly every swap of two neighbours. */
const checkLetterOf = (text: string): string => {
  const sum = Array.from(text)
    .toReversed()
    .reduce((total, letter, at) => {
      const doubled = alphabet.indexOf(letter) * (at % 2 === 0 ? 2 : 1)
      return total + (doubled % 32) + Math.floor(doubled / 32)
    }, 0)
  return letterOf((32 - (sum % 32)) % 32)
}

const letterOf = (place: number): string => alphabet.charAt(place)
