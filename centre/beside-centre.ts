// What a program of the office begins with, on the centre's own machine and while it runs: its configuration and its books.
import { existsSync } from 'node:fs'
import { whyOf } from '../server/config-file.ts'
import { giveUp } from '../server/give-up.ts'
import { readConfig, type CentreConfig } from './config.ts'
import { openStore, storePlaceOf, type Store } from './store.ts'

/** Opens what `configPath` names, and closes it after `doing`; says what is wrong, and `failed` with the reason if that throws. */
export const besideCentre = async (
  configPath: string,
  doing: (store: Store, config: CentreConfig) => Promise<void>,
  failed: (why: string) => string,
): Promise<void> => {
  const read = readConfig(configPath)
  if (read.kind === 'problems') return giveUp(read.problems)
  const { dataFolder, database } = read.config
  const place = storePlaceOf(read.config)
  // Opening would make an empty one, in which nothing was sold.
  if (place.kind === 'file' && !existsSync(place.path)) {
    return giveUp([
      `dataFolder: found no centre.sqlite in ${dataFolder}; must be that of a centre that has run`,
    ])
  }
  let store: Store
  try {
    store = await openStore(place)
  } catch (error) {
    const where =
      database === null ? `dataFolder: the database in ${dataFolder}` : 'database: PostgreSQL'
    return giveUp([`${where} cannot be opened; ${whyOf(error)}`])
  }
  try {
    await doing(store, read.config)
  } catch (error) {
    giveUp([failed(whyOf(error))])
  } finally {
    await store.close()
  }
}
