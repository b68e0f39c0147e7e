// How long ago each device last answered as it should, and how long ago its loop last did anything: one that hangs raises no
// fault and is seen by this alone.
import type { DeviceStates } from '../../state-machines/device-states.ts'
import type { Clock } from '../clock.ts'

type Role = keyof DeviceStates

export type LoopAges = {
  /** For the driver of this device: called at every good answer. */
  heard: (role: Role) => () => void
  /** Called when the loop of this device has opened its line or asked in vain: it runs, and its device is silent. */
  turned: (role: Role) => void
  /** Milliseconds since the last good answer; a device that never answered is not in it. */
  agesMs: () => Partial<Record<Role, number>>
  /** Milliseconds since the loop last heard, asked or opened; of one that never did, since the program began. */
  turnedMs: (role: Role) => number
}

export const loopAges = ({ monotonic }: Pick<Clock, 'monotonic'>): LoopAges => {
  const began = monotonic()
  const heardAt: Partial<Record<Role, number>> = {}
  const turnedAt: Partial<Record<Role, number>> = {}
  const turned = (role: Role) => {
    turnedAt[role] = monotonic()
  }
  return {
    heard: (role) => () => {
      heardAt[role] = monotonic()
      turned(role)
    },
    turned,
    agesMs: () => {
      const now = monotonic()
      return Object.fromEntries(Object.entries(heardAt).map(([role, at]) => [role, now - at]))
    },
    turnedMs: (role) => monotonic() - (turnedAt[role] ?? began),
  }
}
