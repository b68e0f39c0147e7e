// Pure: a text that is longer than a message, packed and cut into parts that each fit into one, and put together again.
import { gunzipSync, gzipSync } from 'node:zlib'
import { mostParts, type TextPart } from './kiosk-messages.ts'

const partLength = 3_000
/** What unpacks to more was not packed here. */
const longestText = 20_000_000

export const packed = (text: string): string => gzipSync(text).toString('base64')

/** Null when it is no packed text. */
export const unpacked = (gz: string): string | null => {
  try {
    const bytes = gunzipSync(Buffer.from(gz, 'base64'), { maxOutputLength: longestText })
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Null when it takes more than `mostParts`. */
export const partsOf = (text: string): TextPart[] | null => {
  const gz = packed(text)
  const of = Math.ceil(gz.length / partLength)
  if (of > mostParts) return null
  return Array.from({ length: of }, (_, at) => ({
    part: at + 1,
    of,
    gz: gz.slice(at * partLength, (at + 1) * partLength),
  }))
}

/** The text, from parts in any order and more than once; null while one is missing. */
export const textOfParts = (parts: readonly TextPart[]): string | null => {
  const byNumber = new Map(parts.map((each) => [each.part, each.gz]))
  const [first] = parts
  if (first === undefined) return null
  const pieces = Array.from({ length: first.of }, (_, at) => byNumber.get(at + 1))
  return pieces.includes(undefined) ? null : unpacked(pieces.join(''))
}
