// Joins a running kiosk to its fleet: facts from its machine and records, faults as events, commands with an answer.
import { release, type } from 'node:os'
import { join } from 'node:path'
import type { FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import type { StartWord } from '../../domain/fleet/words.ts'
import { noHead } from '../../domain/journal-chain.ts'
import type { DeviceStates } from '../../state-machines/device-states.ts'
import type { View } from '../../ui/kiosk/screen.ts'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import { realDisk, type Disk } from '../disk.ts'
import type { Identity } from '../enrolment/identity.ts'
import type { Log } from '../log.ts'
import type { Records } from '../records.ts'
import type { KioskSnapshot } from '../screen-for.ts'
import { unresolved } from '../unresolved.ts'
import type { KeptCommand } from './commands/command-store.ts'
import { commandsOf, type CommandedKiosk } from './commands/joining.ts'
import { countedRun } from './connection-count.ts'
import { faultEvents } from './fault-events.ts'
import { fleetClient } from './fleet-client.ts'
import { credentialsOf, type FleetConfig } from './fleet-config.ts'
import type { FleetFacts } from './fleet-facts.ts'
import {
  activityOf,
  cashOf,
  descriptionOf,
  devicesOf,
  rolesOf,
  serviceOf,
  suppliesOf,
} from './kiosk-facts.ts'
import { openOutbox } from './outbox.ts'

export type FleetOptions = {
  config: KioskConfig
  fleet: FleetConfig
  clock: Clock
  log: Log
  version: string
  snapshot: () => KioskSnapshot
  view: () => Pick<View, 'screen'>
  records: Pick<Records, 'standing' | 'cashBox' | 'uploadable'>
  /** Numbers of the hardware, which a copied disk does not bring along. */
  serials: Record<string, string>
  /** Since the page last answered; null when none ever did. */
  screenAgeMs: () => number | null
  /** Since each device's loop last had a good answer. */
  loopAgesMs: () => Partial<Record<keyof DeviceStates, number>>
  /** What each device's line has been through since the program started; not told where nobody counts. */
  lineCounts?: FleetFacts['lines']
  /** What the kiosk has enrolled with; null before. Not enrolled unless told. */
  identity?: () => Identity | null
  /** What is known of the machine under the kiosk; not told where nobody looks. */
  machineFacts?: FleetFacts['machine']
  /** Why the program was started; not told unless known. */
  startedBy?: StartWord
  /** By whose hands commands are done; without them none is. */
  commanded?: CommandedKiosk
  disk?: Disk
}

export type Fleet = {
  /** After every step of the machines: what has changed is told. */
  look: () => void
  /** Something that no device tells: an act of a person, a count. Resolves when it is on disk. */
  tell: (event: FleetEvent) => Promise<void>
  /** The kiosk is to stop selling: soon nothing more could be told that must not be lost. */
  isNearlyFull: () => boolean
  /** Whether the centre hears us, what waits for it, and its clock minus ours. */
  state: () => { joined: boolean; waiting: number; clockOffMs: number | null }
  /** By how many ms the worker of the outbox is late; 0 while it is not. */
  lateMs: () => number
  /** What the centre has asked for, the latest last (C7). */
  commands: () => readonly KeptCommand[]
  /** Says that the kiosk leaves. */
  stop: () => Promise<void>
}

/** Opens the outbox and goes to the broker. Rejects when the disk or a file of the configuration cannot be read. */
export const fleetOf = async (options: FleetOptions): Promise<Fleet> => {
  const { config, fleet, clock, log, identity = () => null, disk = realDisk } = options
  const { facts, stepped } = factsOf({ ...options, disk })
  const pathOf = (name: string) => join(config.dataFolder, 'fleet', name)
  const outbox = await openOutbox({
    path: pathOf('outbox.ndjson'),
    report: (fact, details) => log.warn(details, fact),
    disk,
  })
  const { count, run } = countedRun({
    path: pathOf('connections.json'),
    onUnreadable: (found) => log.warn(found, 'the count of connections was unreadable'),
    disk,
  })
  const client = fleetClient({
    kiosk: config.kiosk.number,
    tenant: fleet.tenant,
    url: fleet.url,
    credentials: await credentialsOf(fleet, identity),
    facts,
    outbox,
    count,
    clock,
    log,
    onCommand: (command, clockOffMs) => void commands?.hear(command, isTrusted(clockOffMs)),
  })
  const commands =
    options.commanded === undefined
      ? null
      : await commandsOf({
          config,
          fleet,
          clock,
          log,
          disk,
          outbox,
          run,
          answer: client.answer,
          line: client,
          kiosk: options.commanded,
        })
  const told = (telling: Promise<void>) => {
    telling.catch((error: unknown) => log.error({ err: error }, 'the fleet is not told'))
  }
  let known: ReturnType<FleetFacts['devices']> = {}
  const stopping = new AbortController()
  const running = client.run(stopping.signal)
  void commands?.resume()
  return {
    look: () => {
      stepped()
      const now = facts.devices()
      for (const event of faultEvents(known, now)) told(client.tell(event))
      known = now
      client.look()
    },
    tell: client.tell,
    isNearlyFull: outbox.isNearlyFull,
    state: () => ({ ...client.state(), waiting: outbox.waiting().n }),
    lateMs: client.lateMs,
    commands: () => commands?.history() ?? [],
    stop: async () => {
      commands?.stop()
      stopping.abort()
      await running
      await outbox.close()
    },
  }
}

/** A kiosk whose clock is further from the centre's obeys no command that depends on time (C2). */
const mostClockOffMs = 5 * 60_000

const isTrusted = (clockOffMs: number | null): boolean =>
  clockOffMs !== null && Math.abs(clockOffMs) <= mostClockOffMs

/** `stepped`: the kiosk may be doing something else than before. */
const factsOf = (
  options: FleetOptions & { disk: Disk },
): { facts: FleetFacts; stepped: () => void } => {
  const { config, clock, version, snapshot, view, records, serials, screenAgeMs } = options
  const { loopAgesMs, lineCounts, machineFacts, disk } = options
  const roles = rolesOf(config)
  let activity = { name: activityOf(snapshot(), view()), since: clock.monotonic() }
  const stepped = () => {
    const name = activityOf(snapshot(), view())
    if (name !== activity.name) activity = { name, since: clock.monotonic() }
  }
  const description = descriptionOf(config, {
    version,
    serials,
    node: process.version,
    os: `${type()} ${release()}`,
    start: options.startedBy,
  })
  const facts: FleetFacts = {
    description: () => description,
    service: () => serviceOf(snapshot()),
    activity: () => ({ name: activity.name, forMs: clock.monotonic() - activity.since }),
    screen: () => ({ name: view().screen.kind, ageMs: screenAgeMs() }),
    devices: () => devicesOf(snapshot(), roles, loopAgesMs()),
    cash: () =>
      roles.includes('noteAcceptor')
        ? cashOf(records.cashBox(), {
            currency: config.currency.code,
            holds: config.cash.boxHolds,
          })
        : null,
    supplies: () => suppliesOf(snapshot(), roles),
    journal: () => records.uploadable?.head() ?? noHead,
    ...(lineCounts && { lines: lineCounts }),
    ...(machineFacts && { machine: machineFacts }),
    unresolved: () => unresolved(records.standing()).length,
    system: async () => ({
      disk: await disk.freeBytes(config.dataFolder),
      mem: process.memoryUsage.rss(),
    }),
  }
  return { facts, stepped }
}
