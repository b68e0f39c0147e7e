// The words in which a kiosk tells the fleet of itself: the same in drivers' faults, heartbeats, alerts and menus (fleet.md 9).
import { z } from 'zod'

/** What a device is, in the words of XFS4IoT (fleet.md 9.1). */
export const DeviceWord = z.enum([
  'online',
  'offline',
  'powerOff',
  'noDevice',
  'hardwareError',
  'userError',
  'deviceBusy',
  'fraudAttempt',
  'potentialFraud',
  'starting',
])
export type DeviceWord = z.infer<typeof DeviceWord>

/** What a fault asks for: of a person on site, of a technician, or of nobody (fleet.md 9.2). */
export const ActionWord = z.enum([
  'reset',
  'softwareError',
  'configuration',
  'clear',
  'maintenance',
  'suspend',
])
export type ActionWord = z.infer<typeof ActionWord>

/** Whether customers can buy. */
export const ServiceWord = z.enum([
  'inService',
  'degraded',
  'outOfService',
  'maintenance',
  'starting',
])
export type ServiceWord = z.infer<typeof ServiceWord>

/**
 * Why the program of a kiosk was started. `power`: the machine went off without a word. `panic`: its kernel died. `watchdog`:
 * program or machine hung and was ended. `command`: somebody asked for it. `crash`: the program ended by a fault of ours.
 */
export const StartWord = z.enum([
  'first',
  'power',
  'panic',
  'watchdog',
  'update',
  'command',
  'crash',
])
export type StartWord = z.infer<typeof StartWord>

export const SupplyWord = z.enum(['ok', 'low', 'out', 'overfull'])
export type SupplyWord = z.infer<typeof SupplyWord>

/** How far a count can be trusted (fleet.md 9.3). */
export const AccuracyWord = z.enum(['accurate', 'accurateSet', 'inaccurate', 'unknown'])
export type AccuracyWord = z.infer<typeof AccuracyWord>

/** 0 none, 1 routine, 2 warning, 3 suspend, 4 fatal, as ATMs tell it (fleet.md 2). */
export const Severity = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
])
export type Severity = z.infer<typeof Severity>

/** What a fault may mean for money. */
export const MoneyAtRisk = z.enum(['yes', 'no', 'unknown'])
export type MoneyAtRisk = z.infer<typeof MoneyAtRisk>

/**
 * What an event is about. `money`: cash box, notes and counts. `maintenance`: acts of a person on site. `outbox`: what the
 * outbox says of itself. It decides what may be thinned (fleet.md 6).
 */
export const EventAbout = z.enum(['money', 'maintenance', 'fault', 'supply', 'outbox'])
export type EventAbout = z.infer<typeof EventAbout>

/** What a kiosk does when nobody is at it; it may go on for ever. Every other activity is a step of a sale. */
export const restingActivities = ['idle', 'starting', 'outOfService', 'maintenance'] as const
export const isAtRest = (activity: string): boolean =>
  restingActivities.some((each) => each === activity)
