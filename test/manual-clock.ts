// A clock that stands still until a test moves it, and whose chance is a seed.
import { chanceOf, idsOf, waitingOn, type Chance, type Clock } from '../kiosk/clock.ts'

type Timer = { at: number; order: number; call: () => void }

export type ManualClock = Clock & {
  /** Moves on, calling every timer at its own moment, with all promises settled in between. */
  advance(ms: number): Promise<void>
  /** Moves to the next timer, if there is one. */
  advanceToNext(): Promise<boolean>
  /** Sets the wall clock, as a person or a time server does; timers do not notice. */
  setWall(now: number): void
  /** Milliseconds until each timer that waits, the nearest first. */
  waiting(): number[]
  /** The same clock in the shape that XState's actors take. */
  forActors: { setTimeout(call: () => void, ms: number): number; clearTimeout(id: number): void }
}

/** 2026-11-23 16:45:00 in UTC: a day on which domain.md 11.1 prints its example. */
export const manualClock = (start = Date.UTC(2026, 10, 23, 16, 45), seed = 1): ManualClock => {
  let wall = start
  let passed = 0
  let order = 0
  const timers = new Map<number, Timer>()
  const chance = seededChance(seed)

  const after: Clock['after'] = (ms, call) => {
    const id = ++order
    timers.set(id, { at: passed + Math.max(0, ms), order: id, call })
    return () => void timers.delete(id)
  }
  const byTime = () => [...timers.values()].sort((a, b) => a.at - b.at || a.order - b.order)
  const moveTo = (moment: number) => {
    wall += moment - passed
    passed = moment
  }
  const fire = async (timer: Timer) => {
    moveTo(Math.max(passed, timer.at))
    timers.delete(timer.order)
    timer.call()
    await settled()
  }

  return {
    // Timers run on fractions of a millisecond, a wall clock shows whole ones.
    now: () => Math.floor(wall),
    monotonic: () => passed,
    after,
    wait: waitingOn(after),
    chance: chanceOf(chance),
    ids: idsOf(() => Math.floor(wall), chance),
    advance: async (ms) => {
      const end = passed + ms
      await settled()
      for (let next = byTime()[0]; next !== undefined && next.at <= end; next = byTime()[0]) {
        await fire(next)
      }
      moveTo(end)
    },
    advanceToNext: async () => {
      await settled()
      const [next] = byTime()
      if (next !== undefined) await fire(next)
      return next !== undefined
    },
    setWall: (now) => {
      wall = now
    },
    waiting: () => byTime().map((timer) => timer.at - passed),
    forActors: {
      setTimeout: (call, ms) => {
        after(ms, call)
        return order
      },
      clearTimeout: (id) => void timers.delete(id),
    },
  }
}

/** Lets everything run that is ready to run: promises and what waits for the next turn of the event loop. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))

/** Mulberry32: small, good enough, the same everywhere. */
export const seededChance = (seed: number): Chance => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) & 0xff
  }
  return (bytes) => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = next()
  }
}
