// Makes the year of a town in a database file of the centre, which nobody else has open meanwhile.
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { openStore } from '../../../centre/store.ts'
import { kept } from '../kept.ts'
import { Planted } from './labels.ts'
import { bulkWriter } from './row-writer.ts'
import { tellYear, type YearOf } from './year.ts'

/** What was planted stands here, beside the folder of the database and never in it. */
export const plantedBeside = (path: string): string => join(dirname(path), '..', 'planted.json')

/**
 * The file is made if it is not there; its tables are brought up to date. Rows of the year have numbers of their own, above
 * those of the bench. Gives the number of rows written.
 */
export const makeYear = async (
  path: string,
  of: YearOf,
  onDay?: (days: number) => void,
): Promise<{ rows: number }> => {
  const store = await openStore({ kind: 'file', path })
  await store.close()
  const database = new DatabaseSync(path)
  try {
    // Nobody has been told anything of it yet: what a power cut leaves is made again.
    // SQLite leaves its write-ahead log by way of `delete` only.
    database.exec('pragma journal_mode = delete; pragma journal_mode = memory')
    database.exec('pragma synchronous = off; pragma foreign_keys = off')
    database.exec('pragma cache_size = -400000; pragma temp_store = memory')
    const putBack = setIndexesAside(database)
    const writer = bulkWriter(database)
    const year = tellYear(of, writer)
    let told = year.next()
    while (told.done !== true) {
      onDay?.(told.value)
      // A long year can be interrupted.
      await setImmediate()
      told = year.next()
    }
    writer.finish()
    putBack()
    database.exec('analyze; pragma journal_mode = wal')
    kept(plantedBeside(path), Planted).write(told.value)
    return { rows: writer.rows() }
  } finally {
    database.close()
  }
}

/** An index is made of all rows at once in a tenth of the time that it takes row by row. Gives what makes them again. */
const setIndexesAside = (database: DatabaseSync): (() => void) => {
  const indexes = database
    .prepare(`select name, sql from sqlite_master where type = 'index' and sql is not null`)
    .all()
  for (const { name } of indexes) database.exec(`drop index "${String(name)}"`)
  return () => {
    for (const { sql } of indexes) database.exec(String(sql))
  }
}
