// The front machine's database, with its tables in it.
import type { Kysely, Transaction } from 'kysely'
import * as shared from '../server/store.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './tables.ts'

export type Work = Transaction<Tables>
export type Reading = Kysely<Tables>
export type Store = shared.Store<Tables>
export type StorePlace = shared.StorePlace

export const openStore = (place: StorePlace): Promise<Store> =>
  shared.openStore<Tables>(place, migrations)
