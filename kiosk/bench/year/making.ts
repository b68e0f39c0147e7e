// Makes the year of a town in a database file of the centre, which nobody else has open meanwhile.
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { openStore } from '../../../centre/store.ts'
import { bulkWriter } from './row-writer.ts'
import { kept } from '../kept.ts'
import { Planted } from './labels.ts'
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
    // Nobody has been told anything of it yet: a power cut means to make it again.
    database.exec(
      'pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -600000',
    )
    database.exec('pragma wal_autocheckpoint = 20000; pragma temp_store = memory')
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
    database.exec('pragma wal_checkpoint(truncate); analyze')
    kept(plantedBeside(path), Planted).write(told.value)
    return { rows: writer.rows() }
  } finally {
    database.close()
  }
}
