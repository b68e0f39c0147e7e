// Waiting for what a machine does in its own time. A limit is for a machine that never does; nothing is measured by it.
import { setTimeout as pause } from 'node:timers/promises'

export const until = async <Found>(
  what: string,
  look: () => Promise<Found | null | false | undefined>,
  { limitMs = 180_000, lookMs = 500 } = {},
): Promise<Found> => {
  for (const from = performance.now(); performance.now() - from < limitMs;) {
    const found = await look()
    if (found !== null && found !== false && found !== undefined) return found
    await pause(lookMs)
  }
  throw new Error(`never came to: ${what}`)
}

/** For as long as it takes, unless `ended` comes first. */
export const orEnded = <Found>(
  wanted: Promise<Found>,
  ended: Promise<unknown>,
  limitMs: number,
): Promise<Found> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`did not come within ${limitMs / 1_000} s`)),
    limitMs,
  )
  const over = ended.then(() => {
    throw new Error('the machine ended')
  })
  return Promise.race([wanted, late, over]).finally(() => clearTimeout(timer))
}
