// A started kiosk under systemd: its watchdog with real hands. Without a unit that listens there is none.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import { realDisk } from '../disk.ts'
import type { LoopAges } from '../fleet/loop-ages.ts'
import type { Log } from '../log.ts'
import { notifying, watchedBy } from './notifying.ts'
import type { RunRecord } from './run-record.ts'
import { testWrites } from './test-write.ts'
import { turnedOf, type Vitals } from './vitals.ts'
import { watchdog } from './watchdog.ts'

/** A program that nobody feeds for is looked at as often as one with the usual `WatchdogSec=20`. */
const usualMs = 5_000
/** The screen unit is started anew when this file of the runtime folder changes. */
const restartScreenFile = 'restart-screen'

export const watchedKiosk = (of: {
  environment: NodeJS.ProcessEnv
  config: KioskConfig
  clock: Clock
  log: Log
  kiosk: { vitals: Vitals; reload: () => void }
  loops: Pick<LoopAges, 'turnedMs'>
  run: Pick<RunRecord, 'keepWithheld'>
}): { stop: () => void } => {
  const { environment, config, clock, log, kiosk, loops, run } = of
  const watched = watchedBy(environment)
  if (watched === null) return { stop: () => undefined }
  const { everyMs, runFolder } = watched
  const writes = testWrites({ folder: config.dataFolder, disk: realDisk, clock, log })
  const looking = watchdog({
    clock,
    log,
    notify: notifying(log),
    everyMs: everyMs ?? usualMs,
    facts: () => ({
      ...kiosk.vitals.facts(),
      turnedMs: turnedOf(config, loops.turnedMs),
      syncedMs: writes.ageMs(),
    }),
    isUp: kiosk.vitals.isUp,
    status: kiosk.vitals.status,
    page: {
      reload: kiosk.reload,
      'end browser': () => {
        if (runFolder === null) throw new Error('the unit has no RuntimeDirectory')
        return writeFile(join(runFolder, restartScreenFile), `${clock.now()}\n`)
      },
    },
    keepWithheld: run.keepWithheld,
  })
  return {
    stop: () => {
      looking.stop()
      writes.stop()
    },
  }
}
