// The sale of a receipt, by the running number that its kiosk gave it.
import { sql } from 'kysely'
import type { KioskNumber, SaleId } from '../../../domain/identifiers.ts'
import { isReceipt, receiptOfLine } from '../../migrations/0026-receipt-numbers.ts'
import type { Books } from './evidence.ts'
import { lineRead } from './journal-of-sale.ts'

const receipt = sql.raw(receiptOfLine)
const isOne = sql.raw(isReceipt)

/**
 * `kiosk` null: whoever calls has read out the number alone, which names a sale only while one kiosk has come that far; of
 * several, none is guessed.
 */
export const findByReceipt = async (
  books: Books,
  { number, kiosk }: { number: number; kiosk: KioskNumber | null },
): Promise<SaleId[]> => {
  const numbered = books
    .selectFrom('journal_lines')
    .select(['kiosk', 'sequence', 'line'])
    .where(sql<boolean>`${isOne} and ${receipt} = ${String(number)}`)
  const rows = await (kiosk === null ? numbered : numbered.where('kiosk', '=', kiosk))
    .limit(2)
    .execute()
  const sales = rows
    .map(lineRead)
    .flatMap(({ entry }) =>
      entry?.type === 'receipt.queued' && entry.number === number ? [entry.saleId] : [],
    )
  return new Set(sales).size > 1 ? [] : sales.slice(0, 1)
}
