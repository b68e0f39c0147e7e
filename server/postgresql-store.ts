// A store in PostgreSQL, for as many processes at once as there are: looked at before it is used, and written in turns.
import {
  HandleEmptyInListsPlugin,
  Kysely,
  replaceWithNoncontingentExpression,
  sql,
  type Dialect,
  type Transaction,
} from 'kysely'
import { refusing } from './making-tables.ts'
import { connections, readingDialect, wasTakenBack, writingDialect } from './postgresql-dialect.ts'
import type { OpenedStore } from './store.ts'

/** One connection writes: the turns of a process wait in it in the order asked. So many look things up. */
const mostReaders = 5
/** A turn that was taken back so often in a row is given up. */
const mostTries = 20

/**
 * Refuses, with one sentence, when the database may lose what it has acknowledged, cannot be written, or sorts text otherwise
 * than the programs do. `commitFailed` as in `writingDialect`.
 */
export const openPostgresql = async <Tables>(
  url: string,
  commitFailed: (error: unknown) => void,
): Promise<OpenedStore<Tables>> => {
  const writer = asked<Tables>(writingDialect(connections(url, 1), commitFailed))
  const abandon = () => writer.destroy()
  try {
    await checkModes(writer)
    await prepare(writer)
  } catch (error) {
    await abandon()
    throw error
  }
  return {
    writer,
    reader: () => asked<Tables>(readingDialect(connections(url, mostReaders))),
    transact: (work) => inTurn(writer, work),
    abandon,
  }
}

/** Nothing is in an empty list: PostgreSQL wants that said in other words. */
const asked = <Tables>(dialect: Dialect): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect,
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  })

/** Done again when it was taken back as a whole: databases that spread over machines do that where PostgreSQL waits. */
const inTurn = async <Tables, Result>(
  writer: Kysely<Tables>,
  work: (work: Transaction<Tables>) => Promise<Result>,
): Promise<Result> => {
  for (let tries = 1; ; tries++) {
    try {
      return await writer.transaction().execute(work)
    } catch (error) {
      if (!wasTakenBack(error) || tries === mostTries) throw error
    }
  }
}

/**
 * What PostgreSQL must say of itself. A database that does not know a setting says nothing, and keeps its promise in ways of
 * its own.
 */
const checkModes = async <Tables>(db: Kysely<Tables>): Promise<void> => {
  const { rows } = await sql<Record<string, string | null>>`select
    current_setting('fsync', true) as "fsync",
    current_setting('full_page_writes', true) as "full_page_writes",
    current_setting('synchronous_commit', true) as "synchronous_commit",
    current_setting('server_encoding', true) as "server_encoding",
    current_setting('transaction_read_only', true) as "transaction_read_only",
    case when 'B' < 'a' and '-b' < 'a' then 'bytes' else 'words' end as "the order of text"`.execute(
    db,
  )
  const [found = {}] = rows
  for (const [name, allowed] of Object.entries(modes)) {
    const value = found[name] ?? null
    if (value === null || allowed.includes(value)) continue
    throw new Error(
      `the store cannot be used: PostgreSQL says ${name} is ${value}, it must be ${allowed.join(' or ')}`,
    )
  }
}

/** Numbers are compared as text in places, and pages of a list go on behind the last name: both need the order of bytes. */
const modes: Record<string, readonly string[]> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
  server_encoding: ['UTF8'],
  transaction_read_only: ['off'],
  'the order of text': ['bytes'],
}

/** Any number that no other program uses as a lock in this database. */
const preparing = 7_269_004

/**
 * What has to be there before the first table: where turns are taken, what refuses to change evidence, and the one function of
 * SQLite that PostgreSQL calls otherwise. Processes that start together do this one after the other.
 */
const prepare = async <Tables>(db: Kysely<Tables>): Promise<void> => {
  await sql
    .raw(
      `begin;
       select pg_advisory_xact_lock(${preparing});
       create table if not exists store_turns (
         one bigint primary key default 1 check (one = 1), turn bigint not null) with (fillfactor = 10);
       insert into store_turns (turn) values (0) on conflict do nothing;
       create or replace function ${refusing}() returns trigger language plpgsql as
         $$ begin raise exception '%', tg_argv[0] using errcode = 'restrict_violation'; end $$;
       create or replace function instr(text, text) returns integer language sql immutable strict
         parallel safe as 'select strpos($1, $2)';
       commit`,
    )
    .execute(db)
}
