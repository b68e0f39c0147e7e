// The reference of a sale that a customer can read out: a number, and four words that say the same.
import { createHash } from 'node:crypto'
import type { SaleId } from './identifiers.ts'
import { referenceWords } from './reference-words.ts'

export type Reference = {
  /** Twelve digits in groups of four; the last is a check digit. */
  number: string
  words: [string, string, string, string]
}

/**
 * Follows from the sale's id alone, so that kiosk and centre say the same without asking each other. Words: bytes 0 to 3
 * of SHA-256 of the id, one word each. Number: the same four bytes and byte 4, below 10^11, and a check digit.
 */
export const referenceOf = (saleId: SaleId): Reference => referenceTo(saleId)

/** The same for whatever has no sale: a note nobody owns, the trouble of a journal. */
export const referenceTo = (what: string): Reference => {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = createHash('sha256')
    .update(what)
    .digest()
  const value = [first, second, third, fourth, fifth].reduce((sum, byte) => sum * 256 + byte, 0)
  const digits = String(value % 10 ** 11).padStart(11, '0')
  return {
    number: inGroups(`${digits}${checkDigitOf(digits)}`),
    words: [wordOf(first), wordOf(second), wordOf(third), wordOf(fourth)],
  }
}

/** Twelve digits as they stand on a slip: `0101 4827 3391`. */
export const inGroups = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ')

/** The number of a reference as it is keyed in and looked up: twelve digits without spaces. */
export const referenceDigits = (saleId: SaleId): string =>
  referenceOf(saleId).number.replaceAll(' ', '')

/** Luhn's: finds every single wrong digit and nearly every swap of two neighbours. */
export const checkDigitOf = (digits: string): number => {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, at) => {
      const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return (10 - (sum % 10)) % 10
}

const wordOf = (byte: number): string => {
  const word = referenceWords[byte]
  if (word === undefined) throw new RangeError(`there is no word for ${byte}`)
  return word
}
