// The state of a simulated note acceptor: what is physically so, what it remembers while it has power, how it is set up.
import type { Clock } from '../../../clock.ts'
import type { UnitSession } from './session.ts'
import type { PhysicalTruth } from './truth.ts'

/** What the unit says of itself in answer to 05. */
export type Dataset = {
  /** 4 characters. */
  firmware: string
  /** 3 letters. */
  currency: string
  /** For each channel, in main currency units once multiplied: one byte, unless the multiplier is 0. */
  values: readonly number[]
  /** 0: the values are as they stand and only in the long part of the answer. */
  multiplier: number
}

/** A unit of a country with notes of 5, 10, 20, 50 and 100. */
export const usualDataset: Dataset = {
  firmware: '0333',
  currency: 'EUR',
  values: [5, 10, 20, 50, 100],
  multiplier: 1,
}

/** How long each movement takes. An NV9 stacks a note in about two seconds. */
export const simulatorDelays = {
  reading: 800,
  /** From the accepting poll to the credit. */
  stacking: 900,
  /** From the credit until the note lies in the box. */
  depositing: 600,
  returning: 900,
  initialising: 2_500,
  /** Without a command for so long the unit stops and gives an escrowed note back (SSP manual, poll). */
  watchdog: 10_000,
}

export type SimulatorDelays = typeof simulatorDelays

export type Unit = {
  truth: PhysicalTruth
  memory: Memory
  session: UnitSession
  dataset: Dataset
  /** Minor units of money in one main currency unit of the dataset. */
  minorPerUnit: number
  /** Answers FA to all but sync, reset and the key commands until keys are agreed. */
  keysFirst: boolean
  /** E1 and E2 name the channel; some units say 00. */
  namesFoundNotes: boolean
  /** E2 is told at power-up also for a note whose credit was acknowledged: firmwares may differ. */
  tellsKnownNotesAgain: boolean
  /** Powered, but it neither hears nor answers. */
  silent: boolean
  clock: Clock
  delays: SimulatorDelays
  /** The truth has changed. */
  changed: () => void
}

/** What the unit knows and forgets without power. */
export type Memory = {
  initialising: boolean
  enabled: boolean
  accepted: ReadonlySet<number>
  /** Events for the next poll, each told once. */
  happened: number[][]
  /** Events that are told until they are acknowledged, and how many of them the last poll has told. */
  unacknowledged: number[][]
  reported: number
  /** The escrowed note has been reported: from now on a poll accepts it. */
  escrowTold: boolean
  lastReject: number
  /** The note in the path was credited since power came. */
  credited: boolean
  /** It has noticed that nothing fits into its box. */
  knowsFull: boolean
  /** A sealed packet could not be opened: out of service until power-up or reset (devices.md 3.4 rule 4). */
  locked: boolean
  /** End the present movement, the initialising and the watchdog. */
  stopMoving: () => void
  stopInitialising: () => void
  stopWatching: () => void
}

export const freshMemory = (): Memory => ({
  initialising: true,
  enabled: false,
  accepted: new Set(),
  happened: [],
  unacknowledged: [],
  reported: 0,
  escrowTold: false,
  lastReject: 0,
  credited: false,
  knowsFull: false,
  locked: false,
  stopMoving: () => {},
  stopInitialising: () => {},
  stopWatching: () => {},
})

/** The values of the channels in main currency units. */
export const mainUnitsOf = ({ values, multiplier }: Dataset): number[] =>
  values.map((value) => value * (multiplier || 1))

/** 1 and up; 0 for a note that is not in the unit's dataset. */
export const channelOf = ({ dataset, minorPerUnit }: Unit, value: number): number =>
  mainUnitsOf(dataset).findIndex((one) => one * minorPerUnit === value) + 1
