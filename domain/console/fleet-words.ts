// Pure: the words of the fleet that its pages and the centre share, in the order in which they are shown.
import type { ServiceWord } from '../fleet/words.ts'

/** Why somebody has to look at a kiosk, what comes first first: money, then silence, then what else fails, then supplies. */
export const needs = ['money', 'silence', 'fault', 'supplies'] as const
export type Need = (typeof needs)[number]

/** `silent`: its line is down or it was not heard for three of its heartbeats; `never`: it was not heard yet at all. */
export const kioskStates = [
  'inService',
  'degraded',
  'outOfService',
  'maintenance',
  'starting',
  'silent',
  'never',
] as const satisfies readonly (ServiceWord | 'silent' | 'never')[]
export type KioskState = (typeof kioskStates)[number]

/** What has faults at a kiosk, the devices of a sale first. */
export const fleetDevices = [
  'cardReader',
  'noteAcceptor',
  'receiptPrinter',
  'bankTerminal',
  'journal',
  'disk',
  'centre',
  'door',
  'serviceSwitch',
] as const
export type FleetDevice = (typeof fleetDevices)[number]

/** `fault`: of a device. `alarm`: found out by the centre, or known to somebody. `site`: done by somebody who was there. */
export const timelineKinds = ['fault', 'alarm', 'site', 'box', 'command', 'line'] as const
export type TimelineKind = (typeof timelineKinds)[number]

/** What shows wear: per 100 notes that were presented, all others per day. */
export const wearKinds = ['rejects', 'broken', 'again', 'connections', 'faults'] as const
export type WearKind = (typeof wearKinds)[number]
