// What is wrong with a configuration, in plain words: the key, what was found, what is allowed, and what was perhaps meant.
import { z } from 'zod'
import { problemsOf } from './schema.ts'

/**
 * An object with these keys and no others. An unknown key is a problem, never passed over: a misspelt one would leave its
 * setting at a value nobody chose.
 */
export const closedObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined
      const allowed = Object.keys(shape)
      return issue.keys.map((key) => unknownKey(key, allowed)).join('\n')
    },
  })

const unknownKey = (key: string, allowed: string[]): string => {
  const meant = nearestOf(key, allowed)
  const hint = meant === null ? `allowed are ${allowed.join(', ')}` : `did you mean "${meant}"?`
  return `${JSON.stringify(key.slice(0, 40))} is not a key; ${hint}`
}

/** Checks a configuration. Gives a sentence for each problem; the values of `secret` keys are never repeated in them. */
export const checkConfig = <T>(
  schema: z.ZodType<T>,
  input: unknown,
  secret: readonly string[] = [],
): { kind: 'config'; config: T } | { kind: 'problems'; problems: string[] } => {
  const parsed = schema.safeParse(input, { error: mustBe })
  if (parsed.success) return { kind: 'config', config: parsed.data }
  const problems = parsed.error.issues.flatMap((issue) => {
    const where = issue.path.length > 0 ? issue.path.join('.') : 'the configuration'
    if (issue.code === 'unrecognized_keys') {
      return issue.message.split('\n').map((problem) => `${where}: ${problem}`)
    }
    const isSecret = issue.path.some((key) => secret.includes(String(key)))
    return isSecret
      ? [`${where}: what was found is not shown; ${issue.message}`]
      : problemsOf(new z.ZodError([issue]), input)
  })
  return { kind: 'problems', problems }
}

/** What is allowed, for every kind of issue that the schema itself does not word. */
const mustBe: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kindsOfValue[issue.expected] ?? `a ${issue.expected}`}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'invalid_union':
      return 'must be one of the kinds that are described in the example'
    default:
      return undefined
  }
}

const kindsOfValue: Record<string, string> = {
  array: 'a list',
  int: 'a whole number',
  null: 'null',
  object: 'an object with keys',
  string: 'text in quotes',
}

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : ''

/** The allowed word that a misspelt one is nearest to; null when none is near. */
export const nearestOf = (word: string, allowed: readonly string[]): string | null => {
  // A key longer than any of ours is not misspelt but something else.
  if (word.length > 60) return null
  const near = allowed
    .map((each) => ({ each, changes: changesBetween(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, changes }) => changes <= Math.max(1, Math.floor(each.length / 3)))
    .sort((a, b) => a.changes - b.changes)
  return near[0]?.each ?? null
}

/** Letters to put in, take out or exchange, and neighbours to swap, to make one word of the other. */
const changesBetween = (one: string, other: string): number => {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1
      const swapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1]
          ? (before[column - 2] ?? 0) + 1
          : Infinity
      const changed = (last[column - 1] ?? 0) + same
      next[column] = Math.min(
        changed,
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        swapped,
      )
    }
    before = last
    last = next
  }
  return last[other.length] ?? 0
}
