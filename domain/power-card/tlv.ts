// Tags, lengths and values as a card describes itself with (ISO 7816-4 FCI); found by parsing, never by position.
import { concat } from './bytes.ts'

export type Tagged = { tag: number; value: Uint8Array }

/** The tags of one level, in their order; null if the bytes end in the middle of one. Tags of one byte only. */
export const tagsIn = (bytes: Uint8Array): Tagged[] | null => {
  const found: Tagged[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0
    // ISO 7816-4 allows 00 and FF between tags.
    if (tag === 0x00 || tag === 0xff) {
      at++
      continue
    }
    const length = lengthAt(bytes, at + 1)
    if (length === null || length.from + length.value > bytes.length) return null
    found.push({ tag, value: bytes.slice(length.from, length.from + length.value) })
    at = length.from + length.value
  }
  return found
}

/** One byte up to 7F, or 81 and one byte: a short APDU holds no more. */
const lengthAt = (bytes: Uint8Array, at: number): { value: number; from: number } | null => {
  const first = bytes[at]
  if (first === undefined) return null
  if (first < 0x80) return { value: first, from: at + 1 }
  const second = bytes[at + 1]
  return first === 0x81 && second !== undefined ? { value: second, from: at + 2 } : null
}

/** The value of the first tag of this name. */
export const valueOf = (tags: readonly Tagged[], tag: number): Uint8Array | null =>
  tags.find((tagged) => tagged.tag === tag)?.value ?? null

/** `value` is shorter than 128 bytes. */
export const tagged = (tag: number, ...parts: (Uint8Array | number)[]): Uint8Array => {
  const value = concat(...parts)
  if (value.length > 0x7f) throw new RangeError(`${value.length} bytes are too many for one tag`)
  return concat(tag, value.length, value)
}
