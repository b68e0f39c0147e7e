// Matches a business date, beside a centre that runs: `npm run reconcile -- --config FILE --day DATE --bank FILE --front FILE`.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { whyOf } from '../../server/config-file.ts'
import { readConfig, type CentreConfig } from '../config.ts'
import { openStore, type Store } from '../store.ts'
import { matchOf, raiseClaims, takeFile } from './reconciling.ts'
import { csvOf, tableOf, type Match } from './report.ts'
import type { Party } from './settlement-file.ts'
import { argumentsOf } from './usage.ts'

const main = async (): Promise<void> => {
  const args = argumentsOf(process.argv.slice(2))
  if (args.kind === 'problems') return giveUp(args.problems)
  const read = readConfig(args.config)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { dataFolder } = read.config
  const path = join(dataFolder, 'centre.sqlite')
  // Opening would make an empty one, in which nothing was sold.
  if (!existsSync(path)) {
    return giveUp([
      `dataFolder: found no centre.sqlite in ${dataFolder}; must be that of a centre that has run`,
    ])
  }
  let store: Store
  try {
    store = await openStore({ kind: 'file', path })
  } catch (error) {
    return giveUp([`dataFolder: the database in ${dataFolder} cannot be opened; ${whyOf(error)}`])
  }
  try {
    await reconcile(store, { ...args, config: read.config })
  } catch (error) {
    giveUp([`the date was not matched; ${whyOf(error)}`])
  } finally {
    await store.close()
  }
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

const giveUp = (problems: readonly string[]): void => {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = 1
}

await main()
