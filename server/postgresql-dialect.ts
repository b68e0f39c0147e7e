// Kysely on PostgreSQL: every write transaction begins with the turn of the whole store, statements are prepared once in each
// connection, and a commit whose end nobody knows is told to whoever keeps the store.
import {
  AbortedTransactionError,
  CompiledQuery,
  PostgresDialect,
  PostgresDriver,
  type DatabaseConnection,
  type Driver,
  type PostgresDialectConfig,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely'
import { Pool, type PoolClient, type QueryResult } from 'pg'
import { readerOfType } from './postgresql-values.ts'
import { storable } from './storable.ts'

/**
 * How long one statement may take. One that is not answered by then counts as one without an answer: the other machine or
 * the line to it is gone, and nothing has said so.
 */
const statementPatienceMs = 120_000
/** How long a turn waits for the turns of other processes. The kiosk that asked asks again. */
const turnPatienceMs = 30_000
/** A process that stops in the middle of a turn gives it up after so long; killed, at once. */
const silencePatienceMs = 60_000

/** What takes the turn: no two transactions that have counted themselves here are ever open at the same time. */
const takeTurn = 'update store_turns set turn = turn + 1'

/** `commitFailed` hears of a COMMIT whose end nobody knows (money-safety.md J5). */
export const writingDialect = (
  pool: Pool,
  commitFailed: (error: unknown) => void,
): PostgresDialect => {
  const config: PostgresDialectConfig = {
    pool: preparing(pool),
    onCreateConnection: async (connection) => {
      await connection.executeQuery(
        CompiledQuery.raw(
          `set lock_timeout = ${turnPatienceMs}; set idle_in_transaction_session_timeout = ${silencePatienceMs}`,
        ),
      )
    },
  }
  return new (class extends PostgresDialect {
    override createDriver(): Driver {
      return new WritingDriver(config, commitFailed)
    }
  })(config)
}

/** For what is looked up without waiting for a writer. */
export const readingDialect = (pool: Pool): PostgresDialect =>
  new PostgresDialect({
    pool: preparing(pool),
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('set default_transaction_read_only = on'))
    },
  })

/** Connections to `url`, at most so many. A connection that breaks while nobody uses it is replaced by the next. */
export const connections = (url: string, most: number): Pool => {
  const pool = new Pool({
    connectionString: url,
    max: most,
    keepAlive: true,
    query_timeout: statementPatienceMs,
    application_name: 'wattpoint',
    types: { getTypeParser: readerOfType },
  })
  // The query under way hears of it too, and nobody else has to.
  const heard = () => undefined
  pool.on('error', heard).on('connect', (client) => client.on('error', heard))
  return pool
}

/** The database took the transaction back as a whole, and says so: nothing of it is there, and it may be done again. */
export const wasTakenBack = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0]

class WritingDriver extends PostgresDriver {
  readonly #commitFailed: (error: unknown) => void

  constructor(config: PostgresDialectConfig, commitFailed: (error: unknown) => void) {
    super(config)
    this.#commitFailed = commitFailed
  }

  /**
   * Waits here for the turn and holds it until the end: what is read after it is what the turns before have left. One message
   * to the database, not two.
   */
  override async beginTransaction(connection: Connection): Promise<void> {
    try {
      await connection.executeQuery(
        CompiledQuery.raw(`begin isolation level read committed; ${takeTurn}`),
      )
    } catch (error) {
      // It may have begun, and waits for its end: the connection is not given to anybody like that.
      await this.rollbackTransaction(connection).catch(() => undefined)
      throw error
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.commitTransaction(connection)
    } catch (error) {
      if (!isNotDone(error)) this.#commitFailed(error)
      throw error
    }
  }
}

/** A COMMIT that PostgreSQL answered: a statement before had failed, a constraint did not hold, or it was taken back. */
const isNotDone = (error: unknown): boolean =>
  error instanceof AbortedTransactionError || wasTakenBack(error) || codeOf(error).startsWith('23')

/** The SQLSTATE with which PostgreSQL answered; empty when it did not. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** More different statements than the centre has; one beyond them is prepared anew each time. */
const statementsKept = 500

/** The pool as Kysely knows it, with every statement prepared at its first use in a connection, by a name of its own. */
const preparing = (pool: Pool): PostgresPool => {
  const names = new Map<string, string>()
  const nameOf = (sql: string): string | undefined => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= statementsKept) return known
    const name = `wattpoint_${names.size + 1}`
    names.set(sql, name)
    return name
  }
  const prepared = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: {},
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const known = prepared.get(client) ?? preparingClient(client, nameOf)
      prepared.set(client, known)
      return known
    },
  }
}

const preparingClient = (
  client: PoolClient,
  nameOf: (sql: string) => string | undefined,
): PostgresPoolClient => {
  const query = (text: string, parameters: readonly unknown[]): Promise<QueryResult> => {
    // What has no values is seldom asked, and may be two statements in one message.
    if (parameters.length === 0) return client.query(text)
    const name = nameOf(text)
    // Kysely itself asks which tables are there, with true and false; a column of ours takes neither.
    const values = parameters.map((it) => (typeof it === 'boolean' ? it : storable(it)))
    return client.query(name === undefined ? { text, values } : { name, text, values })
  }
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its other form is for cursors, and nothing asks for one
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  }
}
