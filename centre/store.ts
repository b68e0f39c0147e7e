// The centre's database, with the tables of the centre in it.
import type { Kysely, Transaction } from 'kysely'
import * as shared from '../server/store.ts'
import { migrations } from './migrations/migrations.ts'
import type { Tables } from './tables.ts'

/** Everything a message changes is changed inside one of these. */
export type Work = Transaction<Tables>

/** Reads only: for what is looked up without waiting for the writer. */
export type Reading = Kysely<Tables>

export type Store = shared.Store<Tables>
export type StorePlace = shared.StorePlace

export const openStore = (place: StorePlace): Promise<Store> =>
  shared.openStore<Tables>(place, migrations)
