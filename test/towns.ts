// The sample towns of tests: the cards of one take a while to be issued, and nobody changes a town.
import { sampleTown, type Edition, type Town } from '../kiosk/bench/town/town.ts'

const towns = new Map<string, Town>()

/** The same town for the same moment and edition. To be read only: chips and meters begin with copies of their state. */
export const townOf = (now: number, edition: Edition = 'authority'): Town => {
  const name = `${now} ${edition}`
  const town = towns.get(name) ?? sampleTown({ now, edition })
  towns.set(name, town)
  return town
}
