// What is booked because of how a payment ended, as pure values: kept without an order, or reversed after its order moved on.
import type { CustomerNumber, KioskNumber, OrderNumber, SaleId } from '../domain/identifiers.ts'
import { minus, type Minor } from '../domain/money.ts'
import { credit, debit, keptFor, posting, type Account, type Posting } from './ledger.ts'

/** A payment was kept and is in no order: to the account, or in suspense. */
export const paymentBooked = (of: {
  saleId: SaleId
  kiosk: KioskNumber
  amount: Minor
  customer: CustomerNumber | null
}): Posting =>
  posting({
    kind: 'payment booked',
    orderNumber: null,
    saleId: of.saleId,
    entries: [
      debit({ kind: 'bank payments', owner: of.kiosk }, of.amount),
      credit(keptFor(of.customer, of.saleId), of.amount),
    ],
  })

/** A payment that was reversed, and the order it had paid for. */
export type Unpaid = { orderNumber: OrderNumber; saleId: SaleId; amount: Minor }

/**
 * The order went back before its payment was known to be reversed: out of where the money is kept, as far as it is still
 * there. What was spent since is energy that nobody pays.
 */
export const paymentGivenBack = (
  of: Unpaid & {
    from: Account
    there: Minor
    /** Where it stands as owed: by the bank, or as unpaid when it was delivered and taken back meanwhile. */
    owed: Extract<Account, { kind: 'bank payments' | 'unpaid deliveries' }>
  },
): Posting =>
  posting({
    kind: 'payment given back',
    orderNumber: of.orderNumber,
    saleId: of.saleId,
    entries: [
      debit(of.from, of.there),
      debit({ kind: 'unpaid deliveries' }, minus(of.amount, of.there)),
      credit(of.owed, of.amount),
    ],
  })

/** The order is delivered. The customer owes nothing. */
export const deliveryUnpaid = (of: Unpaid & { kiosk: KioskNumber }): Posting =>
  posting({
    kind: 'delivery unpaid',
    orderNumber: of.orderNumber,
    saleId: of.saleId,
    entries: [
      debit({ kind: 'unpaid deliveries' }, of.amount),
      credit({ kind: 'bank payments', owner: of.kiosk }, of.amount),
    ],
  })
