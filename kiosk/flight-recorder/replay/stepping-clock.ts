// Time for a replay: it stands still until everything that is ready has run, then goes on to the next timer.
import type { Clock } from '../../../drivers/clock.ts'

export type SteppingClock = Clock & {
  /** Goes to the next timer; false when none waits. */
  goOn: () => Promise<boolean>
  /** The same clock in the shape that XState's actors take. */
  forActors: {
    setTimeout: (call: () => void, ms: number) => number
    clearTimeout: (id: number) => void
  }
}

/** Bytes go through streams and promises on their way: so many turns of the event loop bring any of them to its end. */
const turns = 4

/** A rest too small to be added to the time would be waited for without end. */
const leastStepMs = 0.001

export const steppingClock = (): SteppingClock => {
  let now = 0
  let last = 0
  const timers = new Map<number, { at: number; call: () => void }>()
  const add = (ms: number, call: () => void): number => {
    last += 1
    timers.set(last, { at: ms > 0 ? Math.max(now + ms, now + leastStepMs) : now, call })
    return last
  }
  return {
    monotonic: () => now,
    after: (ms, call) => {
      const id = add(ms, call)
      return () => void timers.delete(id)
    },
    goOn: async () => {
      await settled()
      const [next] = [...timers].sort(([one, a], [other, b]) => a.at - b.at || one - other)
      if (next === undefined) return false
      const [id, { at, call }] = next
      timers.delete(id)
      now = Math.max(now, at)
      call()
      await settled()
      return true
    },
    forActors: {
      setTimeout: (call, ms) => add(ms, call),
      clearTimeout: (id) => void timers.delete(id),
    },
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise<void>((resolve) => void setImmediate(resolve))
  }
}
