// A set-up under systemd: nothing is sold and no device runs yet, so it is well as long as its loop turns in time.
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { notifying, watchedBy } from '../watchdog/notifying.ts'

/** A program that nobody feeds for is looked at as often as one with the usual `WatchdogSec=20`. */
const usualMs = 5_000
/** A loop that comes later than this is stuck in something, and is not fed for. */
const lateMostMs = 1_000

/** Feeds until it is stopped. Without a unit that listens it does nothing. */
export const keepFed = (of: {
  environment: NodeJS.ProcessEnv
  clock: Pick<Clock, 'monotonic' | 'after'>
  log: Log
}): (() => void) => {
  const { environment, clock, log } = of
  const watched = watchedBy(environment)
  if (watched === null) return () => undefined
  const everyMs = watched.everyMs ?? usualMs
  const notify = notifying(log)
  let dueAt = clock.monotonic()
  let cancel = () => undefined as void
  const look = () => {
    const isLate = clock.monotonic() - dueAt > lateMostMs
    if (!isLate) void notify(['READY=1', 'WATCHDOG=1', 'STATUS=setting up'])
    dueAt = clock.monotonic() + everyMs
    cancel = clock.after(everyMs, look)
  }
  look()
  return () => cancel()
}
