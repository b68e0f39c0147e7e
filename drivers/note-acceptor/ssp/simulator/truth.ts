// What is physically so in a simulated note acceptor, whatever anybody has been told about it.
import { minor, type Minor } from '../../../../domain/money.ts'
import { factoryFixedKey } from '../encryption.ts'

/** How many notes of each value: minor units as text (JSON has no other keys) to a count. */
export type NoteCount = Record<string, number>

/** Plain JSON: it can be written down and handed to a new simulator, as a unit keeps what it holds without power. */
export type PhysicalTruth = {
  serialNumber: string
  /** The fixed half of its keys, 16 hexadecimal digits. */
  fixedKey: string
  powered: boolean
  /** A collector takes the box with its notes; a box in place counts on. */
  cashBox: { in: boolean; full: boolean; notes: NoteCount }
  note: NoteInPath | null
  jam: 'safe' | 'unsafe' | null
  pathOpen: boolean
  /** Notes that went back to customers, and notes a technician took out by hand. */
  givenBack: NoteCount
  takenByHand: NoteCount
  counters: LifelongCounters
}

export type NoteInPath = {
  value: Minor
  /**
   * 'credited' is past the point of no return, and told, but not yet in the box. At power-up a note from 'stacking' on goes to
   * the box, one before it to the front.
   */
  where: 'reading' | 'escrow' | 'returning' | 'stacking' | 'credited'
  /** The host has acknowledged the credit. */
  acknowledged: boolean
}

/** Command 58: they survive power loss. */
export type LifelongCounters = {
  stacked: number
  stored: number
  dispensed: number
  transferred: number
  rejected: number
}

/** A unit as it comes from the factory. */
export const newUnit = ({
  serialNumber,
  fixedKey = factoryFixedKey,
}: {
  serialNumber: string
  fixedKey?: bigint
}): PhysicalTruth => ({
  serialNumber,
  fixedKey: fixedKey.toString(16).padStart(16, '0'),
  powered: true,
  cashBox: { in: true, full: false, notes: {} },
  note: null,
  jam: null,
  pathOpen: false,
  givenBack: {},
  takenByHand: {},
  counters: { stacked: 0, stored: 0, dispensed: 0, transferred: 0, rejected: 0 },
})

export const addNote = (count: NoteCount, value: Minor): void => {
  count[value] = (count[value] ?? 0) + 1
}

/** What the notes of a count are worth. */
export const worth = (count: NoteCount): Minor =>
  minor(Object.entries(count).reduce((sum, [value, notes]) => sum + Number(value) * notes, 0))
