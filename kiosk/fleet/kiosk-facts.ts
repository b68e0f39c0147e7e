// Pure: the facts of a running kiosk in the words of the fleet, from what its machine and its records say.
import { deviceFaults, kioskFaults } from '../../domain/faults/device-faults.ts'
import type { FaultWords } from '../../domain/faults/words.ts'
import type { BirthMessage, HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import type { AccuracyWord, ServiceWord, StartWord, SupplyWord } from '../../domain/fleet/words.ts'
import { sha256 } from '../../domain/journal-chain.ts'
import type { DeviceStates } from '../../state-machines/device-states.ts'
import {
  printsPaper,
  sells,
  tenderOffers,
  whyNotServing,
} from '../../state-machines/open-services.ts'
import { isDoorOpen } from '../../state-machines/kiosk-context.ts'
import type { View } from '../../ui/kiosk/screen.ts'
import { valueOf, type CashBox } from '../cash-box.ts'
import type { KioskConfig } from '../config.ts'
import type { KioskSnapshot } from '../screen-for.ts'
import type { DeviceFact } from './fleet-facts.ts'

type Role = keyof DeviceStates

/** The devices that this kiosk has. */
export const rolesOf = ({ devices }: Pick<KioskConfig, 'devices'>): Role[] => {
  const has: Record<Role, boolean> = {
    cardReader: true,
    noteAcceptor: devices.noteAcceptor !== null,
    receiptPrinter: devices.receiptPrinter !== null,
    bankTerminal: devices.bankTerminal !== null,
  }
  return (['cardReader', 'noteAcceptor', 'receiptPrinter', 'bankTerminal'] as const).filter(
    (role) => has[role],
  )
}

export const serviceOf = ({ status, value, context }: KioskSnapshot): ServiceWord => {
  if (status !== 'active') return 'outOfService'
  if (inMaintenance(value.service)) return 'maintenance'
  const why = whyNotServing(context)
  if (why === 'starting' || isStarting(value.service)) return 'starting'
  const offers = tenderOffers(context)
  if (why !== null || !sells(offers)) return 'outOfService'
  const lacks = offers.some((offer) => !offer.works && offer.why !== 'not offered here')
  // A kiosk without a printer is whole; one whose printer has a fault that keeps receipts off the paper is not.
  const { receiptPrinter } = context.devices
  return lacks || (receiptPrinter.ready && !printsPaper(context.devices)) ? 'degraded' : 'inService'
}

const isStarting = (service: KioskSnapshot['value']['service']): boolean =>
  typeof service === 'string' && ['resolvingNotes', 'askingCounters', 'begun'].includes(service)

const inMaintenance = (service: KioskSnapshot['value']['service']): boolean =>
  typeof service === 'string' &&
  ['awaitingParties', 'servicing', 'doingMachineAct', 'serviceOver'].includes(service)

/** At rest, in words that mean it; in a sale, the screen that is shown: a step that lasts for long is stuck. */
export const activityOf = (snapshot: KioskSnapshot, { screen }: Pick<View, 'screen'>): string => {
  const { service } = snapshot.value
  if (service === 'idle' || service === 'outOfService') return service
  if (inMaintenance(service)) return 'maintenance'
  return isStarting(service) ? 'starting' : screen.kind
}

export const devicesOf = (
  { context }: KioskSnapshot,
  roles: readonly Role[],
  agesMs: Partial<Record<Role, number>>,
): Record<string, DeviceFact> => ({
  ...Object.fromEntries(
    roles.map((role) => {
      const { ready, faults } = context.devices[role]
      const words: Record<string, FaultWords> = deviceFaults[role]
      const told = faults.flatMap((code) => factOf(code, words[code]))
      return [role, deviceFact(told, { ready, ageMs: agesMs[role] ?? null })]
    }),
  ),
  journal: kioskFact(context.journalTrouble !== null, 'not written', kioskFaults.journal),
  disk: kioskFact(context.diskFull, 'full', kioskFaults.disk),
  centre: kioskFact(context.centre === 'lost', 'away', kioskFaults.centre),
  door: kioskFact(isDoorOpen(context), 'door open', kioskFaults.door),
  serviceSwitch: kioskFact(!context.switchHeard, 'not answering', kioskFaults.serviceSwitch),
})

type Told = { fact: DeviceFact['faults'][number]; word: DeviceFact['word'] }

const factOf = (code: string, words: FaultWords | undefined): Told[] => {
  if (words === undefined) return []
  const { word, about, sev, act, risk } = words
  return [{ fact: { code, about, sev, act, risk }, word }]
}

/** Of what has no loop that could be late. */
const kioskFact = <Code extends string>(
  stands: boolean,
  code: Code,
  words: Record<Code, FaultWords>,
): DeviceFact => deviceFact(stands ? factOf(code, words[code]) : [], { ready: true, ageMs: null })

/** The device is what its gravest fault makes it. */
const deviceFact = (
  told: Told[],
  { ready, ageMs }: { ready: boolean; ageMs: number | null },
): DeviceFact => {
  const [gravest] = told.toSorted((one, other) => other.fact.sev - one.fact.sev)
  const faults = told.map(({ fact }) => fact)
  return { word: gravest?.word ?? (ready ? 'online' : 'starting'), ageMs, faults }
}

export const suppliesOf = ({ context }: KioskSnapshot, roles: readonly Role[]) => {
  const { receiptPrinter, noteAcceptor } = context.devices
  const paper = receiptPrinter.faults
  const supplies: Record<string, SupplyWord> = {}
  if (roles.includes('receiptPrinter')) {
    supplies['paper'] = paper.includes('paper out')
      ? 'out'
      : paper.includes('paper low')
        ? 'low'
        : 'ok'
  }
  if (roles.includes('noteAcceptor')) {
    supplies['cash box'] = noteAcceptor.faults.includes('cash box full') ? 'overfull' : 'ok'
  }
  return supplies
}

/** `holds`: notes that the box takes in all; null where nobody says. */
export const cashOf = (
  box: CashBox,
  { currency, holds }: { currency: string; holds: number | null },
): NonNullable<HeartbeatMessage['cash']> => {
  const n = box.notes.reduce((sum, { count }) => sum + count, box.notesOfUnknownValue)
  return {
    n,
    value: valueOf(box),
    cur: currency,
    acc: box.accuracy satisfies AccuracyWord,
    ...(holds !== null && { pct: Math.floor((n * 100) / holds), cap: holds }),
  }
}

export const descriptionOf = (
  config: KioskConfig,
  of: {
    version: string
    serials: Record<string, string>
    node: string
    os: string
    start?: StartWord | undefined
  },
): Omit<BirthMessage, 'v' | 'bd' | 'ts' | 'kiosk' | 'head'> => ({
  serials: of.serials,
  sw: { runtime: of.version, node: of.node, os: of.os },
  cfg: sha256(JSON.stringify(config, withoutSecrets)),
  devices: rolesOf(config).map((role) => ({ role, model: modelOf(config, role) })),
  locale: config.language,
  tz: config.timeZone,
  state: 'commissioned',
  ...(of.start !== undefined && { start: of.start }),
})

/** What is secret is left out of the hash too: a short one could be found from it. */
const withoutSecrets = (name: string, value: unknown): unknown =>
  name === 'fixedKey' || name === 'password' || name === 'persons' ? undefined : value

const modelOf = ({ devices }: KioskConfig, role: Role): string => {
  const { receiptPrinter } = devices
  return role === 'receiptPrinter' && receiptPrinter !== null
    ? `${receiptPrinter.driver} ${receiptPrinter.model}`
    : (devices[role]?.driver ?? '')
}
