// Makes the year of a town in a database file of the centre, which nobody else has open meanwhile.
import { DatabaseSync } from 'node:sqlite'
import { openStore } from '../../../centre/store.ts'
import { bulkWriter } from './row-writer.ts'
import { tellYear, type YearOf } from './year.ts'

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
    tellYear(of, { writer, ...(onDay !== undefined && { onDay }) })
    writer.finish()
    database.exec('pragma wal_checkpoint(truncate); analyze')
    return { rows: writer.rows() }
  } finally {
    database.close()
  }
}
