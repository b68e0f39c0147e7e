// Settlement files as the centre keeps them: each once, whole, and read again whenever its day is matched.
import { createHash } from 'node:crypto'
import { next } from '../counters.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'
import { dateShifted } from './dates.ts'
import type { Party, SettlementFile, SettlementRow } from './settlement-file.ts'

export type Kept =
  | { kind: 'kept' }
  /** The same file was read before: nothing is done a second time. */
  | { kind: 'known'; problem: string }
  | { kind: 'refused'; problem: string }

/** Rows written with one statement. */
const atOnce = 500

/** Name and content make a file: the same again is known, a name with another content is refused (14.2). */
export const keepFile = async (
  { work, now }: { work: Work; now: number },
  { file, text }: { file: SettlementFile; text: string },
): Promise<Kept> => {
  const hash = createHash('sha256').update(text).digest('hex')
  const before = await work
    .selectFrom('settlement_files')
    .selectAll()
    .where((it) => it.or([it('name', '=', file.name), it('hash', '=', hash)]))
    .executeTakeFirst()
  if (before !== undefined) return whatItIs(before, file.name, hash)
  const { name, party, leg, businessDate, number, total } = file
  const id = await next(work, 'settlement file')
  const row = { name, hash, party, leg, business_date: businessDate, number, total, read_at: now }
  await work
    .insertInto('settlement_files')
    .values({ file: id, ...row })
    .execute()
  for (let from = 0; from < file.rows.length; from += atOnce) {
    const rows = file.rows.slice(from, from + atOnce).map(({ orderNumber, ...rest }, at) => ({
      file: id,
      row: from + at,
      order_number: orderNumber,
      ...rest,
    }))
    await work.insertInto('settlement_rows').values(rows).execute()
  }
  return { kind: 'kept' }
}

const whatItIs = (before: Tables['settlement_files'], name: string, hash: string): Kept => {
  const at = new Date(before.read_at).toISOString()
  if (before.name === name && before.hash === hash) {
    return { kind: 'known', problem: `${name}: was read at ${at} already; it is not read again` }
  }
  return {
    kind: 'refused',
    problem:
      before.name === name
        ? `${name}: was read at ${at} with another content; a corrected file has the next number`
        : `${name}: has the content of ${before.name}, which was read at ${at}`,
  }
}

/** The name of a file stands with each row: it is evidence. */
export type KeptRow = SettlementRow & { file: string; businessDate: string }

/**
 * What a party says of a business date: null while none of its files is here. A row that stands in several of its files counts
 * as the highest number has it, in whatever order they came.
 */
export const rowsOf = async (
  books: Reading | Work,
  party: Party,
  businessDate: string,
): Promise<KeptRow[] | null> => {
  const files = await books
    .selectFrom('settlement_files')
    .select(['file', 'name'])
    .where('party', '=', party)
    .where('leg', '=', 'money')
    .where('business_date', '=', businessDate)
    .orderBy('number')
    .execute()
  if (files.length === 0) return null
  const rows = new Map<string, KeptRow>()
  for (const { file, name } of files) {
    const own = await books
      .selectFrom('settlement_rows')
      .selectAll()
      .where('file', '=', file)
      .orderBy('row')
      .execute()
    for (const row of own) {
      const kept = keptRow(row, name, businessDate)
      rows.set(`${kept.terminal} ${kept.stan} ${kept.kind}`, kept)
    }
  }
  return [...rows.values()]
}

/** A reversal in a file of the bank. */
export type Reversal = {
  row: KeptRow
  /**
   * Reference of what it undoes, as the front machine has it: in the bank's file a reversal has a number of its own, and where
   * it was paid before there was an order, no order number either.
   */
  undoes: string | null
}

/** Those of this date and of all later ones, the earliest first. */
export const reversalsFrom = async (
  books: Reading | Work,
  businessDate: string,
): Promise<Reversal[]> => {
  const inFront = await reversalRows(books, 'front', dateShifted(businessDate, -longestQueueDays))
  const byKey = new Map<string, KeptRow[]>()
  for (const row of inFront) {
    const key = `${row.terminal} ${row.stan}`
    byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  return (await reversalRows(books, 'bank', businessDate)).map((row) => {
    const sent = byKey
      .get(`${row.terminal} ${row.stan}`)
      ?.findLast((each) => each.businessDate <= row.businessDate)
    return { row, undoes: sent?.reference || null }
  })
}

/** An advice may be sent over and over while the bank is away, and be booked on a later date than it was made. */
const longestQueueDays = 7

const reversalRows = async (
  books: Reading | Work,
  party: Party,
  from: string,
): Promise<KeptRow[]> => {
  const rows = await books
    .selectFrom('settlement_rows')
    .innerJoin('settlement_files', 'settlement_files.file', 'settlement_rows.file')
    .selectAll('settlement_rows')
    .select(['name', 'business_date'])
    .where('party', '=', party)
    .where('leg', '=', 'money')
    .where('kind', '=', 'reversal')
    .where('business_date', '>=', from)
    .orderBy('business_date')
    .orderBy('number')
    .orderBy('row')
    .execute()
  const once = new Map<string, KeptRow>()
  for (const row of rows) {
    once.set(
      `${row.business_date} ${row.terminal} ${row.stan}`,
      keptRow(row, row.name, row.business_date),
    )
  }
  return [...once.values()]
}

const keptRow = (
  { order_number, amount, fee, ...row }: Tables['settlement_rows'],
  file: string,
  businessDate: string,
): KeptRow => ({
  orderNumber: order_number,
  reference: row.reference,
  terminal: row.terminal,
  stan: row.stan,
  kind: row.kind,
  amount,
  fee,
  state: row.state,
  delivery: row.delivery,
  at: row.at,
  file,
  businessDate,
})
