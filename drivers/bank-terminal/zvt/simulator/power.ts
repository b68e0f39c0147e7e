// Power for a simulated bank terminal: what it loses without, and what it finds in its books when it is back.
import { reach, freshMemory, later, type Unit } from './unit.ts'
import { terminalState } from '../result-codes.ts'
import type { Arrow } from './behaviours.ts'

/** Everything stops where it is; registration, ids and what it was doing are gone. The books stay. */
export const powerOff = (unit: Unit): void => {
  for (const cancel of unit.memory.timers) cancel()
  unit.memory = freshMemory()
  unit.truth.powered = false
  unit.changed()
}

/** A payment that was agreed and not stored is one to reverse, at the next talk with the bank (devices.md 10.8). */
export const powerOn = (unit: Unit): void => {
  if (unit.truth.powered) return
  unit.truth.powered = true
  if (unit.truth.wedged) Object.assign(unit.truth, { wedged: false, state: terminalState.ready })
  const memory = freshMemory()
  unit.memory = memory
  memory.booting = true
  for (const payment of unit.truth.payments) {
    if (payment.state === 'authorised') payment.state = 'reversal pending'
  }
  later(unit, unit.delays.booting, () => {
    memory.booting = false
  })
  unit.changed()
}

export const here = (unit: Unit, arrow: Arrow): Promise<void> =>
  reach(unit, arrow, { powerOff: () => powerOff(unit), powerOn: () => powerOn(unit) })
