// The books of a centre as a database of SQLite, which the auditors of the tests look into: the file itself, or a copy of what
// stands in PostgreSQL.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Client } from 'pg'
import { openStore, type StorePlace } from '../../centre/store.ts'
import { readerOfType } from '../../server/postgresql-values.ts'

/** Whoever asks closes it. A copy is of one moment: nothing that is in work meanwhile stands in it by half. */
export const booksToLookInto = async (place: StorePlace): Promise<DatabaseSync> => {
  if (place.kind === 'file') return new DatabaseSync(place.path, { readOnly: true })
  if (place.kind === 'memory') throw new Error('hand in the database that is to be looked into')
  const copy = new DatabaseSync(':memory:')
  await openStore({ kind: 'memory', database: copy })
  copy.exec('pragma foreign_keys = off; delete from starts')
  const client = new Client({
    connectionString: place.url,
    types: { getTypeParser: readerOfType },
  })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    for (const { name } of tablesOf(copy)) await copyTable(client, copy, name)
  } finally {
    await client.end()
  }
  return copy
}

const tablesOf = (database: DatabaseSync): { name: string }[] =>
  database
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'`,
    )
    .all() as { name: string }[]

const copyTable = async (client: Client, copy: DatabaseSync, table: string): Promise<void> => {
  const { rows, fields } = await client.query<SQLInputValue[]>({
    text: `select * from ${table}`,
    rowMode: 'array',
  })
  const columns = fields.map(({ name }) => `"${name}"`).join(', ')
  const places = fields.map(() => '?').join(', ')
  const insert = copy.prepare(`insert into ${table} (${columns}) values (${places})`)
  for (const row of rows) insert.run(...row)
}
