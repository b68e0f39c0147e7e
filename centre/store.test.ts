// The store keeps what it acknowledged, runs one transaction at a time, and refuses a mode or a file that would not.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OrderNumber } from '../domain/identifiers.ts'
import { next } from './counters.ts'
import { openStore, type Store } from './store.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-centre-'))
  path = join(folder, 'new', 'centre.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pragma = async (store: Store, name: string) => {
  const { rows } = await store.transact((work) =>
    sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(work),
  )
  return Object.values(rows[0] ?? {})[0]
}

describe('the store', () => {
  it('P1: runs with a write-ahead log, full sync and foreign keys', async () => {
    const store = await openStore({ kind: 'file', path })
    expect(await pragma(store, 'journal_mode')).toBe('wal')
    expect(await pragma(store, 'synchronous')).toBe(2)
    expect(await pragma(store, 'foreign_keys')).toBe(1)
    await store.close()
  })

  it('keeps rows from one start to the next, and counts the starts', async () => {
    const first = await openStore({ kind: 'file', path })
    await first.transact((work) => next(work, 'order number'))
    await first.close()
    const second = await openStore({ kind: 'file', path })
    expect(await second.transact((work) => next(work, 'order number'))).toBe(2)
    expect(await second.read.selectFrom('starts').selectAll().execute()).toHaveLength(2)
    await second.close()
  })

  it('lets a reader see what was committed and nothing of what is in work', async () => {
    const store = await openStore({ kind: 'file', path })
    const seen = () => store.read.selectFrom('counters').selectAll().execute()
    await store.transact(async (work) => {
      await next(work, 'posting')
      expect(await seen()).toEqual([])
    })
    expect(await seen()).toHaveLength(1)
    await store.close()
  })

  it('runs transactions one after the other and rolls back the one that throws', async () => {
    const store = await openStore({ kind: 'memory' })
    const numbers = await Promise.allSettled(
      [1, 2, 3].map((turn) =>
        store.transact(async (work) => {
          const given = await next(work, 'sequence')
          if (turn === 2) throw new Error('on purpose')
          return given
        }),
      ),
    )
    expect(numbers.map((it) => (it.status === 'fulfilled' ? it.value : it.status))).toEqual([
      1,
      'rejected',
      2,
    ])
    await store.close()
  })

  it('P1: takes no further work after a commit that failed: what is on disk is then unknown', async () => {
    const store = await openStore({ kind: 'memory' })
    await store
      .transact(async (work) => {
        await sql`pragma defer_foreign_keys = on`.execute(work)
        const order_number = OrderNumber.parse('2611230000000042')
        const row = { order_number, step: 1, state: 'LOADED' as const, at: 0, why: '' }
        const broken = work.insertInto('order_states').values(row).execute()
        await broken
      })
      .then(
        () => expect.unreachable('the commit must fail'),
        () => {},
      )
    expect(store.broken()).toContain('a commit failed')
    await expect(store.transact((work) => next(work, 'sequence'))).rejects.toThrow('closed')
    await store.close()
  })

  it('refuses a file that is not a database', async () => {
    const damaged = join(folder, 'damaged.sqlite')
    writeFileSync(damaged, 'this was a database once, and is none any more '.repeat(100))
    await expect(openStore({ kind: 'file', path: damaged })).rejects.toThrow('not a database')
  })

  it('refuses a damaged file in one sentence', async () => {
    const store = await openStore({ kind: 'file', path })
    await store.close()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xff, 5 * 4096, 6 * 4096))
    await expect(openStore({ kind: 'file', path })).rejects.toThrow(
      /quick_check is .+, it must be ok/s,
    )
  })

  it('stores text, whole numbers and nothing else', async () => {
    const store = await openStore({ kind: 'memory' })
    const half = store.transact((work) =>
      work.insertInto('counters').values({ name: 'half', value: 0.5 }).execute(),
    )
    await expect(half).rejects.toThrow('cannot store 0.5')
    await store.close()
  })
})
