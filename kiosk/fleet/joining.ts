// A running kiosk and its fleet, by its configuration. Money first: whatever goes wrong with the fleet, the kiosk sells on.
import { join as pathOf } from 'node:path'
import type { InspectionEvent } from 'xstate'
import type { FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import { realDisk } from '../disk.ts'
import { fleetOf, type Fleet, type FleetOptions } from './fleet-of.ts'
import { rolesOf } from './kiosk-facts.ts'
import { hardwareSerials, type Serials } from './serials.ts'

/** What there is of it once it runs. */
type Running = Pick<FleetOptions, 'snapshot' | 'view' | 'screenAgeMs' | 'commanded'>

export type Joined = {
  /** For whatever is inspected of the machines. */
  inspect: (inspected: InspectionEvent) => void
  /** After every step of the machines. */
  look: () => void
  /** Of the devices, as they told since the program started. */
  serials: Serials['told']
  /** Null where nothing is told to anybody. */
  state: () => ReturnType<Fleet['state']> | null
  commands: Fleet['commands']
  /** By how many ms the worker of the outbox is late; 0 while it is not, or nothing is told to anybody. */
  lateMs: () => number
  /** An act of a person on site. */
  tell: (event: FleetEvent) => void
  /** The kiosk is to stop selling: soon nothing more could be told that must not be lost. */
  isNearlyFull: () => boolean
  /** The kiosk has begun: it says who it is as soon as its devices have said who they are. */
  begin: (running: Running) => void
  /** Says that the kiosk leaves. Never rejects. */
  stop: () => Promise<void>
}

/** `fleet` of the configuration null: nothing is told to anybody. */
export const joining = (
  options: Omit<FleetOptions, 'fleet' | 'serials' | keyof Running>,
): Joined => {
  const { config, clock, log, disk = realDisk } = options
  const serials = hardwareSerials({
    path: pathOf(config.dataFolder, 'fleet', 'serials.json'),
    roles: rolesOf(config),
    clock,
    log,
    disk,
  })
  const stopping = new AbortController()
  let fleet: Fleet | null = null
  let begun: Promise<void> = Promise.resolve()
  const join = async (running: Running) => {
    if (config.fleet === null) return
    const known = await serials.known(stopping.signal)
    if (stopping.signal.aborted) return
    fleet = await fleetOf({ ...options, ...running, fleet: config.fleet, serials: known })
    // What stood before there was anybody to tell it to.
    fleet.look()
  }
  return {
    inspect: serials.hear,
    serials: serials.told,
    state: () =>
      config.fleet === null
        ? null
        : (fleet?.state() ?? { joined: false, waiting: 0, clockOffMs: null }),
    commands: () => fleet?.commands() ?? [],
    lateMs: () => fleet?.lateMs() ?? 0,
    tell: (event) => {
      // Who is there before the kiosk has said who it is does not stay unsaid.
      begun
        .then(() => fleet?.tell(event))
        .catch((error: unknown) => log.error({ err: error }, 'the fleet is not told'))
    },
    look: () => fleet?.look(),
    isNearlyFull: () => fleet?.isNearlyFull() ?? false,
    begin: (running) => {
      begun = join(running).catch((error: unknown) =>
        log.error({ err: error }, 'the fleet is not joined: the kiosk runs without it'),
      )
    },
    stop: async () => {
      stopping.abort()
      await begun
      await fleet
        ?.stop()
        .catch((error: unknown) =>
          log.error({ err: error }, 'the fleet does not hear that the kiosk leaves'),
        )
    },
  }
}
