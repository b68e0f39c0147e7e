// The words of the fleet: whatever English has, the other languages have too.
import type { fleetActsEn } from './acts.en.ts'
import type { fleetEn } from './words.en.ts'

export type FleetWords = typeof fleetEn
export type FleetActsWords = typeof fleetActsEn
