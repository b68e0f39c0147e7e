// The database of a program: opened so that nothing acknowledged can be lost, one write transaction at a time.
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql, type Transaction } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { sqliteDialect } from './sqlite-dialect.ts'

export type Store<Tables> = {
  /** All or nothing, durable when it resolves; rolled back when the work throws. One at a time, in the order asked. */
  transact: <Result>(work: (work: Transaction<Tables>) => Promise<Result>) => Promise<Result>
  /** For what is looked up without waiting for the writer. */
  read: Kysely<Tables>
  /** Why the store can no longer be written, or null. Only opening it again ends this (money-safety.md J5). */
  broken: () => string | null
  close: () => Promise<void>
}

/** `memory` keeps nothing: for tests and simulations, which may hand in a database in memory to look into it themselves. */
export type StorePlace =
  | { kind: 'file'; path: string }
  | { kind: 'memory'; database?: DatabaseSync }

/**
 * Opens the store and brings its tables up to date; one of them is `starts`, with a `number`. Refuses, with one sentence, when the file is damaged or when SQLite
 * does not run in the mode that keeps acknowledged rows over a power cut (money-safety.md J1, 7).
 */
export const openStore = async <Tables>(
  place: StorePlace,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Store<Tables>> => {
  const path = place.kind === 'file' ? place.path : ':memory:'
  if (place.kind === 'file') mkdirSync(dirname(path), { recursive: true })
  const given = place.kind === 'memory' ? place.database : undefined
  const database = given ?? new DatabaseSync(path, { timeout: 5000 })
  let broken: string | null = null
  try {
    setModes(database, place)
    // From here on Kysely owns the handle; what is prepared through it is closed with it.
    const writer = new Kysely<Tables>({
      dialect: sqliteDialect(database, (error) => {
        broken = `a commit failed: ${String(error)}`
      }),
    })
    await migrate(writer, migrations)
    await countStart(writer)
    if (place.kind === 'file') syncFolderOf(path)
    const read = place.kind === 'file' ? readerOf<Tables>(path) : writer
    return {
      transact: (work) => {
        if (broken !== null) return Promise.reject(new Error(`the store is closed: ${broken}`))
        return writer.transaction().execute(work)
      },
      read,
      broken: () => broken,
      close: async () => {
        if (read !== writer) await read.destroy()
        await writer.destroy()
      },
    }
  } catch (error) {
    if (database.isOpen) database.close()
    throw error
  }
}

/** WAL with `synchronous=FULL`: the default mode loses the last acknowledged row at a power cut, so it is read back. */
const setModes = (database: DatabaseSync, place: StorePlace): void => {
  database.exec('pragma synchronous = full')
  database.exec('pragma foreign_keys = on')
  if (place.kind === 'file') database.exec('pragma journal_mode = wal')
  const wanted = {
    journal_mode: place.kind === 'file' ? 'wal' : 'memory',
    synchronous: 2,
    foreign_keys: 1,
    quick_check: 'ok',
  }
  for (const [name, want] of Object.entries(wanted)) {
    const found = Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]
    if (found !== want) {
      throw new Error(
        `the store cannot be used: SQLite says ${name} is ${firstLine(found)}, it must be ${want}`,
      )
    }
  }
}

const firstLine = (found: unknown): string => String(found).split('\n')[0] ?? ''

const migrate = async <Tables>(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw new Error('the tables could not be made', { cause: error })
}

/** A row for every start, which also makes the write-ahead file exist before its folder is synced (J2). */
const countStart = async <Tables>(db: Kysely<Tables>): Promise<void> => {
  await db
    .transaction()
    .execute((work) =>
      sql`insert into starts (number) select coalesce(max(number), 0) + 1 from starts`.execute(
        work,
      ),
    )
}

/** New files are only safe once their folder is on disk too (money-safety.md J2). */
const syncFolderOf = (path: string): void => {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const readerOf = <Tables>(path: string): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: sqliteDialect(new DatabaseSync(path, { readOnly: true, timeout: 5000 }), () => {}),
  })
