// One life of a kiosk's program, from its start to its end: whatever it reaches for passes here, and ends here at a crash.
import { chanceOf, idsOf, waitingOn, type Clock } from '../../kiosk/clock.ts'
import type { Chance } from './chance.ts'
import type { Timeline } from './timeline.ts'

/** 'before': what the program was about to do is not done. 'after': it is done, and the program never hears of it. */
export type CrashPoint = { acts: number; when: 'before' | 'after' }

export type Life = {
  clock: Clock
  alive: () => boolean
  /** Does something outside of the program, unless that is where it ends. What is waited for after the end never comes. */
  act: <Result>(deed: () => Result | Promise<Result>) => Promise<Result>
  /** The same for what nobody waits for. */
  tell: (deed: () => void) => void
  /** Calls into the program from outside: nobody is there after the end. */
  hear: (call: () => void) => void
  end: () => void
  /** The program ends by itself after so many more acts. */
  endAfter: (point: CrashPoint, ended: () => void) => void
}

export const newLife = (of: {
  timeline: Timeline
  chance: Chance
  /** How far the kiosk's wall clock is off, in ms. */
  clockIsOff: () => number
}): Life => {
  const { timeline, chance, clockIsOff } = of
  let alive = true
  let crash: (CrashPoint & { ended: () => void }) | null = null

  const after: Clock['after'] = (ms, call) =>
    timeline.after(ms, () => {
      if (alive) call()
    })
  const now = () => timeline.now() + clockIsOff()
  /** Whether this act is the one at which the program ends, and what is then to be told. */
  const crashNow = (): (CrashPoint & { ended: () => void }) | null => {
    if (crash === null || --crash.acts > 0) return null
    const now = crash
    crash = null
    alive = false
    return now
  }
  const doUnlessOver = <Result>(deed: () => Result): Result | typeof over => {
    if (!alive) return over
    const crashes = crashNow()
    if (crashes?.when === 'before') {
      crashes.ended()
      return over
    }
    const result = deed()
    crashes?.ended()
    if (alive) return result
    // Nobody hears how it went on.
    if (result instanceof Promise) result.catch(() => undefined)
    return over
  }
  return {
    clock: {
      now,
      monotonic: timeline.monotonic,
      after,
      wait: waitingOn(after),
      chance: chanceOf(chance.fill),
      ids: idsOf(now, chance.fill),
    },
    alive: () => alive,
    act: async (deed) => {
      const done = doUnlessOver(deed)
      if (done === over) return never()
      const result = await done
      return alive ? result : never()
    },
    tell: (deed) => void doUnlessOver(deed),
    hear: (call) => {
      if (alive) call()
    },
    end: () => {
      alive = false
    },
    endAfter: (point, ended) => {
      crash = { ...point, ended }
    },
  }
}

const over = Symbol('over')
const never = (): Promise<never> => new Promise(() => undefined)
