// What the console looks after by itself while nobody asks: each in small steps, so that no sale waits for one.
import type { FastifyBaseLogger } from 'fastify'
import type { CentreConfig } from '../config.ts'
import type { Store } from '../store.ts'
import type { ConsoleMeans } from './asking.ts'

export type Upkeep = {
  store: Store
  now: () => number
  config: CentreConfig
  means: ConsoleMeans
  log: FastifyBaseLogger
}

/** Begun every few seconds, none twice at once. */
export const upkeep = (_of: Upkeep): readonly (() => Promise<void>)[] => []
