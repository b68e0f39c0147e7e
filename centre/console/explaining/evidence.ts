// Everything the centre has of one sale, gathered once: the rest of the explanation only reads it.
import { sql } from 'kysely'
import type { KioskNumber, OrderNumber, SaleId } from '../../../domain/identifiers.ts'
import { PaymentEvidence } from '../../../domain/payment.ts'
import { Quote } from '../../../domain/quote.ts'
import { claimsOf } from '../../claim-book.ts'
import type { Reading, Work } from '../../store.ts'
import type { Tables } from '../../tables.ts'
import { cardEvidence, type CardEvidence } from './card-evidence.ts'
import { journalOfSale, type JournalOfSale } from './journal-of-sale.ts'

export type Books = Reading | Work

export type PostedEntry = { kind: string; owner: string; amount: number }
export type Posted = {
  posting: number
  at: number
  kind: string
  order: OrderNumber | null
  entries: PostedEntry[]
}
export type BankRow = Tables['settlement_rows'] & {
  party: 'bank' | 'front'
  name: string
  business_date: string
}

export type Evidence = {
  sale: SaleId
  journal: JournalOfSale
  order: Tables['orders'] | null
  quote: Quote | null
  states: Tables['order_states'][]
  scripts: Tables['scripts'][]
  notes: Tables['notes'][]
  payments: Tables['payments'][]
  claims: Tables['claims'][]
  closed: Tables['closed_sales'] | null
  postings: Posted[]
  bankRows: BankRow[]
  alarms: Tables['alarms'][]
  card: CardEvidence
  /** Whose money it is, by the order or by the card that was in. */
  customer: Tables['customers'] | null
  meter: string | null
  places: ReadonlyMap<KioskNumber, string>
}

/** What a sale is told apart by: its money and its order, without card, bank and places. */
export type Gist = Omit<
  Evidence,
  'bankRows' | 'alarms' | 'scripts' | 'card' | 'customer' | 'meter' | 'places'
>

/** Null when neither the books nor any journal has heard of this sale. */
export const gistOf = async (books: Books, sale: SaleId): Promise<Gist | null> => {
  const rows = await rowsOf(books, sale)
  const { order, closed, notes, payments, claims } = rows
  const journal = await journalOfSale(books, sale)
  const known = [journal.lines, notes, payments, claims].some(({ length }) => length > 0)
  if (!known && order === null && closed === null) return null
  return {
    sale,
    journal,
    ...rows,
    ...(await priceOf(books, order)),
    postings: await postingsOf(books, sale),
  }
}

/** The same with everything else that there is of it. */
export const evidenceOf = async (books: Books, sale: SaleId): Promise<Evidence | null> => {
  const gist = await gistOf(books, sale)
  if (gist === null) return null
  const { order, journal, payments } = gist
  const card = await cardEvidence(books, { order, journal })
  return {
    ...gist,
    ...(await rowsOfOrder(books, order)),
    bankRows: await bankRowsOf(books, order, payments),
    card,
    ...(await personOf(books, card.binding)),
    places: await placesOf(books, [
      ...kiosksOf(gist),
      ...card.insertions.map(({ kiosk }) => kiosk),
    ]),
  }
}

/** Where the sale was, first; and whoever else has told of it. */
export const kiosksOf = (gist: Gist): KioskNumber[] => {
  const { journal, order, notes, payments, claims, closed } = gist
  return [
    ...journal.lines,
    ...(order === null ? [] : [order]),
    ...notes,
    ...payments,
    ...claims,
    ...(closed === null ? [] : [closed]),
  ].map(({ kiosk }) => kiosk)
}

const rowsOf = async (books: Books, sale: SaleId) => ({
  order:
    (await books.selectFrom('orders').selectAll().where('sale', '=', sale).executeTakeFirst()) ??
    null,
  notes: await books.selectFrom('notes').selectAll().where('sale', '=', sale).execute(),
  payments: await books
    .selectFrom('payments')
    .selectAll()
    .where('sale', '=', sale)
    .orderBy('payment')
    .execute(),
  claims: await claimsOf(books, sale),
  closed:
    (await books
      .selectFrom('closed_sales')
      .selectAll()
      .where('sale', '=', sale)
      .executeTakeFirst()) ?? null,
})

