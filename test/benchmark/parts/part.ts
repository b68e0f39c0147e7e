// What every part of the benchmark is.
import type { Figure } from '../figures.ts'

/** `short`: as `npm test` runs it, once and with little, so that it cannot rot; its numbers mean nothing. */
export type Size = 'short' | 'full'

export type Part = {
  /** As it is chosen by: `npm run benchmark -- --only journal`. */
  name: string
  /** Null: this machine cannot run it, and why. */
  measure: (size: Size) => Promise<Figure[] | { notRun: string }>
}

/** So many runs of a full benchmark stand behind each median. */
export const runsOf = (size: Size): number => (size === 'short' ? 1 : 7)

/** A folder on the disk that a kiosk would write to: memory would answer a sync at once. */
export const onDisk = 'var/benchmark'
