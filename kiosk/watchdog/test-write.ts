// Whether the disk of the data folder still takes what it is given: a small file is written and synced, again and again.
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { whyOf, type Disk } from '../disk.ts'
import type { Log } from '../log.ts'

const everyMs = 20_000
/** A full disk takes nothing and is not broken: the kiosk knows of it by its room, and sells nothing. */
const fullCodes = ['ENOSPC', 'EDQUOT']

export type TestWrite = {
  /** Since one last reached the disk; null while none has. */
  ageMs: () => number | null
  stop: () => void
}

export const testWrites = (of: {
  folder: string
  disk: Pick<Disk, 'replaceFile'>
  clock: Pick<Clock, 'now' | 'monotonic' | 'wait'>
  log: Log
}): TestWrite => {
  const { folder, disk, clock, log } = of
  const stopping = new AbortController()
  const { signal } = stopping
  let at: number | null = null
  let failed: string | null = null
  const write = async () => {
    while (!signal.aborted) {
      try {
        await disk.replaceFile(join(folder, 'watchdog', 'written'), `${clock.now()}\n`)
        at = clock.monotonic()
        failed = null
      } catch (error) {
        if (isFull(error)) at = clock.monotonic()
        const why = whyOf(error)
        if (why !== failed) log.error({ why }, 'the data folder takes no test write')
        failed = why
      }
      await clock.wait(everyMs, signal)
    }
  }
  void write()
  return {
    ageMs: () => (at === null ? null : clock.monotonic() - at),
    stop: () => stopping.abort(),
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && fullCodes.includes(String(error.code))
