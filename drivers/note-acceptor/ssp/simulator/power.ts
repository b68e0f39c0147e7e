// Power for a simulated note acceptor: what it loses without, what it does when it comes back, and its watchdog.
import { eventCode } from '../poll-events.ts'
import { rejectCode } from '../replies.ts'
import { clearPath, giveBack } from './note-path.ts'
import { freshMemory, type Unit } from './unit.ts'

/** Everything stops where it is; keys, sequence, inhibits and untold events are gone. */
export const powerOff = (unit: Unit): void => {
  unit.memory.stopMoving()
  unit.memory.stopInitialising()
  unit.memory.stopWatching()
  unit.session.forget()
  unit.memory = freshMemory()
  unit.truth.powered = false
  unit.changed()
}

/** The unit starts disabled, looks at its path and its box, and has something to tell at the first poll. */
export const powerOn = (unit: Unit): void => {
  const memory = freshMemory()
  unit.memory = memory
  unit.truth.powered = true
  memory.happened.push([eventCode.reset], [eventCode.disabled])
  memory.stopInitialising = unit.clock.after(unit.delays.initialising, () => {
    memory.initialising = false
    clearPath(unit)
    lookAtBox(unit)
    unit.changed()
  })
  unit.changed()
}

export const powerCycle = (unit: Unit): void => {
  powerOff(unit)
  powerOn(unit)
}

/** A command has come: the unit waits for the next one from now. */
export const feedWatchdog = (unit: Unit): void => {
  const { memory } = unit
  memory.stopWatching()
  memory.stopWatching = unit.clock.after(unit.delays.watchdog, () => {
    if (memory.enabled) memory.happened.push([eventCode.disabled])
    memory.enabled = false
    if (unit.truth.note?.where === 'escrow') giveBack(unit, rejectCode.escrowTimeout)
  })
}

const lookAtBox = ({ memory, truth }: Unit): void => {
  memory.knowsFull = truth.cashBox.full
  if (truth.cashBox.full) memory.happened.push([eventCode.stackerFull])
  if (!truth.cashBox.in) memory.happened.push([eventCode.cashBoxRemoved])
}
