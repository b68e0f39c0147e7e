// The town in the bench's folder: made at the first start, read at every later one.
import { z } from 'zod'
import { KeyFile } from '../../centre/card-security/key-file.ts'
import { MeterState } from '../../drivers/card-reader/simulated-meter/state.ts'
import { CardLabel, ChipState } from './cards.ts'
import type { BenchPaths } from './folder.ts'
import { HomeLabel } from './homes.ts'
import { CannotStart } from './cannot-start.ts'
import { kept } from './kept.ts'
import { openBank } from './bank-host.ts'
import { sampleTown, type Edition } from './town/town.ts'
import { makeYear } from './year/making.ts'
import { fullTown, smallTown, type YearSize } from './year/year.ts'

const TownLabels = z.object({
  cards: z.array(CardLabel),
  homes: z.array(HomeLabel),
  /** The cards that a bank account is linked to. */
  linked: z.array(z.object({ card: z.string(), account: z.string() })).default([]),
})

export type TownOnBench = z.infer<typeof TownLabels> & { keys: KeyFile }

/** Lays out everybody's cards and meters, and what the centre is to import. */
export const makeTown = (paths: BenchPaths, now: number, edition: Edition): void => {
  const town = sampleTown({ now, edition })
  const { bankAccounts } = town
  kept(paths.keys, KeyFile).write(town.keyFile)
  kept(paths.imported, z.unknown()).write(town.import)
  for (const { id, state } of town.cards) kept(paths.cardOf(id), ChipState).write(state)
  for (const { number, state } of town.meters) kept(paths.meterOf(number), MeterState).write(state)
  if (edition === 'bank') {
    openBank(paths.bank, bankAccounts, now)
    const rows = bankAccounts.map(({ serial, account }) => ({ serial, account }))
    kept(paths.linkedAccounts, z.unknown()).write(rows)
  }
  const labels = { cards: town.cards, homes: town.meters, linked: bankAccounts }
  kept(paths.town, TownLabels).write(TownLabels.parse(labels))
}

/**
 * Lays the year of a larger town under the bench's own, before anything else stands in the books. The cards of the bench and
 * its kiosk are not touched by it.
 */
export const makeYearOf = async (
  { centreDatabase }: BenchPaths,
  of: { year: YearSize; now: number; say: (line: string) => void },
): Promise<void> => {
  const { year, now, say } = of
  if (year === 'none') return
  const town = year === 'small' ? smallTown : fullTown
  if (year === 'full') say('The year of the full town is being made; this takes some minutes.')
  const { rows } = await makeYear(centreDatabase, { ...town, now }, (days) => {
    if (year === 'full' && days % 30 === 29) say(`${days + 1} of ${town.days} days are made`)
  })
  say(`A year of a town with ${town.customers} customers is in the books: ${rows} rows.`)
}

export const readTown = (paths: BenchPaths): TownOnBench => {
  const labels = kept(paths.town, TownLabels).read()
  const keys = kept(paths.keys, KeyFile).read()
  if (labels === null || keys === null) {
    throw new CannotStart('The town is lost. Start over with --fresh.')
  }
  return { ...labels, keys }
}
