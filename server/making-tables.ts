// Tables in words: columns are `text` or `whole`, with `?` where they may be empty.
import { PostgresAdapter, sql, type CreateTableBuilder, type Kysely, type RawBuilder } from 'kysely'

type Column = 'text' | 'whole' | 'text?' | 'whole?'
type Columns = Record<string, Column>
type Made = CreateTableBuilder<string, string>

export const table = async (
  db: Kysely<unknown>,
  name: string,
  key: [string, ...string[]],
  columns: Columns,
  more: (table: Made) => Made = (it) => it,
): Promise<void> => {
  let made: Made = db.schema.createTable(name)
  for (const [column, kind] of Object.entries(columns)) {
    made = made.addColumn(column, kind.startsWith('text') ? 'text' : 'bigint', (it) =>
      kind.endsWith('?') ? it : it.notNull(),
    )
  }
  await more(made.addPrimaryKeyConstraint(`${name}_key`, key)).execute()
}

export const index = async (db: Kysely<unknown>, on: string, columns: string[]): Promise<void> => {
  await db.schema
    .createIndex(`${on}_by_${columns.join('_')}`)
    .on(on)
    .columns(columns)
    .execute()
}

export const oneOf = (column: string, allowed: readonly string[]): RawBuilder<boolean> =>
  sql`${sql.ref(column)} in (${sql.join(allowed.map((it) => sql.lit(it)))})`

/** Rows that are evidence are not changed and not removed, not even by mistake. */
export const neverChanges = async (db: Kysely<unknown>, name: string): Promise<void> => {
  const why = `${name} are written once`
  for (const deed of ['update', 'delete']) {
    await neverDone(db, { name: `${name}_no_${deed}`, deed, table: name, why })
  }
}

/**
 * The database refuses the deed (`delete`, `update`, `update of COLUMNS`) for every row of which `if` is true, whoever
 * asks. Triggers are written differently in every database: SQLite's way and PostgreSQL's.
 */
export const neverDone = async (
  db: Kysely<unknown>,
  of: { name: string; deed: string; table: string; if?: string; why: string },
): Promise<void> => {
  const before = `create trigger ${of.name} before ${of.deed} on ${of.table}`
  if (!isPostgresql(db)) {
    const when = of.if === undefined ? '' : ` when ${of.if}`
    await sql.raw(`${before}${when} begin select raise(abort, '${of.why}'); end`).execute(db)
    return
  }
  const when = of.if === undefined ? '' : ` when (${of.if})`
  const refuse = `execute function ${refusing}('${of.why}')`
  await sql.raw(`${before} for each row${when} ${refuse}`).execute(db)
  if (of.deed !== 'delete') return
  // Emptying a table in one go asks no row.
  const emptied = `create trigger ${of.table}_not_emptied before truncate on ${of.table}`
  await sql.raw(`${emptied} for each statement ${refuse}`).execute(db)
}

/** The function in PostgreSQL that refuses with the reason it is given; made before the first table. */
export const refusing = 'refuse_it'

const isPostgresql = (db: Kysely<unknown>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter
