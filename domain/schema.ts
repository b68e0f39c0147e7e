// Schemas of the values that cross every edge, and one sentence for what does not fit.
import { z } from 'zod'
import { energy, type Energy } from './energy.ts'
import { minor, type Minor } from './money.ts'

/** Money on the wire: a whole number of minor units, never negative. */
export const Money = z
  .int()
  .nonnegative()
  .transform((value): Minor => minor(value))

/** Energy on the wire: a whole number of 0.01 kWh, never negative. */
export const EnergyAmount = z
  .int()
  .nonnegative()
  .transform((value): Energy => energy(value))

/** Bytes on the wire: lower-case hex, an even number of digits. */
export const Hex = z.string().regex(/^([0-9a-f]{2})*$/, 'must be bytes as lower-case hex')

/** A moment: ISO 8601 in UTC, as `Date.toISOString()` writes it. */
export const Moment = z.iso.datetime()

/** What is wrong with an input, one sentence a problem: where, what was found, what is allowed. */
export const problemsOf = (error: z.ZodError, input: unknown): string[] =>
  error.issues.map((issue) => {
    const where = issue.path.length > 0 ? issue.path.join('.') : 'the whole'
    const found = issue.path.reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
      input,
    )
    const shown = found === undefined ? 'nothing' : JSON.stringify(found)?.slice(0, 80)
    return `${where}: found ${shown}; ${issue.message}`
  })