const priceOf = async (books: Books, order: Tables['orders'] | null) => {
  if (order === null) return { quote: null, states: [] }
  const quote = await books
    .selectFrom('quotes')
    .select('priced')
    .where('quote', '=', order.quote)
    .executeTakeFirst()
  return {
    quote: quote === undefined ? null : Quote.parse(JSON.parse(quote.priced)),
    states: await books
      .selectFrom('order_states')
      .selectAll()
      .where('order_number', '=', order.order_number)
      .orderBy('step')
      .execute(),
  }
}

const rowsOfOrder = async (books: Books, order: Tables['orders'] | null) => {
  if (order === null) return { scripts: [], alarms: [] }
  const { order_number } = order
  return {
    scripts: await books
      .selectFrom('scripts')
      .selectAll()
      .where('order_number', '=', order_number)
      .orderBy('attempt')
      .execute(),
    alarms: await books
      .selectFrom('alarms')
      .selectAll()
      .where('order_number', '=', order_number)
      .orderBy('alarm')
      .execute(),
  }
}

const postingsOf = async (books: Books, sale: SaleId): Promise<Posted[]> => {
  const rows = await books
    .selectFrom('postings')
    .innerJoin('entries', 'entries.posting', 'postings.posting')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(['postings.posting', 'postings.at', 'postings.kind', 'postings.order_number'])
    .select(['accounts.kind as into', 'accounts.owner', 'entries.amount'])
    .where('postings.sale', '=', sale)
    .orderBy('postings.posting')
    .orderBy('entries.line')
    .execute()
  const postings = new Map<number, Posted>()
  for (const { posting, at, kind, order_number: order, into, owner, amount } of rows) {
    const known = postings.get(posting) ?? { posting, at, kind, order, entries: [] }
    known.entries.push({ kind: into, owner, amount })
    postings.set(posting, known)
  }
  return [...postings.values()]
}

/** By the order, and by terminal and number of each payment; a row that is in several files stands once for each. */
const bankRowsOf = async (
  books: Books,
  order: Tables['orders'] | null,
  payments: readonly Tables['payments'][],
): Promise<BankRow[]> => {
  const named = payments.flatMap(({ evidence }) => {
    if (evidence === null) return []
    const told = PaymentEvidence.parse(JSON.parse(evidence))
    return [{ terminal: told.terminalId, stan: told.kind === 'bank' ? told.stan : told.trace }]
  })
  const rows: BankRow[] = []
  const select = () =>
    books
      .selectFrom('settlement_rows')
      .innerJoin('settlement_files', 'settlement_files.file', 'settlement_rows.file')
      .selectAll('settlement_rows')
      .select(['party', 'name', 'business_date'])
  if (order !== null) {
    const ofOrder = select()
      .where('order_number', '=', order.order_number)
      // Most rows of a file may be about no order: they are not in the index.
      .where(sql<boolean>`order_number <> ''`)
    rows.push(...(await ofOrder.execute()))
  }
  for (const { terminal, stan } of named) {
    const found = await select().where('terminal', '=', terminal).where('stan', '=', stan).execute()
    rows.push(...found.filter((row) => isOfPayments(row, payments)))
  }
  return [...new Map(rows.map((row) => [`${row.file} ${row.row}`, row])).values()]
}

/** A number of a terminal comes again after months: only the days of the payment count. */
const nearMs = 10 * 86_400_000
const isOfPayments = ({ at }: BankRow, payments: readonly Tables['payments'][]): boolean =>
  payments.some(({ since }) => Math.abs(Date.parse(at) - since) < nearMs)

const personOf = async (books: Books, binding: string | null) => {
  if (binding === null) return { customer: null, meter: null }
  const { customer, meter } = await books
    .selectFrom('bindings')
    .select(['customer', 'meter'])
    .where('binding', '=', binding)
    .executeTakeFirstOrThrow()
  const row = await books
    .selectFrom('customers')
    .selectAll()
    .where('customer', '=', customer)
    .executeTakeFirstOrThrow()
  return { customer: row, meter }
}

export const placesOf = async (
  books: Books,
  kiosks: readonly KioskNumber[],
): Promise<Map<KioskNumber, string>> => {
  if (kiosks.length === 0) return new Map()
  const rows = await books
    .selectFrom('kiosks')
    .select(['kiosk', 'place'])
    .where('kiosk', 'in', [...new Set(kiosks)])
    .execute()
  return new Map(rows.map(({ kiosk, place }) => [kiosk, place]))
}
