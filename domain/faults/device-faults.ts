// Every fault of every device, and of what else stops a kiosk like one: the one vocabulary. A driver's fault that is not here
// does not compile, nor one of which the driver says something else of money (fleet.md 9.2).
import type { FaultWords } from './words.ts'

const technician = { act: 'maintenance', clearedBy: 'technician' } as const
const onSite = { act: 'clear', clearedBy: 'person on site' } as const
const passes = { act: 'suspend', clearedBy: 'itself' } as const
const setUp = { act: 'configuration', clearedBy: 'technician' } as const

/**
 * `act` and `clearedBy` are for what is left when the driver's own ladder has failed: it has asked again, reset and opened the
 * line anew by then.
 */
export const deviceFaults = {
  cardReader: {
    'no reader': { word: 'noDevice', about: 'fault', sev: 4, risk: 'no', ...technician },
    'no card service': { word: 'offline', about: 'fault', sev: 3, risk: 'unknown', ...passes },
  },
  noteAcceptor: {
    'not answering': { word: 'offline', about: 'fault', sev: 3, risk: 'unknown', ...technician },
    'wrong unit': { word: 'fraudAttempt', about: 'money', sev: 4, risk: 'no', ...technician },
    'cash box full': { word: 'userError', about: 'money', sev: 3, risk: 'no', ...onSite },
    'cash box removed': { word: 'userError', about: 'money', sev: 3, risk: 'no', ...onSite },
    jam: { word: 'hardwareError', about: 'fault', sev: 3, risk: 'unknown', ...technician },
    'fraud attempt': {
      word: 'fraudAttempt',
      about: 'fault',
      sev: 4,
      risk: 'unknown',
      ...technician,
    },
    'path open': { word: 'userError', about: 'fault', sev: 3, risk: 'unknown', ...onSite },
    'not trusted': { word: 'hardwareError', about: 'fault', sev: 3, risk: 'no', ...setUp },
    broken: { word: 'hardwareError', about: 'fault', sev: 3, risk: 'unknown', ...technician },
  },
  receiptPrinter: {
    'not answering': { word: 'offline', about: 'fault', sev: 2, risk: 'no', ...technician },
    'paper low': { word: 'online', about: 'supply', sev: 1, risk: 'no', ...onSite },
    'paper out': { word: 'userError', about: 'supply', sev: 2, risk: 'no', ...onSite },
    'cover open': { word: 'userError', about: 'fault', sev: 2, risk: 'no', ...onSite },
    offline: { word: 'offline', about: 'fault', sev: 2, risk: 'no', ...onSite },
    cutter: { word: 'hardwareError', about: 'fault', sev: 2, risk: 'no', ...technician },
    'too hot': { word: 'hardwareError', about: 'fault', sev: 1, risk: 'no', ...passes },
    broken: { word: 'hardwareError', about: 'fault', sev: 2, risk: 'no', ...technician },
  },
  bankTerminal: {
    'not answering': { word: 'offline', about: 'fault', sev: 3, risk: 'unknown', ...technician },
    'wrong terminal': { word: 'fraudAttempt', about: 'money', sev: 4, risk: 'no', ...technician },
    'not suitable': { word: 'hardwareError', about: 'fault', sev: 3, risk: 'no', ...setUp },
    'not ready': { word: 'hardwareError', about: 'fault', sev: 2, risk: 'no', ...passes },
    'card left inside': { word: 'userError', about: 'fault', sev: 1, risk: 'no', ...onSite },
    'no connection': { word: 'online', about: 'fault', sev: 2, risk: 'no', ...passes },
    'day not ended': { word: 'deviceBusy', about: 'fault', sev: 2, risk: 'no', ...passes },
    broken: { word: 'hardwareError', about: 'fault', sev: 3, risk: 'unknown', ...technician },
  },
} as const satisfies Record<string, Record<string, FaultWords>>

/** Of what is no device of a sale. */
export const kioskFaults = {
  journal: {
    'not written': {
      word: 'hardwareError',
      about: 'money',
      sev: 4,
      risk: 'unknown',
      ...technician,
    },
  },
  disk: {
    full: { word: 'hardwareError', about: 'fault', sev: 3, risk: 'no', ...technician },
  },
  centre: {
    away: {
      word: 'offline',
      about: 'fault',
      sev: 3,
      risk: 'no',
      act: 'suspend',
      clearedBy: 'office',
    },
  },
  // The cabinet, or the compartment of the cash box in it.
  door: {
    'door open': { word: 'userError', about: 'fault', sev: 2, risk: 'no', ...onSite },
  },
  serviceSwitch: {
    'not answering': { word: 'offline', about: 'fault', sev: 2, risk: 'no', ...technician },
  },
} as const satisfies Record<string, Record<string, FaultWords>>

export const allFaults = { ...deviceFaults, ...kioskFaults }
export type FaultyPart = keyof typeof allFaults

type DeviceFaults = typeof deviceFaults
export type FaultyDevice = keyof DeviceFaults

/** What the table says of the faults of a device, as a driver has to say it. */
type FaultOf<Device extends FaultyDevice> = {
  [Kind in keyof DeviceFaults[Device]]: {
    kind: Kind
    moneyAtRisk: DeviceFaults[Device][Kind] extends { risk: infer Risk } ? Risk : never
  }
}[keyof DeviceFaults[Device]]

/** A driver's faults, held against the table. */
export type Worded<Device extends FaultyDevice, Fault extends FaultOf<Device>> = Fault
