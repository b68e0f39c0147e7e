// A kiosk that runs from a release: it begins the one that is ready when nobody is being served, and says of itself how it
// does while it is on trial. In a checkout there is no release and nothing of this.
import { chmod, rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { realDisk } from '../disk.ts'
import type { Log } from '../log.ts'
import type { Vitals } from '../watchdog/vitals.ts'
import { isWell, verdictOf } from './judging.ts'

const Numbered = z.object({ number: z.int().positive() })
const Taken = z.object({ ready: Numbered.nullable() })
const Trials = z.object({ floor: z.int(), failed: z.int().nullable(), trial: Numbered.nullable() })

const lookEveryMs = 10_000
/** This file lies in app/kiosk/update of a release, and that in releases of the updater's home. */
const ownRelease = resolve(import.meta.dirname, '../../..')
const ownHome = resolve(ownRelease, '../..')

/** For the updater, which is another user: by one rename, readable by the group of the folder. */
const tell = async (path: string, what: object): Promise<void> => {
  await writeFile(`${path}.new`, `${JSON.stringify(what)}\n`)
  await chmod(`${path}.new`, 0o640)
  await rename(`${path}.new`, path)
}

const read = async <Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> => {
  const text = await realDisk.readText(path)
  return text === null ? null : schema.parse(JSON.parse(text))
}

/** `restart`: ends the program in order, so that supervision starts it again. */
export const joinUpdates = (of: {
  clock: Clock
  log: Log
  vitals: Vitals
  restart: () => void
  /** Where the release lies and where the updater keeps its files; told by tests only. */
  release?: string
  home?: string
}): { look: () => Promise<void>; stop: () => void } => {
  const { clock, log, vitals, restart, release = ownRelease, home = ownHome } = of
  const begun = clock.monotonic()
  let wellSince: number | null = null
  const moment = () => {
    const { journal, page, isBusy } = vitals.facts()
    const well = isWell({
      isUp: vitals.isUp(),
      status: vitals.status(),
      journal,
      pageSilentMs: page.silentMs,
    })
    wellSince = well ? (wellSince ?? clock.monotonic()) : null
    const now = clock.monotonic()
    return { forMs: now - begun, wellForMs: wellSince === null ? null : now - wellSince, isBusy }
  }
  const look = async (): Promise<void> => {
    const now = moment()
    const own = await read(resolve(release, 'release.json'), Numbered)
    const trials = await read(resolve(home, 'trials.json'), Trials)
    if (own === null || trials === null) return
    const { number } = own
    if (number > trials.floor) {
      if (trials.trial?.number !== number) return
      const verdict = verdictOf(now)
      if (verdict === null) return
      await tell(resolve(home, 'incoming/health.json'), { number, verdict })
      log.info({ release: number, verdict }, 'the trial of a release ends')
      // Its start is the start of the one before.
      if (verdict === 'failed') restart()
      return
    }
    const ready = (await read(resolve(home, 'taken.json'), Taken))?.ready ?? null
    if (ready === null || ready.number <= trials.floor || ready.number === trials.failed) return
    if (!vitals.isIdle()) return
    const wish = resolve(home, 'incoming/wish.json')
    await tell(wish, { number: ready.number })
    // Somebody may have come meanwhile: served first.
    if (!vitals.isIdle()) return rm(wish, { force: true })
    log.info({ release: ready.number }, 'a new release starts')
    restart()
  }
  let isStopped = false
  let cancel: () => void = () => undefined
  const again = (): void => {
    cancel = clock.after(lookEveryMs, () => {
      void look()
        .catch((error: unknown) => log.error({ error }, 'updates cannot be looked at'))
        .finally(() => {
          if (!isStopped) again()
        })
    })
  }
  again()
  return {
    look,
    stop: () => {
      isStopped = true
      cancel()
    },
  }
}
