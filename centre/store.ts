// The centre's database, with the tables of the centre in it.
import { join } from 'node:path'
import type { Kysely, Transaction } from 'kysely'
import * as shared from '../server/store.ts'
import type { CentreConfig } from './config.ts'
import { migrations } from './migrations/migrations.ts'
import type { Tables } from './tables.ts'

/** Everything a message changes is changed inside one of these. */
export type Work = Transaction<Tables>

/** Reads only: for what is looked up without waiting for the writer. */
export type Reading = Kysely<Tables>

export type Store = shared.Store<Tables>
export type StorePlace = shared.StorePlace

/** Where the books of a centre are: in PostgreSQL when the configuration says so, else in a file of its data folder. */
export const storePlaceOf = ({
  dataFolder,
  database,
}: Pick<CentreConfig, 'dataFolder' | 'database'>): StorePlace =>
  database === null
    ? { kind: 'file', path: join(dataFolder, 'centre.sqlite') }
    : { kind: 'postgresql', url: database.url }

export const openStore = (place: StorePlace): Promise<Store> =>
  shared.openStore<Tables>(place, migrations)
