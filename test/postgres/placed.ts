// Where a test of the centre keeps its books: in SQLite, or in a PostgreSQL that whoever started the tests has started.
import { Client } from 'pg'
import type { StorePlace } from '../../server/store.ts'

/** Where `npm run test:postgres` says its server is: the address of a database with all tables and nothing in them. */
export const templateVariable = 'WATTPOINT_TEST_POSTGRESQL'

/** A test may open its books again after it has made others. */
const mostKept = 8
const made: string[] = []
const ofPaths = new Map<string, StorePlace>()

/**
 * The place itself; or, where the tests run on PostgreSQL, a database of its own instead, the same for the same file. A
 * database of SQLite that is handed in is looked into by its test, and stays.
 */
export const placed = async (place: StorePlace): Promise<StorePlace> => {
  const template = process.env[templateVariable]
  if (template === undefined || place.kind === 'postgresql') return place
  if (place.kind === 'memory') return place.database === undefined ? copyOf(template) : place
  const known = ofPaths.get(place.path) ?? (await copyOf(template))
  ofPaths.set(place.path, known)
  return known
}

const copyOf = async (template: string): Promise<StorePlace> => {
  const name = `test_${process.pid}_${made.length}`
  const client = new Client({ connectionString: databaseAt(template, 'postgres') })
  await client.connect()
  try {
    await client.query(`create database ${name} template ${databaseOf(template)}`)
    made.push(name)
    const old = made[made.length - 1 - mostKept]
    // One that is still open stays until the server goes.
    if (old !== undefined) await client.query(`drop database ${old}`).catch(() => undefined)
  } finally {
    await client.end()
  }
  return { kind: 'postgresql', url: databaseAt(template, name) }
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1)

const databaseAt = (url: string, database: string): string =>
  url.replace(/\/\w+\?/, `/${database}?`)
