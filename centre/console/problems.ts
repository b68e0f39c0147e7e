// What is wrong with something that was asked, field by field. What was found there is never repeated: it may be a password.
import type { z } from 'zod'
import { isFieldName } from '../../domain/console/field-names.ts'
import type { FieldReason, FieldRefused, Refusal } from '../../domain/console/refusals.ts'

/** As many as somebody mends before trying again. */
const most = 10

export const fieldsRefused = (error: z.ZodError, input: unknown): Refusal => ({
  code: 'fields',
  fields: error.issues.slice(0, most).map((issue): FieldRefused => ({
    field: issue.path.findLast(isFieldName) ?? 'address',
    why: fieldReason(issue, input),
  })),
})

/** `input`: all of what was asked, as the path of the issue leads through it. */
export const fieldReason = (issue: z.core.$ZodIssue, input: unknown): FieldReason => {
  switch (issue.code) {
    case 'invalid_type':
      return plain(foundAt(issue.path, input) === undefined ? 'missing' : 'wrong kind')
    case 'invalid_format':
      return plain('wrong form')
    case 'invalid_value':
      return plain('not offered')
    case 'too_small':
      return {
        kind: smallBy(issue.origin) ?? (issue.inclusive === false ? 'must be above' : 'too small'),
        bound: Number(issue.minimum),
      }
    case 'too_big':
      return { kind: largeBy(issue.origin) ?? 'too large', bound: Number(issue.maximum) }
    default:
      return plain('does not fit')
  }
}

const plain = (kind: FieldReason['kind']): FieldReason => ({ kind, bound: null })

const smallBy = (origin: string): FieldReason['kind'] | null =>
  origin === 'string' ? 'too short' : origin === 'array' ? 'too few' : null
const largeBy = (origin: string): FieldReason['kind'] | null =>
  origin === 'string' ? 'too long' : origin === 'array' ? 'too many' : null

const foundAt = (path: readonly PropertyKey[], input: unknown): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  )
