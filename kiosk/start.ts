// One running kiosk: records, centre, machines and screen put together on the drivers it is handed.
import { pressEvent } from '../state-machines/casting.ts'
import type { Pressed, View } from '../ui/kiosk/screen.ts'
import { centreClient } from './centre-client.ts'
import { centreWatch } from './centre-watch.ts'
import { comparingCash } from './comparing-cash.ts'
import type { Clock } from './clock.ts'
import type { KioskConfig } from './config.ts'
import { whyOf } from './disk.ts'
import { faultsJournalled } from './faults-journalled.ts'
import { interruptedSales } from './interrupted.ts'
import { healthOf, troubleOf } from './health.ts'
import { kioskActor, type KioskActor, type KioskParts } from './kiosk.ts'
import type { Log } from './log.ts'
import { openKioskKey, type KioskKey, type KioskKeyOptions } from './kiosk-key.ts'
import { lookNonces } from './look-nonces.ts'
import type { PageFiles } from './page-files.ts'
import { openRecords, type Records, type RecordsOptions } from './records.ts'
import { prepareReceipt } from './preparing-receipt.ts'
import { nextSlip } from './preparing-slip.ts'
import { screenFeed, type ScreenFeed } from './screen-feed.ts'
import { screenServer } from './screen-server.ts'
import { settling } from './settling.ts'
import { viewOf } from './view.ts'

export type StartOptions = {
  config: KioskConfig
  clock: Clock
  log: Log
  version: string
  drivers: KioskParts['drivers']
  pages: PageFiles
  /** The machine has stopped by a fault of ours: only a new start helps. */
  onFailure: () => void
  /** How the centre is reached: the global `fetch` unless told. */
  fetch?: typeof fetch
  /** How the journal reaches its disk: the operating system's calls unless told. */
  journal?: RecordsOptions['journal']
  /** The disk of the records: this machine's unless told. */
  disk?: RecordsOptions['disk']
  /** How the kiosk's key is made at its first start: by chance unless told. */
  newKey?: KioskKeyOptions['newKey']
  /** How the page is served: over HTTP unless told. */
  serve?: typeof screenServer
}

export type StartedKiosk = {
  /** Where the customer's page is. */
  url: string
  /** The view as it is now, and a press on it: what the page has, without a page. */
  view: () => View
  press: (pressed: Pressed) => boolean
  records: Records
  /** Stops as soon as what is being written is on disk; whoever is being served is found again by the next start. */
  stop: () => Promise<void>
}

/** How often the room on the disk is looked at, and the counters are put there. */
const housekeepingMs = 30_000

/** Starts the kiosk, or says in one sentence why it cannot. */
export const startKiosk = async (
  options: StartOptions,
): Promise<{ kind: 'started'; kiosk: StartedKiosk } | { kind: 'problem'; problem: string }> => {
  const { config, clock, log, version, serve = screenServer } = options
  const opened = await openRecords({
    folder: config.dataFolder,
    clock,
    version,
    report: (fact, details) => log.warn(details, fact),
    ...(options.journal && { journal: options.journal }),
    ...(options.disk && { disk: options.disk }),
  })
  if (opened.kind === 'in use') {
    const problem = `dataFolder: found ${config.dataFolder} in use; another kiosk program runs on it`
    return { kind: 'problem', problem }
  }
  const { records } = opened
  const trouble = records.trouble()
  if (trouble !== null) log.error(troubleOf(trouble), 'the journal cannot be used: nothing is sold')
  const made = machinesOn(options, records, await keyOf(options))
  const press = (pressed: Pressed): boolean => {
    if (!made.feed.belongs(pressed)) return false
    made.actor.send(pressEvent(pressed.press))
    return true
  }
  try {
    const server = await serve({
      ...config.screen,
      pages: options.pages,
      view: made.feed.view,
      onPress: press,
      health: () => healthOf(made.actor.getSnapshot(), records, made.trouble()),
      after: clock.after,
    })
    made.onView(server.show)
    const stopHousekeeping = housekeeping(options, made.actor, records)
    made.actor.start()
    return {
      kind: 'started',
      kiosk: {
        url: server.url,
        view: made.feed.view,
        press,
        records,
        stop: async () => {
          await stopHousekeeping()
          made.actor.stop()
          await server.close()
          await records.close()
        },
      },
    }
  } catch (error) {
    await records.close()
    const why = error instanceof Error ? error.message : String(error)
    const { host, port } = config.screen
    return { kind: 'problem', problem: `screen.port: ${host}:${port} cannot be served; ${why}` }
  }
}

