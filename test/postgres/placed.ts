// Where a test of the centre keeps its books: in SQLite, or in a PostgreSQL that whoever started the tests has started.
import { Client } from 'pg'
import type { StorePlace } from '../../server/store.ts'

/** Where `npm run test:postgres` says its server is: the address of a database with all tables and nothing in them. */
export const templateVariable = 'WATTPOINT_TEST_POSTGRESQL'

/** A test may open its books again after it has made others. */
const mostKept = 8
const made: string[] = []
const ofPaths = new Map<string, AtServer>()

/** Whether the tests run on PostgreSQL. */
export const isOnPostgresql = (): boolean => process.env[templateVariable] !== undefined

/** How long a test may take there: every question to the books goes to another process and back. */
export const patienceThere = (limitMs: number): number => (isOnPostgresql() ? 5 * limitMs : limitMs)

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
  // Programs that the test starts beside it look where the environment says.
  process.env['DATABASE_URL'] = known.url
  return known
}

type AtServer = Extract<StorePlace, { kind: 'postgresql' }>

const copyOf = async (template: string): Promise<AtServer> => {
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
