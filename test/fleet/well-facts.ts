// A kiosk to which nothing is wrong, and which a test may change.
import type { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import type { ServiceWord } from '../../domain/fleet/words.ts'
import type { DeviceFact, FleetFacts } from '../../kiosk/fleet/fleet-facts.ts'

export const wellFacts = () => {
  const devices: Record<string, DeviceFact> = {
    cardReader: { word: 'online', ageMs: 1_000, faults: [] },
  }
  const now = {
    service: 'inService' as ServiceWord,
    screen: { name: 'attract', ageMs: 2_000 },
    activity: { name: 'idle', forMs: 60_000 },
    devices,
    serials: { machine: 'A1' } as Record<string, string>,
    cash: null as HeartbeatMessage['cash'],
    journal: { sequence: 0, hash: '' },
  }
  const facts: FleetFacts = {
    description: () => ({
      serials: now.serials,
      sw: { runtime: '0.1.0', node: process.version, os: 'linux' },
      cfg: '',
      devices: [],
      locale: 'en',
      tz: 'UTC',
      state: 'commissioned',
    }),
    service: () => now.service,
    activity: () => now.activity,
    screen: () => now.screen,
    devices: () => now.devices,
    cash: () => now.cash,
    supplies: () => ({}),
    journal: () => now.journal,
    unresolved: () => 0,
    system: () => Promise.resolve({ disk: 2_000_000_000, mem: 1 }),
  }
  return { facts, now }
}
