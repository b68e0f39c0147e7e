// The database of a program: opened so that nothing acknowledged can be lost, one write transaction at a time.
import type { DatabaseSync } from 'node:sqlite'
import { sql, type Kysely, type Transaction } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { openPostgresql } from './postgresql-store.ts'
import { openSqlite } from './sqlite-store.ts'

export type Store<Tables> = {
  /**
   * All or nothing, durable when it resolves; rolled back when the work throws. One at a time, in the order asked; on
   * PostgreSQL one at a time in all processes together. The work may be done again from its beginning, when the database
   * has taken all of it back: it changes nothing but the database.
   */
  transact: <Result>(work: (work: Transaction<Tables>) => Promise<Result>) => Promise<Result>
  /** For what is looked up without waiting for the writer. */
  read: Kysely<Tables>
  /** Why the store can no longer be written, or null. Only opening it again ends this (money-safety.md J5). */
  broken: () => string | null
  close: () => Promise<void>
}

/** `memory` keeps nothing: for tests and simulations, which may hand in a database in memory to look into it themselves. */
export type SqlitePlace =
  | { kind: 'file'; path: string }
  | { kind: 'memory'; database?: DatabaseSync }

/** `url`: `postgresql://NAME:PASSWORD@HOST:PORT/DATABASE`, a secret. */
export type StorePlace = SqlitePlace | { kind: 'postgresql'; url: string }

/** What a kind of database gives: `reader` is opened when the tables are there. */
export type OpenedStore<Tables> = Pick<Store<Tables>, 'transact'> & {
  writer: Kysely<Tables>
  reader: () => Kysely<Tables>
  /** Lets go of a database that could not be used. */
  abandon: () => Promise<void>
}

/**
 * Opens the store and brings its tables up to date; one of them is `starts`, with a `number`. Refuses, with one sentence, when
 * the database is damaged or does not run in the mode that keeps acknowledged rows over a power cut (money-safety.md J1, 7).
 */
export const openStore = async <Tables>(
  place: StorePlace,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Store<Tables>> => {
  let broken: string | null = null
  const commitFailed = (error: unknown): void => {
    broken = `a commit failed: ${String(error)}`
  }
  const opened =
    place.kind === 'postgresql'
      ? await openPostgresql<Tables>(place.url, commitFailed)
      : openSqlite<Tables>(place, commitFailed)
  const { writer, transact } = opened
  try {
    await migrate(writer, migrations)
    await countStart(writer)
    const read = opened.reader()
    return {
      transact: (work) => {
        if (broken !== null) return Promise.reject(new Error(`the store is closed: ${broken}`))
        return transact(work)
      },
      read,
      broken: () => broken,
      close: async () => {
        if (read !== writer) await read.destroy()
        await writer.destroy()
      },
    }
  } catch (error) {
    await opened.abandon()
    throw error
  }
}

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
