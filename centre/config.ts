// The configuration of the centre: its schema, and how a file becomes one. A wrong one does not start the centre.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { Money, problemsOf } from '../domain/schema.ts'

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** What handling messages depends on. */
export const Policy = z.strictObject({
  /** Days, months and order numbers are of this zone (IANA name). */
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  /** Area numbers whose cards are served here (power-card.md 4.1 bytes 52 to 55). */
  areas: z.array(z.int().min(0).max(0xffff_ffff)).min(1, 'must name at least one area'),
  /** A wish for energy costs a multiple of this, in 1/100: what the customer can pay. */
  stepForEnergy: Money.refine((step) => step > 0, 'must be above 0'),
  /** Remaining energy at which a kiosk says so, in 0.01 kWh. */
  lowEnergy: z.int().min(0),
})
export type Policy = z.infer<typeof Policy>

export const CentreConfig = z.strictObject({
  /** Database and receipt key live here. Relative to the configuration file. */
  dataFolder: z.string().min(1),
  /** Port 0 takes a free one and tells which. */
  listen: z.strictObject({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
  /** `bench` allows the published test keys of power-card.md 15.2. Never in the field. */
  keys: z.strictObject({ file: z.string().min(1), bench: z.boolean() }),
  policy: Policy,
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
})
export type CentreConfig = z.infer<typeof CentreConfig>

/**
 * Reads a configuration file; paths in it become absolute. Gives the problems instead, a sentence each: the key, what
 * was found, what is allowed.
 */
export const readConfig = (
  path: string,
): { kind: 'config'; config: CentreConfig } | { kind: 'wrong'; problems: string[] } => {
  const read = parsedFile(path)
  if (read.kind === 'wrong') return read
  const parsed = CentreConfig.safeParse(read.value)
  if (!parsed.success) return { kind: 'wrong', problems: problemsOf(parsed.error, read.value) }
  const beside = (name: string): string => resolve(dirname(path), name)
  const { dataFolder, keys } = parsed.data
  return {
    kind: 'config',
    config: {
      ...parsed.data,
      dataFolder: beside(dataFolder),
      keys: { ...keys, file: beside(keys.file) },
    },
  }
}

/** A file of JSON as a value. */
export const parsedFile = (
  path: string,
): { kind: 'value'; value: unknown } | { kind: 'wrong'; problems: string[] } => {
  try {
    return { kind: 'value', value: JSON.parse(readFileSync(path, 'utf8')) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'wrong', problems: [`${path}: ${why}; must be a file of JSON`] }
  }
}
