// What the card and the meter themselves have said around a sale: where the card was seen again, and what it carried home.
import type { CardSerial, InsertionId } from '../../../domain/identifiers.ts'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import { cardEvent, readCardRecord } from '../../../domain/power-card/card-record.ts'
import { readPurchase } from '../../../domain/power-card/purchase.ts'
import type { Reading, Work } from '../../store.ts'
import type { Tables } from '../../tables.ts'
import type { JournalOfSale } from './journal-of-sale.ts'

/** The card in a slot, of this sale or later. */
export type Seen = Tables['insertions'] & {
  /** Order number in its purchase file, proven; null when it was not read. */
  carries: string | null
  /** The newest record of the card's own journal, if a meter has refused it. */
  refused: { code: number; meter: string; at: number } | null
}

export type CardEvidence = {
  serial: CardSerial | null
  binding: string | null
  /** That of the sale first, then later ones, the oldest first. */
  insertions: Seen[]
  /** What the meter wrote on the card after the purchase was made. */
  writeBacks: Tables['write_backs'][]
}

const laterMost = 6
const writeBacksMost = 4

export const cardEvidence = async (
  books: Reading | Work,
  of: { order: Tables['orders'] | null; journal: JournalOfSale },
): Promise<CardEvidence> => {
  const { order, journal } = of
  const opened = journal.lines.find(({ entry }) => entry?.type === 'session.opened')?.entry
  const visit = opened?.type === 'session.opened' ? opened : null
  const serial = order?.serial ?? visit?.serial ?? null
  if (serial === null) return { serial, binding: null, insertions: [], writeBacks: [] }
  const { binding } = (await books
    .selectFrom('cards')
    .select('binding')
    .where('serial', '=', serial)
    .executeTakeFirst()) ?? { binding: null }
  const begun = await visitOf(books, visit?.insertionId ?? null, order)
  const insertions = await insertionsSince(books, { serial, begun })
  const seen: Seen[] = []
  for (const insertion of insertions) {
    seen.push({ ...insertion, ...(await lookOf(books, insertion)) })
  }
  return {
    serial,
    binding: order?.binding ?? binding,
    insertions: seen,
    writeBacks: order === null ? [] : await writeBacksOf(books, order),
  }
}

/** Where a sale begins in the order of things; null when that is not known. */
const visitOf = async (
  books: Reading | Work,
  journalled: InsertionId | null,
  order: Tables['orders'] | null,
): Promise<number | null> => {
  const quoted =
    order === null
      ? undefined
      : await books
          .selectFrom('quotes')
          .select('insertion')
          .where('quote', '=', order.quote)
          .executeTakeFirst()
  const insertion = journalled ?? quoted?.insertion
  if (insertion === undefined) return null
  const row = await books
    .selectFrom('insertions')
    .select('sequence')
    .where('insertion', '=', insertion)
    .executeTakeFirst()
  return row?.sequence ?? null
}

const insertionsSince = (
  books: Reading | Work,
  { serial, begun }: { serial: CardSerial; begun: number | null },
): Promise<Tables['insertions'][]> =>
  begun === null
    ? Promise.resolve([])
    : books
        .selectFrom('insertions')
        .selectAll()
        .where('serial', '=', serial)
        .where('sequence', '>=', begun)
        .orderBy('sequence')
        .limit(laterMost)
        .execute()

const lookOf = async (
  books: Reading | Work,
  { look }: Tables['insertions'],
): Promise<Pick<Seen, 'carries' | 'refused'>> => {
  const kept =
    look === null
      ? undefined
      : await books
          .selectFrom('looks')
          .select(['ef02', 'journal'])
          .where('look', '=', look)
          .executeTakeFirst()
  if (kept === undefined) return { carries: null, refused: null }
  return {
    carries: readPurchase(fromHex(kept.ef02)).orderNumber,
    refused: refusedOn(newestOf(kept.journal)),
  }
}

/** Records of EF06 as the look has kept them, a JSON list of hex, the newest first. */
const newestOf = (journal: string): string | null => {
  const records: unknown = JSON.parse(journal)
  const newest: unknown = Array.isArray(records) ? records[0] : null
  return typeof newest === 'string' ? newest : null
}

/** Its seal is not looked at here: no key is. It explains, and decides nothing. */
const refusedOn = (record: string | null): Seen['refused'] => {
  if (record === null) return null
  const read = readCardRecord(fromHex(record))
  if (read.kind !== 'record' || read.record.event !== cardEvent.refused) return null
  const { amount: code, terminal: meter, time } = read.record
  return { code, meter, at: time * 1000 }
}

const writeBacksOf = (
  books: Reading | Work,
  order: Tables['orders'],
): Promise<Tables['write_backs'][]> =>
  books
    .selectFrom('write_backs')
    .selectAll()
    .where('binding', '=', order.binding)
    // The clock does not tell what was read in the same moment; the count does.
    .where((it) => it.or([it('at', '>', order.created_at), it('count', '>=', order.count)]))
    .orderBy('write_back')
    .limit(writeBacksMost)
    .execute()
