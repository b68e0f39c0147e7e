// The lines of the kiosks' journals that tell of one sale, and what else happened at the kiosk while somebody was served.
import { sql } from 'kysely'
import { z } from 'zod'
import { SaleId, type CardSerial, type KioskNumber } from '../../../domain/identifiers.ts'
import { JournalEntry } from '../../../domain/journal-entry.ts'
import { isOfSale, isVisit, saleOfLine, serialOfLine } from '../../migrations/0020-explaining.ts'
import type { Reading, Work } from '../../store.ts'

/** A line as far as it can be read: `entry` null where this centre has no word for it. */
export type LineRead = {
  kiosk: KioskNumber
  sequence: number
  /** ms since 1970, by the clock of the kiosk. */
  at: number
  entry: JournalEntry | null
  type: string
  text: string
}

export type JournalOfSale = {
  /** Of this sale, of all kiosks, in their order. */
  lines: LineRead[]
  /** Of no sale, at the same kiosk while the visit lasted and until the sale was settled shortly after. */
  around: LineRead[]
  /** `open`: the visit has begun and its end is not here yet. */
  state: 'whole' | 'open' | 'not here'
}

const Line = z.object({
  at: z.string().transform((text) => Date.parse(text)),
  entry: z.looseObject({ type: z.string() }),
})

const ofSale = sql.raw(isOfSale)
const sale = sql.raw(saleOfLine)
const visit = sql.raw(isVisit)
const serial = sql.raw(serialOfLine)

/** Nobody stands at a kiosk for more lines than this. */
const aroundMost = 400

export const journalOfSale = async (
  books: Reading | Work,
  saleId: SaleId,
): Promise<JournalOfSale> => {
  const rows = await books
    .selectFrom('journal_lines')
    .select(['kiosk', 'sequence', 'line'])
    .where(sql<boolean>`${ofSale} and ${sale} = ${saleId}`)
    .orderBy('kiosk')
    .orderBy('sequence')
    .execute()
  const lines = rows.map(lineRead)
  const first = lines[0]
  if (first === undefined) return { lines, around: [], state: 'not here' }
  const end = lines.find(({ entry }) => entry?.type === 'session.closed')
  return {
    lines,
    around: await linesAround(books, { first, end, last: lines.at(-1) ?? first }),
    state: end === undefined ? 'open' : 'whole',
  }
}

const linesAround = async (
  books: Reading | Work,
  { first, end, last }: { first: LineRead; end: LineRead | undefined; last: LineRead },
): Promise<LineRead[]> => {
  const through = Math.min((end ?? last).sequence + 1, first.sequence + aroundMost)
  const rows = await books
    .selectFrom('journal_lines')
    .select(['kiosk', 'sequence', 'line'])
    .where('kiosk', '=', first.kiosk)
    .where('sequence', '>', first.sequence)
    .where('sequence', '<=', through)
    .where(sql<boolean>`not (${ofSale})`)
    .orderBy('sequence')
    .execute()
  return rows.map(lineRead)
}

export const lineRead = (row: { kiosk: KioskNumber; sequence: number; line: string }): LineRead => {
  const { kiosk, sequence, line } = row
  const { at, entry } = Line.parse(JSON.parse(line))
  const read = JournalEntry.safeParse(entry)
  const known = read.success ? read.data : null
  return { kiosk, sequence, at, entry: known, type: entry.type, text: JSON.stringify(entry) }
}

/** The visits that were begun with this card, the youngest first. */
export const visitsWith = async (
  books: Reading | Work,
  card: CardSerial,
  most: number,
): Promise<{ sale: SaleId; kiosk: KioskNumber; at: number }[]> => {
  const rows = await books
    .selectFrom('journal_lines')
    .select(['kiosk', 'sequence', 'line'])
    .where(sql<boolean>`${visit} and ${serial} = ${card}`)
    .execute()
  return rows
    .map(lineRead)
    .toSorted((one, other) => other.at - one.at)
    .flatMap(({ entry, kiosk, at }) =>
      entry?.type === 'session.opened' ? [{ sale: entry.saleId, kiosk, at }] : [],
    )
    .slice(0, most)
}

/** Sales whose lines came here and which begin at or after this sale id, the oldest first. */
export const salesSince = async (books: Reading | Work, from: string): Promise<SaleId[]> => {
  const rows = await books
    .selectFrom('journal_lines')
    .select(sql<string>`${sale}`.as('sale'))
    .distinct()
    .where(sql<boolean>`${ofSale} and ${sale} >= ${from}`)
    .execute()
  return rows.flatMap((row) => {
    const read = SaleId.safeParse(row.sale)
    return read.success ? [read.data] : []
  })
}

export const saleIsInJournal = async (books: Reading | Work, saleId: SaleId): Promise<boolean> =>
  (await books
    .selectFrom('journal_lines')
    .select('sequence')
    .where(sql<boolean>`${ofSale} and ${sale} = ${saleId}`)
    .executeTakeFirst()) !== undefined
