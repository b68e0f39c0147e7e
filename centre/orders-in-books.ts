// What the ledger needs to know of an order: whose it is, and the price it was made at.
import { Quote } from '../domain/quote.ts'
import { hasAccount } from './books.ts'
import type { OrderInBooks } from './ledger.ts'
import type { OrderRow } from './order-states.ts'
import type { Turn } from './turn.ts'

export const inBooks = async (turn: Pick<Turn, 'work'>, order: OrderRow): Promise<OrderInBooks> => {
  const customer = await customerOf(turn, order)
  const { quote } = await quoteOf(turn, order)
  return {
    orderNumber: order.order_number,
    saleId: order.sale,
    customer,
    hasAccount: await hasAccount(turn.work, customer),
    priced: quote,
  }
}

/** Whose account an order is booked to. */
export const customerOf = async (
  { work }: Pick<Turn, 'work'>,
  { binding }: Pick<OrderRow, 'binding'>,
): Promise<OrderInBooks['customer']> =>
  (
    await work
      .selectFrom('bindings')
      .select('customer')
      .where('binding', '=', binding)
      .executeTakeFirstOrThrow()
  ).customer

/** The price the order was made at. */
export const quoteOf = async ({ work }: Pick<Turn, 'work'>, { quote }: Pick<OrderRow, 'quote'>) => {
  const { priced, fixed_due } = await work
    .selectFrom('quotes')
    .select(['priced', 'fixed_due'])
    .where('quote', '=', quote)
    .executeTakeFirstOrThrow()
  return { quote: Quote.parse(JSON.parse(priced)), fixedDue: fixed_due }
}
