// Stores whose tables are made already: hundreds of tests begin with a copy, and the migrations of a program run once.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StorePlace } from '../server/store.ts'

type Open<Store> = (place: StorePlace) => Promise<Store>
type Closing = { close: () => Promise<void> }

/**
 * Opens the store of a program with its own `open`, which finds every migration done and nothing else. A file that is there
 * already, a database that is handed in, and one of PostgreSQL are opened as they are.
 */
export const openMade = async <Store extends Closing>(
  open: Open<Store>,
  place: StorePlace,
): Promise<Store> => {
  if (place.kind === 'postgresql') return open(place)
  if (place.kind === 'memory') {
    if (place.database !== undefined) return open(place)
    const database = new DatabaseSync(':memory:')
    database.deserialize(await tablesOf(open))
    return open({ kind: 'memory', database })
  }
  if (!existsSync(place.path)) {
    mkdirSync(dirname(place.path), { recursive: true })
    writeFileSync(place.path, await tablesOf(open))
  }
  return open(place)
}

const made = new Map<Open<Closing>, Promise<Uint8Array>>()
const tablesOf = (open: Open<Closing>): Promise<Uint8Array> => {
  const known = made.get(open) ?? madeBy(open)
  made.set(open, known)
  return known
}

const madeBy = async (open: Open<Closing>): Promise<Uint8Array> => {
  const database = new DatabaseSync(':memory:')
  const store = await open({ kind: 'memory', database })
  // Whoever begins with it starts for the first time.
  database.exec('delete from starts')
  const bytes = database.serialize()
  await store.close()
  return bytes
}
