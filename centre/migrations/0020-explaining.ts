// Indexes by which a sale is explained: its lines in the journals, its notes, its rows in the files of bank and front machine.
import { sql, type Kysely } from 'kysely'
import { index } from '../../server/making-tables.ts'

/**
 * The sale that a line of a journal is about, and the card of a visit that it opens: read out of the line where it stands, so
 * that the lines stay as they came. A query has to use these very words for the index to be found. SQLite's `instr` is
 * `strpos` in PostgreSQL.
 */
export const saleOfLine = `substr(line, instr(line, '"saleId":"') + 10, 26)`
export const isOfSale = `instr(line, '"saleId":"') > 0`
export const serialOfLine = `substr(line, instr(line, '"serial":"') + 10, 16)`
export const isVisit = `instr(line, '"type":"session.opened"') > 0`

export const explaining = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of [
    `create index journal_lines_by_sale on journal_lines (${saleOfLine}) where ${isOfSale}`,
    `create index journal_lines_by_card on journal_lines (${serialOfLine}) where ${isVisit}`,
    `create index settlement_rows_by_order on settlement_rows (order_number) where order_number <> ''`,
    `create index alarms_by_order on alarms (order_number) where order_number is not null`,
  ]) {
    await sql.raw(statement).execute(db)
  }
  await index(db, 'journal_notes', ['note'])
  await index(db, 'settlement_rows', ['terminal', 'stan'])
}
