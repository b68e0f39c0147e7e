// What a purchase costs at a moment of the year, by the functions of the centre.
import type { OrderInBooks } from '../../../centre/ledger.ts'
import { quoteLifeMs } from '../../../centre/quotes.ts'
import {
  fixedChargesDue,
  freeUnitsDue,
  ladderStart,
  tariffInForce,
} from '../../../centre/tariffs/tariff-calendar.ts'
import { priceTender, type Dues } from '../../../centre/tariffs/tariffs.ts'
import { noEnergy } from '../../../domain/energy.ts'
import { QuoteId, type SaleId } from '../../../domain/identifiers.ts'
import type { Minor } from '../../../domain/money.ts'
import type { Quote } from '../../../domain/quote.ts'
import { referenceDigits } from '../../../domain/reference.ts'
import type { Row } from './books.ts'
import { dayOf } from './calendar.ts'
import type { Customer } from './customer.ts'
import type { Visit } from './visit.ts'
import { idAt, type World } from './world.ts'

/** What the price depends on, at this moment. */
export const duesOf = (world: World, { home, sold }: Customer): Dues => {
  const day = dayOf(world.agenda.now())
  const { binding, customer } = home
  const tariff = tariffInForce(world.tariffs, { code: binding.tariff, day })
  if (tariff === null) throw new Error(`no tariff ${binding.tariff} on ${day}`)
  const since = ladderStart(tariff, day)
  return {
    tariff,
    monthToDate: sold.since === since ? sold.energy : noEnergy,
    fixedDue: fixedChargesDue({
      tariff,
      chargedThrough: binding.charged_through,
      unpaid: binding.charges_unpaid,
      day,
    }),
    arrearsBalance: world.books.balanceOf({ kind: 'arrears', owner: customer.customer }),
    freeUnitsDue: freeUnitsDue({ tariff, lastGiven: binding.free_units_given, day }),
  }
}

export type Quoted = { saleId: SaleId; quote: Quote; dues: Dues }

/** Null where this tender buys nothing. */
export const quoteFor = (visit: Visit, tender: Minor): Quoted | null => {
  const { world, customer, insertion, point } = visit
  const { books, agenda } = world
  const now = agenda.now()
  const dues = duesOf(world, customer)
  const priced = priceTender({ ...dues, tender })
  if (priced.energy === noEnergy) return null
  const { saleId } = visit
  const expiresAt = now + quoteLifeMs
  const quote: Quote = {
    ...priced,
    quoteId: QuoteId.parse(idAt(world, now)),
    saleId,
    expiresAt: new Date(expiresAt).toISOString(),
  }
  books.insert('sale_references', {
    sale: saleId,
    reference: referenceDigits(saleId),
    kiosk: point.kiosk,
  })
  books.insert('quotes', {
    quote: quote.quoteId,
    sale: saleId,
    insertion: insertion.insertion,
    binding: customer.home.binding.binding,
    tender,
    expires_at: expiresAt,
    fixed_due: dues.fixedDue.amount,
    priced: JSON.stringify(quote),
  })
  return { saleId, quote, dues }
}

export const inBooks = ({ home }: Customer, quote: Quote, order: Row<'orders'>): OrderInBooks => ({
  orderNumber: order.order_number,
  saleId: order.sale,
  customer: home.customer.customer,
  hasAccount: home.customer.has_account === 1,
  priced: quote,
})
