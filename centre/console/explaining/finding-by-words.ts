// Four words as somebody has heard them: misspelt, run together, two of them changed round. Found by the number they stand for.
//
// The words are bytes 0 to 3 of a hash and the number follows from bytes 0 to 4 (domain/reference.ts): four words leave 256
// numbers, and an index on the number finds the sale.
import type { SaleId } from '../../../domain/identifiers.ts'
import { checkDigitOf, referenceOf } from '../../../domain/reference.ts'
import { referenceWords } from '../../../domain/reference-words.ts'
import { ulidOf } from '../../../domain/identifiers.ts'
import type { Books } from './evidence.ts'
import { salesSince } from './journal-of-sale.ts'

export type ByWords = {
  /** Whose words these are. */
  sales: SaleId[]
  /** Whose words are these but for a slip of the tongue. */
  near: SaleId[]
}

/** Sales that were not closed yet have no number in the books: those of the last days are looked through one by one. */
const unclosedMs = 2 * 86_400_000

export const findByWords = async (
  books: Books,
  typed: readonly string[],
  now: number,
): Promise<ByWords> => {
  const words = fourOf(typed)
  if (words === null) return { sales: [], near: [] }
  const readings = words.map(nearestWords)
  if (readings.some(({ length }) => length === 0)) return { sales: [], near: [] }
  const exact = readings.map(([first = 0]) => first)
  const isExact = words.every((word, at) => referenceWords[exact[at] ?? 0] === word)
  const spelt = combinations(readings)
  const swapped = swapsOf(exact)
  const found = await salesWith(books, [...spelt, ...swapped], now)
  const isTyped = (sale: SaleId): boolean => isExact && isSaid(sale, exact)
  const sales = found.filter(isTyped)
  return { sales, near: sales.length > 0 ? [] : found }
}

const isSaid = (sale: SaleId, bytes: readonly number[]): boolean =>
  referenceOf(sale).words.every((word, at) => word === referenceWords[bytes[at] ?? 0])

/** Run together or cut apart: `acornbaker cam era desk` is four words too. */
const fourOf = (typed: readonly string[]): string[] | null => {
  if (typed.length === 4) return [...typed]
  const cut = cutInFour(typed.join(''))
  return cut ?? null
}

const cutInFour = (letters: string, left = 4): string[] | null => {
  if (left === 0) return letters === '' ? [] : null
  for (const word of referenceWords) {
    if (!letters.startsWith(word)) continue
    const rest = cutInFour(letters.slice(word.length), left - 1)
    if (rest !== null) return [word, ...rest]
  }
  return null
}

/** The bytes of the word itself, or of those nearest to it: at most three, and not farther than two letters. */
const nearestWords = (word: string): number[] => {
  const exact = referenceWords.indexOf(word)
  if (exact >= 0) return [exact]
  return referenceWords
    .map((known, byte) => ({ byte, apart: lettersApart(word, known) }))
    .filter(({ apart }) => apart <= 2)
    .toSorted((one, other) => one.apart - other.apart)
    .slice(0, 3)
    .map(({ byte }) => byte)
}

/** Letters to add, leave out or change (Levenshtein). */
export const lettersApart = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of Array.from(one).entries()) {
    const next = [at + 1]
    for (const [to, known] of Array.from(other).entries()) {
      next.push(
        Math.min(
          (row[to + 1] ?? 0) + 1,
          (next[to] ?? 0) + 1,
          (row[to] ?? 0) + (letter === known ? 0 : 1),
        ),
      )
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const combinations = (readings: readonly number[][]): number[][] =>
  readings.reduce<number[][]>(
    (all, bytes) => all.flatMap((before) => bytes.map((byte) => [...before, byte])),
    [[]],
  )

const swapsOf = (bytes: readonly number[]): number[][] =>
  bytes.flatMap((_, one) =>
    bytes.flatMap((__, other) => {
      if (other <= one) return []
      const swapped = [...bytes]
      swapped[one] = bytes[other] ?? 0
      swapped[other] = bytes[one] ?? 0
      return [swapped]
    }),
  )

/** The 256 numbers that four words leave, as `referenceOf` makes them. */
const numbersOf = (bytes: readonly number[]): string[] =>
  Array.from({ length: 256 }, (_, fifth) => {
    const value = [...bytes, fifth].reduce((sum, byte) => sum * 256 + byte, 0)
    const digits = String(value % 10 ** 11).padStart(11, '0')
    return `${digits}${checkDigitOf(digits)}`
  })

const askedAtOnce = 512

const salesWith = async (
  books: Books,
  wanted: readonly (readonly number[])[],
  now: number,
): Promise<SaleId[]> => {
  const said = new Set(wanted.map((bytes) => bytes.map((byte) => referenceWords[byte]).join(' ')))
  const isWanted = (sale: SaleId): boolean => said.has(referenceOf(sale).words.join(' '))
  const numbers = [...new Set(wanted.flatMap(numbersOf))]
  const found = new Set<SaleId>()
  for (let from = 0; from < numbers.length; from += askedAtOnce) {
    const rows = await books
      .selectFrom('sale_references')
      .select('sale')
      .where('reference', 'in', numbers.slice(from, from + askedAtOnce))
      .execute()
    for (const { sale } of rows) if (isWanted(sale)) found.add(sale)
  }
  const since = ulidOf(Math.max(0, now - unclosedMs), new Uint8Array(10))
  for (const sale of await salesSince(books, since)) if (isWanted(sale)) found.add(sale)
  return [...found]
}
