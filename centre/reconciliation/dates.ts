// Dates and the ids around them: an id carries the moment it was made at, so what was made within some days is found by it.
import { ulidOf } from '../../domain/identifiers.ts'

export const dayMs = 24 * 3_600_000

/** Sorts before every id that is made from this moment on. */
export const firstIdAt = <Id>(ms: number, of: { parse: (text: string) => Id }): Id =>
  of.parse(ulidOf(Math.max(0, ms), new Uint8Array(10)))

/** `2026-11-23` so many days on. */
export const dateShifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
