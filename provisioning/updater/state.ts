// What the updater remembers, in two files with one writer each: what was taken (taking.ts), and how trials went
// (choosing.ts). Which release starts is in neither: that the links say, and each is changed by one rename.
import { z } from 'zod'
import type { Ground } from './ground.ts'

const Named = z.object({ version: z.string(), number: z.int().positive() })
/** How the last bundle or trial ended, for the runtime to answer the office with. */
const Last = z.object({ number: z.int().positive().nullable(), outcome: z.string() }).nullable()

const Taken = z.object({
  /** Unpacked and whole; it starts when the runtime wishes it, if it is newer than the floor and did not fail. */
  ready: Named.nullable(),
  last: Last,
})
export type TakenState = z.infer<typeof Taken>

const Trials = z.object({
  /** No release of this number or a lower one is taken any more. Raised when a release was declared good. */
  floor: z.int().nonnegative(),
  /** Means something only while `current` is another than `good`. */
  trial: Named.extend({ starts: z.int().nonnegative() }).nullable(),
  /** The number of the last release that was put back: this very one is not tried again. */
  failed: z.int().positive().nullable(),
  last: Last,
})
export type TrialsState = z.infer<typeof Trials>

/** Rejects when it is there and cannot be understood: without a floor nothing may be taken. */
export const readTrials = async (ground: Ground, path: string): Promise<TrialsState> =>
  Trials.parse(await jsonIn(ground, path, { floor: 0, trial: null, failed: null, last: null }))

/** Rejects when it is there and cannot be understood. */
export const readTaken = async (ground: Ground, path: string): Promise<TakenState> =>
  Taken.parse(await jsonIn(ground, path, { ready: null, last: null }))

export const writeState = (
  ground: Ground,
  path: string,
  state: TakenState | TrialsState,
): Promise<void> => ground.replaceFile(path, `${JSON.stringify(state)}\n`)

const jsonIn = async (ground: Ground, path: string, whenNone: object): Promise<unknown> => {
  const text = await ground.readText(path)
  return text === null ? whenNone : JSON.parse(text)
}
