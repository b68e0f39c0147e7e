// A store in a file of SQLite, or in memory: opened so that nothing acknowledged can be lost.
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { OpenedStore, SqlitePlace } from './store.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/**
 * Refuses, with one sentence, when the file is damaged or when SQLite does not run in the mode that keeps acknowledged rows
 * over a power cut (money-safety.md J1, 7).
 */
export const openSqlite = <Tables>(
  place: SqlitePlace,
  commitFailed: (error: unknown) => void,
): OpenedStore<Tables> => {
  const path = place.kind === 'file' ? place.path : ':memory:'
  if (place.kind === 'file') mkdirSync(dirname(path), { recursive: true })
  const given = place.kind === 'memory' ? place.database : undefined
  const database = given ?? new DatabaseSync(path, { timeout: 5000 })
  const abandon = async (): Promise<void> => {
    if (database.isOpen) database.close()
  }
  try {
    setModes(database, place)
  } catch (error) {
    database.close()
    throw error
  }
  // From here on Kysely owns the handle; what is prepared through it is closed with it.
  const writer = new Kysely<Tables>({ dialect: sqliteDialect(database, commitFailed) })
  return {
    writer,
    reader: () => {
      if (place.kind !== 'file') return writer
      syncFolderOf(path)
      return readerOf<Tables>(path)
    },
    transact: (work) => writer.transaction().execute(work),
    abandon,
  }
}

/** WAL with `synchronous=FULL`: the default mode loses the last acknowledged row at a power cut, so it is read back. */
const setModes = (database: DatabaseSync, place: SqlitePlace): void => {
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
