// What the configurations of centre and front machine have in common: a file of JSON, texts, time zones.
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** An IANA name that this machine knows. */
export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

/** A short text of a configuration. */
export const text = z.string().trim().min(1, 'must not be empty').max(400)

/** A file of JSON as a value. */
export const parsedFile = (
  path: string,
): { kind: 'value'; value: unknown } | { kind: 'problems'; problems: string[] } => {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    return { kind: 'problems', problems: [`${path}: cannot be read; ${whyOf(error)}`] }
  }
  try {
    return { kind: 'value', value: JSON.parse(content) }
  } catch (error) {
    const [where = 'somewhere'] = /line \d+ column \d+/.exec(whyOf(error)) ?? []
    return { kind: 'problems', problems: [`${path}: found an error at ${where}; must be JSON`] }
  }
}

/** What an exception says, in one line. */
export const whyOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
