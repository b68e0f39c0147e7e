// What follows in the books from how a payment ended: for its order wherever that is by now, or for its customer.
import { least, nothing, plus, type Minor } from '../domain/money.ts'
import type { CustomerNumber } from '../domain/identifiers.ts'
import { raise } from './alarms.ts'
import { post, takeable } from './books.ts'
import { giveBackClaims, openClaimsOf, postClaimed } from './claim-book.ts'
import { keptFor } from './ledger.ts'
import { takenBackStates, type OrderRow } from './order-states.ts'
import { inBooks } from './orders-in-books.ts'
import { deliveryUnpaid, paymentBooked, paymentGivenBack } from './payment-postings.ts'
import { paymentOfOrder, placePayment, type PaymentRow } from './payments.ts'
import type { Turn } from './turn.ts'

/**
 * To be called whenever an order or the end of its payment has moved: a reversed payment of an order that went back goes to
 * the payer, one of an order that is delivered is booked as unpaid. Nothing happens while the order is open, nor twice.
 */
export const settleReversal = async (turn: Turn, order: OrderRow): Promise<void> => {
  const payment = await paymentOfOrder(turn, order)
  if (payment?.ended !== 'reversed') return
  if (takenBackStates.includes(order.state)) {
    if (payment.place === 'order' || payment.place === 'unpaid delivery') {
      await giveBack(turn, order, payment)
    }
    return
  }
  const isDelivered = order.state === 'LOADED' || order.state === 'METER_CREDITED'
  if (isDelivered && payment.place === 'order') await writeOff(turn, order, payment)
}

/** What could be given back of an order that went back before: all of it, unless the customer has spent it since. */
export const thereToGiveBack = async (turn: Turn, order: OrderRow): Promise<Minor> =>
  (await sourceOf(turn, order)).there

/** Where the money of an order that went back is, and how much of it is still there. */
const sourceOf = async (turn: Turn, order: OrderRow) => {
  const { customer, hasAccount } = await inBooks(turn, order)
  const claims = hasAccount ? [] : await openClaimsOf(turn, order.order_number)
  const left = hasAccount
    ? await takeable(turn.work, customer)
    : plus(nothing, ...claims.map(({ amount }) => amount ?? nothing))
  return {
    from: keptFor(hasAccount ? customer : null, order.sale),
    there: least(order.tender, left),
    claims,
  }
}

/** Out of the account, or of the claims that were opened for it. */
export const giveBack = async (turn: Turn, order: OrderRow, payment: PaymentRow): Promise<void> => {
  const { from, there, claims } = await sourceOf(turn, order)
  const owed =
    payment.place === 'unpaid delivery'
      ? ({ kind: 'unpaid deliveries' } as const)
      : ({ kind: 'bank payments', owner: payment.kiosk } as const)
  const booked = paymentGivenBack({ ...unpaid(order), from, there, owed })
  const posting = await post(turn.work, { ...booked, at: turn.now })
  await giveBackClaims(turn, claims, posting)
  await placePayment(turn, payment, { place: 'payer', posting })
  if (there < order.tender) await raiseUnpaid(turn, order, { payment, given: there })
}

const writeOff = async (turn: Turn, order: OrderRow, payment: PaymentRow): Promise<void> => {
  const booked = deliveryUnpaid({ ...unpaid(order), kiosk: payment.kiosk })
  const posting = await post(turn.work, { ...booked, at: turn.now })
  await placePayment(turn, payment, { place: 'unpaid delivery', posting })
  await raiseUnpaid(turn, order, { payment, given: nothing })
}

const unpaid = ({ order_number, sale, tender }: OrderRow) => ({
  orderNumber: order_number,
  saleId: sale,
  amount: tender,
})

const raiseUnpaid = (
  { work, now }: Turn,
  order: OrderRow,
  { payment, given }: { payment: PaymentRow; given: Minor },
): Promise<void> =>
  raise(work, {
    kind: 'vended unpaid',
    at: now,
    kiosk: payment.kiosk,
    serial: order.serial,
    binding: order.binding,
    orderNumber: order.order_number,
    evidence: {
      payment: payment.payment,
      sale: payment.sale,
      amount: payment.amount,
      givenBack: given,
      orderState: order.state,
    },
  })

/** A payment that was kept and is in no order, nor anywhere else: the customer's money. Gives how much was booked. */
export const bookKept = async (
  turn: Turn,
  payment: PaymentRow,
  customer: CustomerNumber | null,
): Promise<Minor> => {
  const isHomeless = payment.place === 'nowhere' || payment.place === 'payer'
  if (payment.ended !== 'kept' || !isHomeless) return nothing
  const { sale, kiosk, amount } = payment
  const booked = paymentBooked({ saleId: sale, kiosk, amount, customer })
  const posting = await postClaimed(turn, { booked, kiosk })
  const place = customer === null ? 'suspense' : 'account'
  await placePayment(turn, payment, { place, posting })
  return amount
}