type Made = {
  actor: KioskActor
  /** Why the journal cannot be written or trusted; null when it can. */
  trouble: () => string | null
  feed: ScreenFeed
  /** Called with every view that differs from the last. */
  onView: (show: (view: View) => void) => void
}

/** A kiosk sells without its key too; its claims are then asked for by their number alone. */
const keyOf = async ({ config, disk, newKey, log }: StartOptions): Promise<KioskKey | null> => {
  try {
    return await openKioskKey(config.dataFolder, { disk, newKey })
  } catch (error) {
    log.error(
      { why: whyOf(error) },
      'the key of this kiosk cannot be used: its claims are not signed',
    )
    return null
  }
}

const machinesOn = (options: StartOptions, records: Records, key: KioskKey | null): Made => {
  const { config, clock, log, drivers, fetch } = options
  const centre = centreClient({
    url: config.centre.url,
    kiosk: config.kiosk.number,
    clock,
    ...(fetch && { fetch }),
  })
  const nonces = lookNonces(centre, clock, key?.publicKey ?? null)
  const watched = centreWatch({
    nonces,
    journal: records.uploadable,
    centre,
    clock,
    log,
    onTrouble: (why) => journalFailed(why),
  })
  let show: (view: View) => void = () => undefined
  let planned = false
  const entriesOfFaults = faultsJournalled()
  const step = () => {
    planned = false
    if (actor.getSnapshot().status !== 'active') return
    const view = feed.next()
    if (view !== null) show(view)
    const entries = entriesOfFaults(actor.getSnapshot().context.devices)
    if (entries.length === 0) return
    for (const entry of entries) log.info(entry, entry.type)
    append(entries).catch((error: unknown) =>
      log.error({ err: error }, 'a fault is not journalled'),
    )
  }
  const journalFailed = (why: string) => {
    log.error(troubleOf(why), 'the journal fails: nothing is sold any more')
    if (actor.getSnapshot().status === 'active') actor.send({ type: 'journal.failed', why })
  }
  /** Whoever finds that the journal cannot be written: the machine is told, and serves nobody any more. */
  const append: Records['append'] = async (entries) => {
    try {
      const onDisk = records.append(entries)
      cash.journalled(entries)
      await onDisk
      watched.appended()
    } catch (error) {
      journalFailed(whyOf(error))
      throw error
    }
  }
  const cash = comparingCash({ record: records.cash, journal: append, log })
  const actor = kioskActor({
    input: {
      ids: clock.ids,
      journalTrouble: records.trouble(),
      openNotes: records.openNotes,
      lostNotes: [...records.trail.lost],
      lastStacked: records.trail.lastStacked,
      tenders: config.tenders,
      cashValues: config.cash.values,
      mostCash: config.cash.most,
      language: config.language,
    },
    clock,
    centre,
    nonces,
    watchCentre: watched.watch,
    journal: append,
    prepareReceipt: (sale) =>
      prepareReceipt({ config, clock, log, key, records: { ...records, append } }, sale),
    settling: (tried, signal) =>
      settling(
        {
          standing: records.standing,
          journal: append,
          centre,
          clock,
          report: (problem) => log.warn(problem, 'a sale is not closed with the centre yet'),
          tried,
        },
        signal,
      ),
    compareCash: cash.compare,
    interrupted: () => interruptedSales(records.standing()),
    nextSlip: () => nextSlip({ config, clock, key, records: { ...records, append } }),
    drivers,
    patience: config.patience,
    // Many machines step together: one look at all of them when they are done.
    onStep: () => {
      if (planned) return
      planned = true
      setImmediate(step)
    },
  })
  actor.subscribe({
    error: (error) => {
      log.fatal({ err: error }, 'the kiosk machine stopped')
      options.onFailure()
    },
  })
  const feed = screenFeed(() => viewOf({ config, clock, snapshot: actor.getSnapshot() }))
  return {
    actor,
    trouble: () => records.trouble() ?? watched.trouble(),
    feed,
    onView: (given) => {
      show = given
    },
  }
}

const housekeeping = (
  { clock, log }: StartOptions,
  actor: KioskActor,
  records: Records,
): (() => Promise<void>) => {
  const stop = new AbortController()
  const { signal } = stop
  const keep = async () => {
    while (!signal.aborted) {
      try {
        const room = await records.roomForSale()
        if (signal.aborted) return
        actor.send({ type: room ? 'disk.roomy' : 'disk.full' })
        await records.save()
      } catch (error) {
        log.error({ err: error }, 'the disk could not be looked after')
        if (!signal.aborted) actor.send({ type: 'disk.full' })
      }
      await clock.wait(housekeepingMs, signal)
    }
  }
  const kept = keep()
  return () => {
    stop.abort()
    return kept
  }
}
