// The store on PostgreSQL: what it promises is what it promises on SQLite, for several processes at once.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { next } from '../../centre/counters.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { programsOfPostgresql, startPostgres, type PostgresServer } from './server.ts'

let server: PostgresServer
let url: string
let store: Store
let made = 0

describe.skipIf(programsOfPostgresql() === null)('the store on PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres()
    await (await openStore({ kind: 'postgresql', url: await server.create('made') })).close()
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    url = await server.create(`store_${++made}`, 'made')
    store = await openStore({ kind: 'postgresql', url })
  })
  afterEach(() => store.close())

  const backendsDoing = (query: string) =>
    sql<{ pid: number }>`select pid from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like ${query}`
      .execute(store.read)
      .then(({ rows }) => rows.map(({ pid }) => pid))
  const end = (pid: number) => sql`select pg_terminate_backend(${pid}::int)`.execute(store.read)

  it('keeps rows from one start to the next, and counts the starts', async () => {
    await store.transact((work) => next(work, 'order number'))
    const second = await openStore({ kind: 'postgresql', url })
    expect(await second.transact((work) => next(work, 'order number'))).toBe(2)
    const starts = await second.read.selectFrom('starts').selectAll().execute()
    expect(starts.length).toBeGreaterThan(1)
    await second.close()
  })

  it('lets a reader see what was committed and nothing of what is in work', async () => {
    const seen = () => store.read.selectFrom('counters').selectAll().execute()
    await store.transact(async (work) => {
      await next(work, 'posting')
      expect(await seen()).toEqual([])
    })
    expect(await seen()).toEqual([{ name: 'posting', value: 1 }])
    await expect(store.read.deleteFrom('counters').execute()).rejects.toThrow('read-only')
  })

  it('runs one transaction at a time in all processes together, and each sees all before it', async () => {
    const other = await openStore({ kind: 'postgresql', url })
    let open = 0
    const turns = Array.from({ length: 20 }, (_, turn) =>
      (turn % 2 === 0 ? store : other).transact(async (work) => {
        expect(++open).toBe(1)
        const before = await work.selectFrom('counters').selectAll().executeTakeFirst()
        const given = await next(work, 'sequence')
        expect(given).toBe((before?.value ?? 0) + 1)
        open--
        return given
      }),
    )
    expect((await Promise.all(turns)).toSorted((one, two) => one - two)).toEqual(
      Array.from({ length: 20 }, (_, turn) => turn + 1),
    )
    await other.close()
  })

  it('rolls back the one that throws', async () => {
    const failed = store.transact(async (work) => {
      await next(work, 'sequence')
      throw new Error('on purpose')
    })
    await expect(failed).rejects.toThrow('on purpose')
    expect(await store.transact((work) => next(work, 'sequence'))).toBe(1)
  })

  it('takes nothing for done of which a statement failed, even if the work goes on', async () => {
    const half = store.transact(async (work) => {
      await next(work, 'sequence')
      await sql`select 1 / 0`.execute(work).catch(() => undefined)
    })
    await expect(half).rejects.toThrow()
    expect(store.broken()).toBeNull()
    expect(await store.transact((work) => next(work, 'sequence'))).toBe(1)
  })

  it('does again what the database has taken back as a whole', async () => {
    let tries = 0
    const given = await store.transact(async (work) => {
      const number = await next(work, 'sequence')
      if (++tries < 3) {
        await sql
          .raw(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`)
          .execute(work)
      }
      return number
    })
    expect({ tries, given }).toEqual({ tries: 3, given: 1 })
  })

  it('P1: takes no further work after a commit of which nobody knows the end', async () => {
    await store.transact((work) =>
      sql
        .raw(
          `create function wait_long() returns trigger language plpgsql as
             $$ begin perform pg_sleep(60); return null; end $$;
           create constraint trigger slow after insert on counters deferrable initially deferred
             for each row execute function wait_long()`,
        )
        .execute(work),
    )
    const half = expect(store.transact((work) => next(work, 'sequence'))).rejects.toThrow()
    const committing = await vi.waitUntil(async () => (await backendsDoing('commit'))[0], 20_000)
    await end(committing)
    await half
    expect(store.broken()).toContain('a commit failed')
    await expect(store.transact((work) => next(work, 'sequence'))).rejects.toThrow('closed')
    // Only whoever opens it again can ask, and waits for the one that was under way.
    const again = await openStore({ kind: 'postgresql', url })
    expect(await again.read.selectFrom('counters').selectAll().execute()).toEqual([])
    await again.close()
  })

  it('goes on after a connection that broke before the commit', async () => {
    const half = store.transact(async (work) => {
      await next(work, 'sequence')
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(work)
      await end(rows[0]?.pid ?? 0)
      await next(work, 'sequence')
    })
    await expect(half).rejects.toThrow()
    expect(store.broken()).toBeNull()
    expect(await store.transact((work) => next(work, 'sequence'))).toBe(1)
  })

  it('P1: finds everything acknowledged after the server was killed', async () => {
    await store.transact((work) => next(work, 'sequence'))
    await server.kill()
    await expect(store.transact((work) => next(work, 'sequence'))).rejects.toThrow()
    await server.start()
    const again = await openStore({ kind: 'postgresql', url })
    expect(await again.transact((work) => next(work, 'sequence'))).toBe(2)
    await again.close()
  })

  it('changes no evidence, and empties none', async () => {
    for (const deed of [
      'update postings set at = 0',
      'delete from postings',
      'truncate postings',
    ]) {
      const done = store.transact(async (work) => {
        await sql`insert into postings (posting, at, kind) values (1, 1, 'x')`.execute(work)
        await sql.raw(deed === 'truncate postings' ? `${deed} cascade` : deed).execute(work)
      })
      await expect(done, deed).rejects.toThrow(/(postings|entries|notes|claims) are written once/)
    }
  })

  it('stores text, whole numbers and nothing else, and rounds none that it reads', async () => {
    const write = (value: number) =>
      store.transact((work) => work.insertInto('counters').values({ name: 'n', value }).execute())
    await expect(write(0.5)).rejects.toThrow('cannot store 0.5')
    await write(Number.MAX_SAFE_INTEGER)
    const read = await store.read.selectFrom('counters').selectAll().executeTakeFirst()
    expect(read?.value).toBe(Number.MAX_SAFE_INTEGER)
    const large = sql`select sum(value) + 1 as n from counters`.execute(store.read)
    await expect(large).rejects.toThrow('too large')
  })

  it.each([
    ['may lose what it acknowledged', 'synchronous_commit = off', 'synchronous_commit is off'],
    ['cannot be written', 'default_transaction_read_only = on', 'transaction_read_only is on'],
  ])('refuses a database that %s', async (_, setting, said) => {
    const name = `refused_${++made}`
    const refused = await server.create(name, 'made')
    const admin = await openStore({ kind: 'postgresql', url: await server.create(`${name}_a`) })
    await admin.transact((work) => sql.raw(`alter database ${name} set ${setting}`).execute(work))
    await admin.close()
    await expect(openStore({ kind: 'postgresql', url: refused })).rejects.toThrow(said)
  })
})
