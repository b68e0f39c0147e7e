// Kysely on Node's own SQLite: statements are prepared once, write transactions begin as such, and a commit that fails
// is told to whoever keeps the store.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'
import { storable } from './storable.ts'

/** More different statements than the centre has; beyond it the oldest is forgotten and prepared again. */
const statementsKept = 500

/**
 * Dialect over an open database. `commitFailed` hears of a COMMIT that threw: whether its rows are on disk is then
 * unknown, and the handle must not be used again (money-safety.md J5).
 */
export const sqliteDialect = (
  database: DatabaseSync,
  commitFailed: (error: unknown) => void,
): SqliteDialect => {
  const config = { database: adapted(database) }
  return new (class extends SqliteDialect {
    override createAdapter(): SqliteAdapter {
      return new ChangingTablesAdapter()
    }

    override createDriver(): Driver {
      return new WritingDriver(config, commitFailed)
    }
  })(config)
}

/**
 * Kysely takes SQLite for a database that cannot make tables inside a transaction. It can, and has to: a power cut between
 * a table and the note that it is there would leave a database that no start can open.
 */
class ChangingTablesAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class WritingDriver extends SqliteDriver {
  readonly #commitFailed: (error: unknown) => void

  constructor(config: { database: SqliteDatabase }, commitFailed: (error: unknown) => void) {
    super(config)
    this.#commitFailed = commitFailed
  }

  /** A plain BEGIN would take the write lock at the first write only, after what it has read may have changed. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.commitTransaction(connection)
    } catch (error) {
      this.#commitFailed(error)
      throw error
    }
  }
}

/** Node's SQLite in the shape that Kysely knows from better-sqlite3. */
const adapted = (database: DatabaseSync): SqliteDatabase => {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known !== undefined) return known
      const statement = adaptedStatement(database.prepare(sql))
      const [oldest] = statements.keys()
      if (statements.size >= statementsKept && oldest !== undefined) statements.delete(oldest)
      statements.set(sql, statement)
      return statement
    },
  }
}

const adaptedStatement = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (parameters) => statement.all(...parameters.map(storable)),
  run: (parameters) => statement.run(...parameters.map(storable)),
  iterate: (parameters) => statement.iterate(...parameters.map(storable)),
})
