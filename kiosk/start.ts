// One running kiosk: records, centre, machines and screen put together on the drivers it is handed.
import { pressEvent } from '../state-machines/casting.ts'
import type { Pressed, View } from '../ui/kiosk/screen.ts'
import type { Clock } from './clock.ts'
import type { KioskConfig } from './config.ts'
import { whyOf } from './disk.ts'
import type { FleetOptions } from './fleet/fleet-of.ts'
import { joining, type Joined } from './fleet/joining.ts'
import { healthOf, troubleOf } from './health.ts'
import type { KioskActor, KioskParts } from './kiosk.ts'
import type { Log } from './log.ts'
import { kioskHands } from './hands.ts'
import { machineAct, machineActsOf, machineHands } from './machine-hands.ts'
import { machinesOn } from './machines.ts'
import { openKioskKey, type KioskKey, type KioskKeyOptions } from './kiosk-key.ts'
import type { PageFiles } from '../server/page-files.ts'
import { openRecords, type Records, type RecordsOptions } from './records.ts'
import { screenServer, type ScreenServer } from './screen-server.ts'
import { joinService } from './service/joining.ts'
import { vitalsOf, type Vitals } from './watchdog/vitals.ts'

export type StartOptions = {
  config: KioskConfig
  clock: Clock
  log: Log
  version: string
  drivers: KioskParts['drivers']
  /** Told of all that goes on in the machines: nobody unless told. */
  inspect?: KioskParts['inspect']
  /** How long ago each device last answered: not known unless told. */
  loopAgesMs?: FleetOptions['loopAgesMs']
  /** What the devices' lines have been through: not known unless told. */
  lineCounts?: FleetOptions['lineCounts']
  /** What is known of the machine under the kiosk: nothing unless told. */
  machineFacts?: FleetOptions['machineFacts']
  /** Why the program was started: not known unless told. */
  startedBy?: FleetOptions['startedBy']
  pages: PageFiles
  /** The machine has stopped by a fault of ours: only a new start helps. */
  onFailure: () => void
  /** Somebody wants the program to be started anew: it ends, and supervision starts it. Not possible unless told. */
  onRestart?: () => void
  /** The file this run was configured by; without it the office can change nothing. */
  configFile?: string
  /** How the centre is reached: the global `fetch` unless told. */
  fetch?: typeof fetch
  /** What the kiosk has enrolled with; null before. Not enrolled unless told. */
  identity?: FleetOptions['identity']
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
  /** What the watchdog looks at. */
  vitals: Vitals
  /** Every page loads itself anew. */
  reload: () => void
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
  const { loopAgesMs = () => ({}), lineCounts, identity, disk } = options
  const { machineFacts, startedBy } = options
  const fleet = joining({
    config,
    clock,
    log,
    version,
    records,
    loopAgesMs,
    ...(lineCounts && { lineCounts }),
    ...(machineFacts && { machineFacts }),
    ...(startedBy && { startedBy }),
    ...(identity && { identity }),
    ...(disk && { disk }),
  })
  const service = await joinService({ config, clock, log, version, records, loopAgesMs, disk })
  let server: ScreenServer | null = null
  const machine = machineHands({
    machine: config.machine,
    reload: () => server?.reload(),
    restart: options.onRestart ?? (() => log.error('nothing here starts the program anew')),
  })
  const made = machinesOn(options, records, {
    key: await keyOf(options),
    fleet,
    service,
    machineActs: machineActsOf(machine),
    machineAct: async (act) => {
      try {
        await machineAct(machine, act)
      } catch (error) {
        log.error({ err: error, act }, 'what was chosen on site could not be done')
        throw error
      }
    },
    facts: (uploaded) =>
      service.facts({ fleet, uploaded, paintedMs: () => server?.paintedAgeMs() ?? null }),
  })
  const press = (pressed: Pressed): boolean => {
    if (!made.feed.belongs(pressed)) return false
    made.actor.send(pressEvent(pressed.press))
    return true
  }
  try {
    const served = await serve({
      ...config.screen,
      pages: options.pages,
      view: made.feed.view,
      onPress: press,
      health: () => healthOf(made.actor.getSnapshot(), records, made.trouble()),
      after: clock.after,
      monotonic: clock.monotonic,
    })
    server = served
    made.onView(served.show)
    const stopHousekeeping = housekeeping(options, made.actor, { records, fleet })
    made.actor.start()
    fleet.begin({
      snapshot: () => made.actor.getSnapshot(),
      view: made.feed.view,
      screenAgeMs: served.paintedAgeMs,
      ...(options.configFile !== undefined && {
        commanded: {
          configFile: options.configFile,
          append: made.append,
          hands: kioskHands({
            actor: made.actor,
            append: made.append,
            clock,
            machine,
            paintedMs: served.paintedAgeMs,
          }),
        },
      }),
    })
    return {
      kind: 'started',
      kiosk: {
        url: served.url,
        view: made.feed.view,
        press,
        records,
        vitals: vitalsOf({
          config,
          clock,
          snapshot: () => made.actor.getSnapshot(),
          view: made.feed.view,
          paintedAgeMs: served.paintedAgeMs,
          journalTrouble: records.trouble,
          outboxLateMs: fleet.lateMs,
        }),
        reload: served.reload,
        stop: async () => {
          await stopHousekeeping()
          made.actor.stop()
          await Promise.all([served.close(), fleet.stop()])
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

const housekeeping = (
  { clock, log }: StartOptions,
  actor: KioskActor,
  { records, fleet }: { records: Records; fleet: Joined },
): (() => Promise<void>) => {
  const stop = new AbortController()
  const { signal } = stop
  const keep = async () => {
    while (!signal.aborted) {
      try {
        // Money that could not be told of any more is not taken (O8, rank 1).
        const room = (await records.roomForSale()) && !fleet.isNearlyFull()
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
