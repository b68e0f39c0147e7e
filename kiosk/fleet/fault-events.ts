// Pure: what is raised and what is cleared between two looks at the devices.
import type { FleetEvent } from '../../domain/fleet/kiosk-messages.ts'
import type { DeviceFact } from './fleet-facts.ts'

type Devices = Record<string, DeviceFact>

export const faultEvents = (before: Devices, now: Devices): FleetEvent[] => [
  ...changes(before, now).map((change) => ({ kind: 'raise' as const, ...change })),
  ...changes(now, before).map((change) => ({ kind: 'clear' as const, ...change })),
]

/** The faults that are in the second and not in the first. */
const changes = (without: Devices, within: Devices): Omit<FleetEvent, 'kind'>[] =>
  Object.entries(within).flatMap(([dev, { faults }]) => {
    const known = new Set(without[dev]?.faults.map(({ code }) => code))
    return faults.filter(({ code }) => !known.has(code)).map((fault) => ({ dev, ...fault }))
  })
