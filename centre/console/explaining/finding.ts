// From whatever somebody can name to the sales it leads to.
import type { Found, ReadAs } from '../../../domain/console/explaining.ts'
import type { CardSerial, CustomerNumber, SaleId } from '../../../domain/identifiers.ts'
import { never } from '../../../domain/never.ts'
import { referenceOf } from '../../../domain/reference.ts'
import type { Books } from './evidence.ts'
import { choicesOf } from './explaining.ts'
import { findByReceipt } from './finding-by-receipt.ts'
import { findByWords } from './finding-by-words.ts'
import { saleIsInJournal, visitsWith } from './journal-of-sale.ts'
import { readingsOf, type Reading } from './reading-text.ts'

/** Sales of a customer, card or meter that are told apart on one page, the youngest first. */
const choicesMost = 12

type Hit = { as: ReadAs; sales: SaleId[]; near: SaleId[] }

export const findSales = async (books: Books, text: string, now: number): Promise<Found> => {
  const hits: Hit[] = []
  for (const reading of readingsOf(text)) {
    const hit = await hitOf(books, reading, now)
    if (hit !== null) hits.push(hit)
  }
  const sales = [...new Set(hits.flatMap((hit) => hit.sales))]
  const choices = await choicesOf(books, sales.slice(0, choicesMost))
  return {
    readAs: [...new Set(hits.map(({ as }) => as))],
    sales: choices,
    more: sales.length > choicesMost,
    suggestions: hits
      .flatMap(({ near }) => near)
      .map((sale) => ({ words: referenceOf(sale).words, sale })),
  }
}

/** Null when nothing of this name is known. */
const hitOf = async (books: Books, reading: Reading, now: number): Promise<Hit | null> => {
  const { as } = reading
  const hit = (sales: readonly SaleId[]): Hit | null =>
    sales.length === 0 ? null : { as, sales: [...sales], near: [] }
  switch (reading.as) {
    case 'order number':
      return hit(salesIn(await ofOrder(books, reading.order)))
    case 'slip number':
      return hit(
        salesIn(
          await books
            .selectFrom('sale_references')
            .select('sale')
            .where('reference', '=', reading.reference)
            .execute(),
        ),
      )
    case 'sale':
    case 'slip text':
      return hit((await isKnown(books, reading.sale)) ? [reading.sale] : [])
    case 'note':
      return hit(await ofNote(books, reading))
    case 'payment':
      return hit(
        salesIn(
          await books
            .selectFrom('payments')
            .select('sale')
            .where('payment', '=', reading.payment)
            .execute(),
        ),
      )
    case 'claim':
      return hit(
        salesIn(
          await books
            .selectFrom('claims')
            .select('sale')
            .where('claim', '=', reading.claim)
            .execute(),
        ),
      )
    case 'receipt':
      return hit(await findByReceipt(books, reading))
    case 'card':
      return ofHolder(as, await isCard(books, reading.serial), () =>
        ofCards(books, [reading.serial]),
      )
    case 'customer':
      return ofHolder(as, await isCustomer(books, reading.customer), () =>
        ofCustomer(books, reading.customer),
      )
    case 'meter': {
      const bindings = await books
        .selectFrom('bindings')
        .select('binding')
        .where('meter', '=', reading.meter)
        .execute()
      return ofHolder(as, bindings.length > 0, () =>
        ofBindings(
          books,
          bindings.map(({ binding }) => binding),
        ),
      )
    }
    case 'four words': {
      const { sales, near } = await findByWords(books, reading.words, now)
      return sales.length + near.length === 0 ? null : { as, sales, near }
    }
    default:
      return never(reading)
  }
}

/** A card, customer or meter is known also when nothing was ever bought. */
const ofHolder = async (
  as: ReadAs,
  isKnown: boolean,
  sales: () => Promise<SaleId[]>,
): Promise<Hit | null> => (isKnown ? { as, sales: await sales(), near: [] } : null)

const salesIn = (rows: readonly { sale: SaleId }[]): SaleId[] => rows.map(({ sale }) => sale)

const ofOrder = (books: Books, order: Extract<Reading, { as: 'order number' }>['order']) =>
  books.selectFrom('orders').select('sale').where('order_number', '=', order).execute()

const isKnown = async (books: Books, sale: SaleId): Promise<boolean> => {
  for (const table of ['orders', 'closed_sales', 'sale_references', 'notes', 'payments'] as const) {
    const row = await books
      .selectFrom(table)
      .select('sale')
      .where('sale', '=', sale)
      .executeTakeFirst()
    if (row !== undefined) return true
  }
  return saleIsInJournal(books, sale)
}

const ofNote = async (
  books: Books,
  { note }: Extract<Reading, { as: 'note' }>,
): Promise<SaleId[]> => {
  const booked = await books.selectFrom('notes').select('sale').where('note', '=', note).execute()
  if (booked.length > 0) return salesIn(booked)
  const journalled = await books
    .selectFrom('journal_notes')
    .select('sale')
    .where('note', '=', note)
    .execute()
  return journalled.flatMap(({ sale }) => sale ?? [])
}

const isCard = async (books: Books, serial: CardSerial): Promise<boolean> =>
  (await books
    .selectFrom('cards')
    .select('serial')
    .where('serial', '=', serial)
    .executeTakeFirst()) !== undefined

const isCustomer = async (books: Books, customer: CustomerNumber): Promise<boolean> =>
  (await books
    .selectFrom('customers')
    .select('customer')
    .where('customer', '=', customer)
    .executeTakeFirst()) !== undefined

const ofCustomer = async (books: Books, customer: CustomerNumber): Promise<SaleId[]> => {
  const bindings = await books
    .selectFrom('bindings')
    .select('binding')
    .where('customer', '=', customer)
    .execute()
  return ofBindings(
    books,
    bindings.map(({ binding }) => binding),
  )
}

const ofBindings = async (books: Books, bindings: readonly string[]): Promise<SaleId[]> => {
  if (bindings.length === 0) return []
  const cards = await books
    .selectFrom('cards')
    .select('serial')
    .where('binding', 'in', bindings)
    .execute()
  return ofCards(
    books,
    cards.map(({ serial }) => serial),
  )
}

/** What was bought with these cards, and visits that bought nothing: money may have gone in all the same. */
const ofCards = async (books: Books, serials: readonly CardSerial[]): Promise<SaleId[]> => {
  const visits: { sale: SaleId; at: number }[] = []
  for (const serial of serials) {
    visits.push(...(await visitsWith(books, serial, choicesMost + 1)))
    const orders = await books
      .selectFrom('orders')
      .innerJoin('cards', 'cards.binding', 'orders.binding')
      .select(['orders.sale', 'orders.created_at as at'])
      .where('cards.serial', '=', serial)
      .where('orders.serial', '=', serial)
      .orderBy('orders.business_day', 'desc')
      .limit(choicesMost + 1)
      .execute()
    visits.push(...orders)
  }
  const youngest = visits.toSorted((one, other) => other.at - one.at)
  return [...new Set(youngest.map(({ sale }) => sale))].slice(0, choicesMost + 1)
}
