// A database of the centre whose n-th changing statement fails, or is the last of the program that made it.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { never } from '../../domain/never.ts'
import type { Kind, Traps } from './traps.ts'

type Watch = (sql: string, run: () => unknown) => unknown

/** By the file of the database: many are open in one process. */
const watches = new Map<string, Watch>()

/** A transaction that has begun and says that it has not is no fault of SQLite's. */
const changes = /^\s*(commit|insert|update|delete)/i

// The one place that every statement goes through, whoever prepared it, and before it is kept for later.
// oxlint-disable-next-line typescript/unbound-method -- it is called with the database it is asked of
const prepare = DatabaseSync.prototype.prepare
DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string): StatementSync {
  const statement = prepare.call(this, sql)
  if (!changes.test(sql)) return statement
  const path = this.location() ?? ''
  const through = (run: () => unknown) => {
    const watch = watches.get(path)
    return watch === undefined ? run() : watch(sql, run)
  }
  const all = statement.all.bind(statement)
  const run = statement.run.bind(statement)
  return Object.assign(statement, {
    all: (...given: Parameters<typeof all>) => through(() => all(...given)),
    run: (...given: Parameters<typeof run>) => through(() => run(...given)),
  })
}

/** Watches a database until what it gives is called. `onEnd`: the program of the centre has ended with this statement. */
export const faultyStore = (of: { path: string; traps: Traps; onEnd: () => void }) => {
  let ended = false
  const end = (): never => {
    ended = true
    of.onEnd()
    throw new Error('the program of the centre has ended')
  }
  watches.set(of.path, (sql, run) => {
    if (ended) throw new Error('the program of the centre has ended')
    const kind: Kind | null = of.traps.meet('centre store', 'call', sql.slice(0, 40))
    switch (kind) {
      case null:
        return run()
      case 'error':
      case 'request lost':
      case 'short':
      case 'garbled':
      case 'answer late':
      case 'gone':
        throw new Error('disk I/O error')
      case 'answer lost':
        run()
        throw new Error('disk I/O error')
      case 'crash before':
        return end()
      case 'crash after':
        run()
        return end()
      default:
        return never(kind)
    }
  })
  return {
    hasEnded: () => ended,
    /** The program is started again. */
    beginAnew: () => {
      ended = false
    },
    close: () => void watches.delete(of.path),
  }
}
