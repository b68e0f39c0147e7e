// Matches a business date, beside a centre that runs: `npm run reconcile -- --config FILE --day DATE --bank FILE --front FILE`.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { giveUp } from '../../server/give-up.ts'
import { besideCentre } from '../beside-centre.ts'
import type { CentreConfig } from '../config.ts'
import type { Store } from '../store.ts'
import { matchOf, raiseClaims, takeFile } from './reconciling.ts'
import { csvOf, tableOf, type Match } from './report.ts'
import type { Party } from './settlement-file.ts'
import { argumentsOf } from './usage.ts'

const main = async (): Promise<void> => {
  const args = argumentsOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  return besideCentre(
    args.config,
    (store, config) => reconcile(store, { ...args, config }),
    (why) => `the date was not matched; ${why}`,
  )
}

const reconcile = async (
  store: Store,
  of: { config: CentreConfig; day: string; bank: string | null; front: string | null },
): Promise<void> => {
  const { config, day, bank, front } = of
  const files = (
    [
      ['bank', bank],
      ['front', front],
    ] as const
  ).filter((it): it is [Party, string] => it[1] !== null)
  for (const [party, path] of files) {
    const text = readFileSync(path, 'utf8')
    const asked = { name: basename(path), text, party, businessDate: day }
    const taken = await store.transact((work) => takeFile({ work, now: Date.now() }, asked))
    if (taken.kind === 'refused') return giveUp([taken.problem])
    // What is here already changes nothing: the match is the same.
    if (taken.kind === 'known') process.stderr.write(`${taken.problem}\n`)
  }
  const { timeZone } = config.policy
  const match = await matchOf(store.read, { businessDate: day, timeZone })
  await store.transact((work) => raiseClaims({ work, now: Date.now() }, match))
  process.stdout.write(tableOf(match))
  process.stdout.write(`All rows: ${writeCsv(join(config.dataFolder, 'reconciliation'), match)}\n`)
}

/** Whole or not at all: whoever reads the old one meanwhile reads all of it. */
const writeCsv = (folder: string, match: Match): string => {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `centre_match_${match.businessDate}.csv`)
  writeFileSync(`${path}.new`, csvOf(match))
  renameSync(`${path}.new`, path)
  return path
}

await main()
