// Puts the rows of a year into a database of the centre: prepared statements inside few transactions.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { RowWriter } from './books.ts'

/** Rows to a transaction. */
const most = 50_000

export type BulkWriter = RowWriter & {
  rows: () => number
  /** What was written stays. */
  finish: () => void
}

type Prepared = { columns: readonly string[]; statement: StatementSync }

/**
 * The database has the tables already. Until `finish` a power cut loses the year: it is made for a database that nobody uses
 * yet. Rows of a table all have the same columns.
 */
export const bulkWriter = (database: DatabaseSync): BulkWriter => {
  const inserts = new Map<string, Prepared>()
  const changes = new Map<string, Prepared>()
  let rows = 0
  let isOpen = false
  const run = ({ columns, statement }: Prepared, row: object): void => {
    if (!isOpen) database.exec('begin')
    isOpen = true
    statement.run(...columns.map((column) => columnValue(Reflect.get(row, column), column)))
    if (++rows % most === 0) commit()
  }
  const commit = (): void => {
    if (isOpen) database.exec('commit')
    isOpen = false
  }
  return {
    insert: (into, row) => {
      const known = inserts.get(into) ?? insertOf(database, into, Object.keys(row))
      inserts.set(into, known)
      run(known, row)
    },
    change: (table, key, to) => {
      const columns = { set: Object.keys(to), where: Object.keys(key) }
      const name = [table, ...columns.set, '=', ...columns.where].join()
      const known = changes.get(name) ?? changeOf(database, table, columns)
      changes.set(name, known)
      run(known, { ...to, ...key })
    },
    rows: () => rows,
    finish: commit,
  }
}

const insertOf = (database: DatabaseSync, into: string, columns: readonly string[]): Prepared => ({
  columns,
  statement: database.prepare(
    `insert into ${into} (${columns.join()}) values (${columns.map(() => '?').join()})`,
  ),
})

const changeOf = (
  database: DatabaseSync,
  table: string,
  { set, where }: { set: readonly string[]; where: readonly string[] },
): Prepared => ({
  columns: [...set, ...where],
  statement: database.prepare(
    `update ${table} set ${set.map((it) => `${it} = ?`).join()}
     where ${where.map((it) => `${it} is ?`).join(' and ')}`,
  ),
})

const columnValue = (value: unknown, column: string): SQLInputValue => {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  throw new TypeError(`${typeof value} is no value of the column ${column}`)
}
