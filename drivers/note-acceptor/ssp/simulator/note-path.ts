// The mechanics of a simulated note acceptor: where a note is, what moves it, and what the unit notices of it.
import type { Minor } from '../../../../domain/money.ts'
import { eventCode } from '../poll-events.ts'
import { rejectCode } from '../replies.ts'
import { addNote, type NoteInPath } from './truth.ts'
import { channelOf, type Unit } from './unit.ts'

/** Draws a note in. `refusedFor` makes the unit refuse it with this last-reject code whatever it is. */
export const drawIn = (unit: Unit, value: Minor, refusedFor?: number): void =>
  move(unit, { value, where: 'reading', acknowledged: false }, unit.delays.reading, () =>
    recognise(unit, value, refusedFor),
  )

/** Moves the escrowed note on towards the box. */
export const accept = (unit: Unit): void => {
  const { note, jam } = unit.truth
  if (note?.where !== 'escrow' || jam !== null) return
  move(unit, { ...note, where: 'stacking' }, unit.delays.stacking, () => credit(unit, note))
}

/** Moves the note back to the customer, for this last-reject reason. */
export const giveBack = (unit: Unit, why: number): void => {
  const { note } = unit.truth
  if (note === null) return
  unit.memory.lastReject = why
  move(unit, { ...note, where: 'returning' }, unit.delays.returning, () => handOver(unit))
}

/** The customer gets hold of a note that is still being read; false when it is out of reach. */
export const pullBack = (unit: Unit): boolean => {
  if (unit.truth.note?.where !== 'reading') return false
  unit.memory.lastReject = rejectCode.strim
  handOver(unit)
  return true
}

/** At power-up the unit clears its path by itself and says so when it is ready. */
export const clearPath = (unit: Unit): void => {
  const { note, jam, cashBox } = unit.truth
  if (note === null || jam !== null) return
  if (note.where === 'credited') return deposit(unit)
  if (note.where === 'stacking' && cashBox.in) {
    unit.memory.unacknowledged.push([eventCode.clearedToCashBox, foundChannel(unit, note)])
    return dropIntoBox(unit, note)
  }
  unit.memory.happened.push([eventCode.clearedFromFront, foundChannel(unit, note)])
  return dropAtFront(unit, note)
}

/** The credited note falls into the box; while there is none it stays where it is, out of everybody's reach. */
export const deposit = (unit: Unit): void => {
  const { truth, memory } = unit
  const { note, jam, cashBox } = truth
  if (note?.where !== 'credited' || jam !== null || !cashBox.in || memory.initialising) return
  if (memory.credited) memory.happened.push([eventCode.stacked])
  // Its credit was told before the power failed. One that was acknowledged is not told again, unless the unit is so made.
  else if (!note.acknowledged || unit.tellsKnownNotesAgain) {
    memory.unacknowledged.push([eventCode.clearedToCashBox, foundChannel(unit, note)])
  }
  dropIntoBox(unit, note)
}

const foundChannel = (unit: Unit, note: NoteInPath): number =>
  note.where !== 'reading' && unit.namesFoundNotes ? channelOf(unit, note.value) : 0

/** A technician opens the unit and takes the note out: into the box if it was told as credited, else into the hand. */
export const takeOut = (unit: Unit): void => {
  const { note, takenByHand } = unit.truth
  if (note?.where === 'credited') return dropIntoBox(unit, note)
  if (note !== null) addNote(takenByHand, note.value)
  return rest(unit)
}

const recognise = (unit: Unit, value: Minor, refusedFor: number | undefined): void => {
  const channel = channelOf(unit, value)
  const inhibited = unit.memory.accepted.has(channel) ? undefined : rejectCode.hostInhibited
  const refusal = refusedFor ?? (channel === 0 ? notRecognised : inhibited)
  if (refusal !== undefined) return giveBack(unit, refusal)
  unit.memory.escrowTold = false
  return rest(unit, { value, where: 'escrow', acknowledged: false })
}

/** Last reject 02 to 05: the sensors did not find a note they know. */
const notRecognised = 0x02

const credit = (unit: Unit, note: NoteInPath): void => {
  const { memory, truth, delays } = unit
  if (truth.cashBox.full) {
    memory.knowsFull = true
    memory.happened.push([eventCode.stackerFull])
  }
  if (truth.cashBox.full || !truth.cashBox.in) return giveBack(unit, rejectCode.unableToStack)
  memory.unacknowledged.push([eventCode.credit, channelOf(unit, note.value)])
  memory.credited = true
  return move(unit, { ...note, where: 'credited' }, delays.depositing, () => deposit(unit))
}

const dropIntoBox = (unit: Unit, { value }: NoteInPath): void => {
  unit.memory.credited = false
  addNote(unit.truth.cashBox.notes, value)
  unit.truth.counters.stacked += 1
  rest(unit)
}

const handOver = (unit: Unit): void => {
  const { note } = unit.truth
  if (note === null) return
  unit.memory.happened.push([eventCode.rejected])
  dropAtFront(unit, note)
}

const dropAtFront = (unit: Unit, { value }: NoteInPath): void => {
  addNote(unit.truth.givenBack, value)
  unit.truth.counters.rejected += 1
  rest(unit)
}

/** Only one note moves at a time: a new movement ends the one before. */
const move = (unit: Unit, note: NoteInPath, takesMs: number, arrives: () => void): void => {
  unit.memory.stopMoving()
  unit.truth.note = note
  unit.memory.stopMoving = unit.clock.after(takesMs, arrives)
  unit.changed()
}

const rest = (unit: Unit, note: NoteInPath | null = null): void => {
  unit.memory.stopMoving()
  unit.truth.note = note
  unit.changed()
}
