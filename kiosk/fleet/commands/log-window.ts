// A window of the diagnostic log as it may leave the kiosk: whose something is stays here, as in a flight recording.
import { open } from 'node:fs/promises'
import { isObject, numberOf, withoutNumbers } from '../../flight-recorder/redacting.ts'

/** Text that packs into what one command may bring along, mostly. */
const mostLetters = 1_000_000

/** The newest lines of this time that fit, redacted; ms since 1970. Rejects when the file cannot be read. */
export const logWindow = async (
  path: string,
  { from, until }: { from: number; until: number },
): Promise<string[]> => {
  const file = await open(path)
  try {
    let lines: string[] = []
    let letters = 0
    for await (const line of file.readLines()) {
      const entry = entryOf(line)
      if (entry === null || entry.at < from || entry.at > until) continue
      lines.push(entry.text)
      letters += entry.text.length
      if (letters <= 2 * mostLetters) continue
      lines = newest(lines)
      letters = lettersOf(lines)
    }
    return newest(lines)
  } finally {
    await file.close()
  }
}

const lettersOf = (lines: readonly string[]): number =>
  lines.reduce((sum, { length }) => sum + length, 0)

const newest = (lines: readonly string[]): string[] => {
  let letters = lettersOf(lines)
  const first = lines.findIndex(({ length }) => {
    if (letters <= mostLetters) return true
    letters -= length
    return false
  })
  return first < 0 ? [] : lines.slice(first)
}

/** Of a line of the log; null where it has no moment: half a line that a power cut left. */
const entryOf = (line: string): { at: number; text: string } | null => {
  const value = jsonOf(line)
  if (!isObject(value) || typeof value['time'] !== 'string') return null
  const { time, kiosk, level, ...members } = value
  const at = Date.parse(value['time'])
  if (Number.isNaN(at)) return null
  return { at, text: JSON.stringify({ level, time, kiosk, ...struckOut(members) }) }
}

/** Every text in it without the numbers of anybody. */
const struckOut = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, struck(value)]))

const struck = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutNumbers(value)
  if (typeof value === 'number') return numberOf(value)
  if (Array.isArray(value)) return value.map(struck)
  return isObject(value) ? struckOut(value) : value
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
