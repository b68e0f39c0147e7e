// What a program asks of its database, written down as it goes by, and asked again of a copy with nothing around it.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

type Asked = { sql: string; parameters: SQLInputValue[]; rows: boolean }

export type Recording = { asked: Asked[]; isOn: boolean; end: () => void }

/** From now on, while it is on, every statement that is run on any database of this process is kept in its order. */
export const record = (): Recording => {
  const recording: Recording = {
    asked: [],
    isOn: false,
    end: () => {
      DatabaseSync.prototype.prepare = prepare
    },
  }
  // Kept to be called on the database it was taken from.
  // oxlint-disable-next-line typescript/unbound-method
  const { prepare } = DatabaseSync.prototype
  DatabaseSync.prototype.prepare = function (sql, ...rest): StatementSync {
    const statement = prepare.call(this, sql, ...rest)
    const keep = (rows: boolean, parameters: SQLInputValue[]): void => {
      if (recording.isOn) recording.asked.push({ sql, parameters, rows })
    }
    return new Proxy(statement, {
      get: (of, name: keyof StatementSync) => {
        const member: unknown = of[name]
        if (typeof member !== 'function') return member
        return (...parameters: SQLInputValue[]): unknown => {
          if (name === 'all' || name === 'run') keep(name === 'all', parameters)
          return Reflect.apply(member, of, parameters)
        }
      },
    })
  }
  return recording
}

/** Seconds for all of it on the database of this file: each statement prepared once, the same commits, synced as the store's. */
export const askedAgain = (path: string, asked: readonly Asked[]): number => {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  const prepared = new Map<string, StatementSync>()
  const statementOf = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  const began = performance.now()
  for (const { sql, parameters, rows } of asked) {
    const statement = statementOf(sql)
    if (rows) statement.all(...parameters)
    else statement.run(...parameters)
  }
  const seconds = (performance.now() - began) / 1000
  database.close()
  return seconds
}
