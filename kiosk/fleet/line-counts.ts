// What the line of each device has been through since the program started: a cable that is going shows here before it fails.
import type { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import type { DeviceStates } from '../../state-machines/device-states.ts'

type Role = keyof DeviceStates

export type LineCounts = {
  /** For the driver of this device: called with each report of its line. */
  count: (role: Role, report: { kind: string }) => void
  /** A device whose line was never reported of is not in it. */
  told: () => NonNullable<HeartbeatMessage['link']>
}

/** In the words of the links: bytes that were no frame; a question that nobody answered in time, or that had to be sent again. */
const broken = new Set(['discarded'])
const again = new Set(['unanswered', 'sent again'])

export const lineCounts = (): LineCounts => {
  const counts = new Map<Role, { broken: number; again: number }>()
  return {
    count: (role, { kind }) => {
      const known = counts.get(role) ?? { broken: 0, again: 0 }
      counts.set(role, {
        broken: known.broken + (broken.has(kind) ? 1 : 0),
        again: known.again + (again.has(kind) ? 1 : 0),
      })
    },
    told: () => Object.fromEntries(counts),
  }
}
