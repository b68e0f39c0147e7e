// A note acceptor that speaks SSP: the other end of the cable, with notes in it, and what people do to it.
import { minor } from '../../../../domain/money.ts'
import { realClock, type Clock } from '../../../clock.ts'
import { secureChance, type Chance } from '../encryption.ts'
import { eventCode } from '../poll-events.ts'
import { simulatorLine } from './line.ts'
import { deposit, drawIn, pullBack, takeOut } from './note-path.ts'
import { powerCycle, powerOff, powerOn } from './power.ts'
import { unitSession } from './session.ts'
import { newUnit, type NoteCount, type PhysicalTruth } from './truth.ts'
import { channelOf, freshMemory, simulatorDelays, usualDataset } from './unit.ts'
import type { Dataset, SimulatorDelays, Unit } from './unit.ts'

export type SimulatorOptions = {
  /** What an earlier simulator held; a new unit if there was none. */
  truth?: PhysicalTruth
  dataset?: Dataset
  /** Minor units of money in one main currency unit of the dataset: 100 unless told. */
  minorPerUnit?: number
  /** Whether it answers FA to nearly everything until keys are agreed: yes unless told. */
  keysFirst?: boolean
  delays?: Partial<SimulatorDelays>
  clock?: Clock
  chance?: Chance
  /** Called with a copy whenever the truth has changed: for keeping it over a restart. */
  onChange?: (truth: PhysicalTruth) => void
}

export const usualSerialNumber = '1873452'

export type SspSimulator = ReturnType<typeof sspSimulator>

/** Waits for a cable; `attach` gives it one, as often as it is plugged in. Its power comes on by itself. */
export const sspSimulator = (options: SimulatorOptions = {}) => {
  const unit = unitOf(options)
  if (unit.truth.powered) powerOn(unit)
  return { ...simulatorLine(unit), ...peopleAt(unit), ...powerOf(unit), ...insightInto(unit) }
}

const unitOf = (options: SimulatorOptions): Unit => {
  const { clock = realClock, chance = secureChance(), onChange } = options
  const unit: Unit = {
    truth: structuredClone(options.truth ?? newUnit({ serialNumber: usualSerialNumber })),
    memory: freshMemory(),
    session: unitSession(chance, () => BigInt(`0x${unit.truth.fixedKey}`)),
    dataset: options.dataset ?? usualDataset,
    minorPerUnit: options.minorPerUnit ?? 100,
    keysFirst: options.keysFirst ?? true,
    namesFoundNotes: true,
    tellsKnownNotesAgain: false,
    silent: false,
    clock,
    delays: { ...simulatorDelays, ...options.delays },
    changed: () => onChange?.(structuredClone(unit.truth)),
  }
  return unit
}

const takesNotes = ({ truth, memory }: Unit): boolean =>
  truth.powered &&
  memory.enabled &&
  !memory.initialising &&
  memory.unacknowledged.length === 0 &&
  truth.note === null &&
  truth.jam === null &&
  !truth.pathOpen &&
  truth.cashBox.in &&
  !memory.knowsFull

const insightInto = (unit: Unit) => ({
  /** A copy of what is physically so. */
  truth: (): PhysicalTruth => structuredClone(unit.truth),
  /** Whether a note put to the mouth would be drawn in now. */
  takesNotes: () => takesNotes(unit),
})

const powerOf = (unit: Unit) => ({
  powerOff: () => powerOff(unit),
  powerOn: () => {
    if (!unit.truth.powered) powerOn(unit)
  },
  powerCycle: () => powerCycle(unit),
  /** Stops every movement and timer, without touching the truth: the simulator is thrown away. */
  dispose: () => {
    unit.memory.stopMoving()
    unit.memory.stopInitialising()
    unit.memory.stopWatching()
  },
  /** Powered, but it neither hears nor answers; notes go on moving. */
  goSilent: () => {
    unit.silent = true
  },
  speakAgain: () => {
    unit.silent = false
  },
  /** Whether E1 and E2 name the channel from now on. */
  nameFoundNotes: (names: boolean) => {
    unit.namesFoundNotes = names
  },
  /** Whether E2 is told also for a note whose credit was acknowledged. */
  tellKnownNotesAgain: (tells: boolean) => {
    unit.tellsKnownNotesAgain = tells
  },
  /** Another unit is screwed in; the one taken out is returned with all that is in it. */
  swapUnit: (other: PhysicalTruth): PhysicalTruth => {
    powerOff(unit)
    const takenOut = structuredClone(unit.truth)
    unit.truth = structuredClone(other)
    powerOn(unit)
    return takenOut
  },
})

const peopleAt = (unit: Unit) => ({
  /** A customer puts a note to the mouth; `refusedFor` is a last-reject code of devices.md 3.2. */
  insert: (value: number, { refusedFor }: { refusedFor?: number } = {}): 'taken' | 'not taken' => {
    if (!takesNotes(unit)) return 'not taken'
    drawIn(unit, minor(value), refusedFor)
    return 'taken'
  },
  /** Pulls on a note that is being read; false when it is out of reach. */
  pullBack: () => pullBack(unit),
  /** Someone tries to cheat, with a note of this value if it was known. */
  fraud: (value?: number) => {
    unit.memory.unacknowledged.push([
      eventCode.fraud,
      value === undefined ? 0 : channelOf(unit, value),
    ])
  },
  /** Whatever is moving gets stuck. */
  jam: (where: 'safe' | 'unsafe') => {
    unit.memory.stopMoving()
    unit.truth.jam = where
    unit.changed()
  },
  /** A technician takes out what was stuck; a note that was told as credited goes where it belongs, into the box. */
  clearJam: () => {
    unit.truth.jam = null
    takeOut(unit)
  },
  openPath: () => {
    unit.truth.pathOpen = true
    unit.changed()
  },
  closePath: () => {
    unit.truth.pathOpen = false
    unit.changed()
  },
  ...boxOf(unit),
})

const boxOf = (unit: Unit) => ({
  /** No note fits in any more. `noticed: false`: the unit finds out when it tries to stack the next one. */
  fillUp: ({ noticed = true }: { noticed?: boolean } = {}) => {
    unit.truth.cashBox.full = true
    unit.memory.knowsFull = noticed
    if (noticed) unit.memory.happened.push([eventCode.stackerFull])
    unit.changed()
  },
  removeCashBox: () => {
    unit.truth.cashBox.in = false
    unit.memory.happened.push([eventCode.cashBoxRemoved])
    unit.changed()
  },
  /** The box is put back, emptied if so said; the notes taken out of it are returned. */
  replaceCashBox: ({ emptied = false }: { emptied?: boolean } = {}): NoteCount => {
    const { notes, full } = unit.truth.cashBox
    unit.truth.cashBox = { in: true, full: full && !emptied, notes: emptied ? {} : notes }
    unit.memory.knowsFull &&= !emptied
    unit.memory.happened.push([eventCode.cashBoxReplaced])
    deposit(unit)
    unit.changed()
    return emptied ? notes : {}
  },
})
