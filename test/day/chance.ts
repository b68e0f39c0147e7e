// All chance of a day: one seed, and every choice drawn from it in order, so that the same seed makes the same day.
import type { Chance as Bytes } from '../../kiosk/clock.ts'

export type Chance = {
  /** A whole number from 0 on, below this one. */
  below: (limit: number) => number
  /** True in so many of a hundred cases; fractions count. */
  percent: (share: number) => boolean
  pick: <Each>(of: readonly Each[]) => Each
  /** Picks by weight. */
  weighted: <Each>(of: readonly (readonly [weight: number, each: Each])[]) => Each
  fill: Bytes
  bytes: (length: number) => Uint8Array
  /** Another stream of chance: what is drawn from it does not move this one. */
  fork: () => Chance
}

/** Mulberry32. */
export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit)
  const pick = <Each>(of: readonly Each[]): Each => {
    if (of.length === 0) throw new Error('there is nothing to pick from')
    return of[below(of.length)] as Each
  }
  const fill: Bytes = (bytes) => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = next() & 0xff
  }
  return {
    below,
    percent: (share) => next() / 2 ** 32 < share / 100,
    pick,
    weighted: (of) => {
      let left = below(of.reduce((sum, [weight]) => sum + weight, 0))
      for (const [weight, each] of of) {
        if (left < weight) return each
        left -= weight
      }
      throw new Error('weights are whole numbers')
    },
    fill,
    bytes: (length) => {
      const bytes = new Uint8Array(length)
      fill(bytes)
      return bytes
    },
    fork: () => chanceFrom(next()),
  }
}

/** The seed of the n-th world of a day, from 0 on: that of the first is the day's own, so that any of them can be replayed. */
export const seedOfWorld = (day: number, world: number): number => {
  if (world === 0) return day
  const { fill } = chanceFrom(Math.imul(day + 1, 0x9e3779b1) ^ Math.imul(world + 1, 0x85ebca6b))
  const bytes = new Uint8Array(4)
  fill(bytes)
  return new DataView(bytes.buffer).getUint32(0)
}
