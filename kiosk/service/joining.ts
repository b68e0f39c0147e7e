// The maintenance mode of a running kiosk: who may come in, what was set on site, and what its pages say.
import { join } from 'node:path'
import { never } from '../../domain/never.ts'
import type { ServiceDevice } from '../../ui/kiosk/service/service-page.ts'
import type { Clock } from '../clock.ts'
import type { KioskConfig } from '../config.ts'
import type { Disk } from '../disk.ts'
import type { Joined } from '../fleet/joining.ts'
import type { Log } from '../log.ts'
import type { Records } from '../records.ts'
import { openPayments } from '../standing.ts'
import { unresolved } from '../unresolved.ts'
import { openPersons, type Persons } from './persons.ts'
import type { ServiceFacts } from './service-facts.ts'
import { homeLanguage, openSettings, usualVolume, type KeptSettings } from './settings.ts'

export type ServiceOptions = {
  config: KioskConfig
  clock: Clock
  log: Log
  version: string
  records: Records
  loopAgesMs: () => Partial<Record<ServiceDevice, number>>
  disk?: Disk | undefined
}

/** What the running kiosk says beside its records. */
export type Running = {
  paintedMs: () => number | null
  fleet: Pick<Joined, 'state' | 'commands' | 'serials'>
  /** The last line that the centre has acknowledged. */
  uploaded: () => number
}

export type JoinedService = {
  check: Persons['check']
  save: KeptSettings['save']
  /** As they were when the program started. */
  begins: { homeLanguage: KioskConfig['language']; volume: number }
  devicesFitted: ServiceDevice[]
  facts: (running: Running) => ServiceFacts
}

/** Where the disk cannot be read the kiosk sells on, and nobody is let into its maintenance mode. */
export const joinService = async (options: ServiceOptions): Promise<JoinedService> => {
  const { config, clock, log, disk } = options
  const path = (name: string) => join(config.dataFolder, 'service', name)
  const onUnreadable = (found: { problem: string; keptAside: string }) =>
    log.warn(found, 'a file of the maintenance mode was unreadable')
  const persons = await openPersons({
    persons: config.service?.persons ?? [],
    path: path('tries.json'),
    clock,
    onUnreadable,
    disk,
  }).catch((error: unknown) => {
    log.error({ err: error }, 'nobody is let into the maintenance mode: its counts cannot be read')
    return null
  })
  const settings = await openSettings({ path: path('settings.json'), onUnreadable, disk }).catch(
    (error: unknown) => {
      log.error({ err: error }, 'what was set on site cannot be read')
      return null
    },
  )
  const kept = settings?.now() ?? { language: null, volume: usualVolume }
  const startedAt = clock.now()
  return {
    check: persons?.check ?? (() => Promise.reject(new Error('the counts cannot be read'))),
    save: settings?.save ?? (() => Promise.reject(new Error('the settings cannot be read'))),
    begins: { homeLanguage: homeLanguage(kept, config), volume: kept.volume },
    devicesFitted: devicesOf(config),
    facts: (running) => factsOf({ ...options, startedAt }, running),
  }
}

const devicesOf = ({ devices }: KioskConfig): ServiceDevice[] => [
  'cardReader',
  ...(devices.noteAcceptor === null ? [] : ['noteAcceptor' as const]),
  ...(devices.receiptPrinter === null ? [] : ['receiptPrinter' as const]),
  ...(devices.bankTerminal === null ? [] : ['bankTerminal' as const]),
]

const factsOf = (
  options: ServiceOptions & { startedAt: number },
  { fleet, uploaded, paintedMs }: Running,
): ServiceFacts => {
  const { config, clock, version, records, loopAgesMs, startedAt } = options
  const standing = records.standing()
  const { faults, visitSince } = records.site()
  const lines = records.uploadable?.head().sequence ?? null
  return {
    now: clock.now(),
    kiosk: config.kiosk,
    version,
    startedAt,
    device: (device) => ({
      ...modelOf(config, device, fleet.serials()[device] ?? null),
      heardMs: loopAgesMs()[device] ?? null,
    }),
    faults,
    visitSince,
    cashBox: records.cashBox(),
    journal: lines === null ? null : { lines, waiting: Math.max(0, lines - uploaded()) },
    salesOpen: unresolved(standing).length,
    notesOpen: records.trail.lost.length,
    paymentsOpen: openPayments(standing).length,
    fleet: fleet.state(),
    clockOffMs: fleet.state()?.clockOffMs ?? null,
    receipts: records.receipts(),
    commands: fleet.commands().map(({ op, at, st }) => ({ op, at, state: st })),
    paintedMs: paintedMs(),
  }
}

/** `told`: what the device says it is. A reader and a printer tell their model, the others the number of the unit. */
const modelOf = ({ devices }: KioskConfig, device: ServiceDevice, told: string | null) => {
  switch (device) {
    case 'cardReader':
      return { model: told ?? devices.cardReader.driver, port: null, serial: null }
    case 'receiptPrinter': {
      const { model = '', port = null } = devices.receiptPrinter ?? {}
      return { model: told ?? model, port, serial: null }
    }
    case 'noteAcceptor':
    case 'bankTerminal':
      return {
        model: devices[device]?.driver ?? '',
        port: devices[device]?.port ?? null,
        serial: told,
      }
    default:
      return never(device)
  }
}
