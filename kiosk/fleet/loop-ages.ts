// How long ago each device last answered as it should: a loop that hangs raises no fault and is seen by this alone.
import type { DeviceStates } from '../../state-machines/device-states.ts'
import type { Clock } from '../clock.ts'

type Role = keyof DeviceStates

export type LoopAges = {
  /** For the driver of this device: called at every good answer. */
  heard: (role: Role) => () => void
  /** Milliseconds; a device that never answered is not in it. */
  agesMs: () => Partial<Record<Role, number>>
}

export const loopAges = ({ monotonic }: Pick<Clock, 'monotonic'>): LoopAges => {
  const heardAt: Partial<Record<Role, number>> = {}
  return {
    heard: (role) => () => {
      heardAt[role] = monotonic()
    },
    agesMs: () => {
      const now = monotonic()
      return Object.fromEntries(Object.entries(heardAt).map(([role, at]) => [role, now - at]))
    },
  }
}
