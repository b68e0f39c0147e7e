// Ids carry the moment they were made at: what was made within some days is found by its id.
import { ulidOf } from '../../domain/identifiers.ts'

export const dayMs = 24 * 3_600_000

/** Sorts before every id that is made from this moment on. */
export const firstIdAt = <Id>(ms: number, of: { parse: (text: string) => Id }): Id =>
  of.parse(ulidOf(Math.max(0, ms), new Uint8Array(10)))
