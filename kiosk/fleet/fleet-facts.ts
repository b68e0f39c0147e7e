// What the fleet is told of a kiosk, as questions: whoever runs the kiosk answers them, and nothing here reaches into it.
import type {
  BirthMessage,
  FleetEvent,
  HeartbeatMessage,
} from '../../domain/fleet/kiosk-messages.ts'
import type { MachineTold } from './machine-facts.ts'
import type { DeviceWord, ServiceWord, SupplyWord } from '../../domain/fleet/words.ts'

/** A standing fault, as it is raised and cleared. */
export type FaultFact = Pick<FleetEvent, 'about' | 'sev' | 'code' | 'act' | 'risk'>

export type DeviceFact = {
  word: DeviceWord
  /** Since its loop last had a good answer; null when it never had one. */
  ageMs: number | null
  faults: FaultFact[]
}

export type FleetFacts = {
  /** What does not change while the program runs. */
  description: () => Omit<BirthMessage, 'v' | 'bd' | 'ts' | 'kiosk' | 'head'>
  service: () => ServiceWord
  /** What the kiosk is doing, and for how long. */
  activity: () => { name: string; forMs: number }
  /** What the page shows, and since when it last answered; null when no page ever did. */
  screen: () => { name: string; ageMs: number | null }
  devices: () => Record<string, DeviceFact>
  /** Null where no notes are taken. */
  cash: () => HeartbeatMessage['cash']
  supplies: () => Record<string, SupplyWord>
  /** The last line of the journal on disk. */
  journal: () => { sequence: number; hash: string }
  /** Open acts that a person may have to look at (money-safety.md P4). */
  unresolved: () => number
  /** What each device's line has been through since the program started, where it is counted. */
  lines?: () => NonNullable<HeartbeatMessage['link']>
  /** Bytes free on the disk of the records, and taken of the memory. */
  system: () => Promise<{ disk: number; mem: number }>
  /** What is known of the machine under the kiosk; nothing where nobody looks. */
  machine?: () => Promise<MachineTold>
}
