// What is physically so outlives the bench: each thing has a file, and the file is changed before anybody can see the change.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { problemsOf } from '../../domain/schema.ts'
import { CannotStart } from './cannot-start.ts'

export type Kept<T> = {
  /** As last written; null when nothing ever was. Throws `CannotStart` when it is not what this version writes. */
  read(): T | null
  /** Whole or not at all, and done when it returns: a bench that is killed has lost nothing it has shown on a wire. */
  write(value: T): void
}

export const kept = <T>(path: string, schema: z.ZodType<T>): Kept<T> => ({
  read: () => {
    if (!existsSync(path)) return null
    const value = jsonOf(path)
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    throw unreadable(path, problemsOf(parsed.error, value)[0] ?? 'it has another form')
  },
  write: (value) => {
    mkdirSync(dirname(path), { recursive: true })
    // Synchronous on purpose: the simulator goes on only when the file is there.
    writeFileSync(`${path}.new`, JSON.stringify(value, null, 1))
    renameSync(`${path}.new`, path)
  },
})

const jsonOf = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error))
  }
}

const unreadable = (path: string, why: string): CannotStart =>
  new CannotStart(
    `${path} was not written by this version of the bench (${why}). Start over with --fresh.`,
  )
