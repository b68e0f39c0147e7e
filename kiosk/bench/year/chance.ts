// Chance that can be replayed: the same seed gives the same town.
import { createHash } from 'node:crypto'

export type Chance = {
  /** At least 0, below 1. */
  fraction: () => number
  /** A whole number, both ends included. */
  whole: (from: number, to: number) => number
  happens: (probability: number) => boolean
  /** One of these, each as likely as the other. Throws when there is none. */
  pick: <Each>(from: readonly Each[]) => Each
  /** One of these, as likely as its weight says. */
  weighted: <Each>(from: readonly (readonly [each: Each, weight: number])[]) => Each
  /** About 1, now and then far off it: never below 0. `spread` is the standard deviation of its logarithm. */
  factor: (spread: number) => number
  bytes: (count: number) => Uint8Array
}

/** `of`: what this chance is for; another purpose draws from a sequence of its own, so that neither disturbs the other. */
export const chanceOf = (seed: number, of: string): Chance => {
  const next = sequenceOf(`${seed}/${of}`)
  const fraction = () => next() / 2 ** 32
  const whole = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  return {
    fraction,
    whole,
    happens: (probability) => fraction() < probability,
    pick: (from) => {
      const found = from[whole(0, from.length - 1)]
      if (found === undefined) throw new RangeError('there is nothing to pick from')
      return found
    },
    weighted: (from) => {
      let left = fraction() * from.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [each, weight] of from) {
        left -= weight
        if (left < 0) return each
      }
      throw new RangeError('there is nothing to pick from')
    },
    factor: (spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction())
      return Math.exp(spread * normal)
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
  }
}

/** sfc32: small, fast, and passes the tests for randomness that are asked of a simulation. 32 bits at a time. */
const sequenceOf = (name: string): (() => number) => {
  const from = createHash('sha256').update(name).digest()
  let a = from.readUInt32LE(0)
  let b = from.readUInt32LE(4)
  let c = from.readUInt32LE(8)
  let count = from.readUInt32LE(12)
  const next = () => {
    const drawn = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + drawn) | 0
    return drawn >>> 0
  }
  for (let round = 0; round < 15; round++) next()
  return next
}
