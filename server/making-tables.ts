// Tables in words: columns are `text` or `whole`, with `?` where they may be empty.
import { sql, type CreateTableBuilder, type Kysely, type RawBuilder } from 'kysely'

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

/**
 * Rows that are evidence are not changed and not removed, not even by mistake. Triggers are written differently in
 * every database: this is SQLite's way, another dialect adds its own here.
 */
export const neverChanges = async (db: Kysely<unknown>, name: string): Promise<void> => {
  for (const deed of ['update', 'delete']) {
    await sql
      .raw(
        `create trigger ${name}_no_${deed} before ${deed} on ${name}
         begin select raise(abort, '${name} are written once'); end`,
      )
      .execute(db)
  }
}
