// A receipt is found by its running number, which every kiosk counts for itself.
import { sql, type Kysely } from 'kysely'

/** From the number on, with a comma behind it wherever it stands in the line. */
const fromNumber = `replace(substr(line, instr(line, '"number":') + 9, 12), '}', ',')`

/** The running number on the receipt that a line of a journal is about, as text; a query uses these very words, as in 0020. */
export const receiptOfLine = `substr(${fromNumber}, 1, instr(${fromNumber}, ',') - 1)`
export const isReceipt = `instr(line, '"type":"receipt.queued"') > 0`

export const receiptNumbers = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `create index journal_lines_by_receipt on journal_lines (${receiptOfLine}, kiosk) where ${isReceipt}`,
    )
    .execute(db)
}
