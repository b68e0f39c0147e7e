// Payments as the books know them: each has one sum, one sale and one place; how it ended may be told later.
import type { Minor } from '../domain/money.ts'
import type { PaymentTendered } from '../domain/payment.ts'
import type { OrderRow } from './order-states.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

export type PaymentRow = Tables['payments']

/** Authorised for exactly this tender, and never heard of before: one payment pays for one order. */
export const paysFor = async (
  turn: Turn,
  { paymentId, amount }: PaymentTendered,
  { tender }: { tender: Minor },
): Promise<boolean> => amount === tender && (await paymentOf(turn, paymentId)) === undefined

export const paymentOf = (
  { work }: Pick<Turn, 'work'>,
  payment: PaymentRow['payment'],
): Promise<PaymentRow | undefined> =>
  work.selectFrom('payments').selectAll().where('payment', '=', payment).executeTakeFirst()

/** The payment that pays for this order; its kiosk tells later how it ended. */
export const keepPayment = async (
  { work, kiosk, now }: Turn,
  of: { order: OrderRow; payment: PaymentTendered; posting: number },
): Promise<void> => {
  const { order, payment, posting } = of
  await work
    .insertInto('payments')
    .values({
      payment: payment.paymentId,
      kiosk,
      sale: order.sale,
      way: payment.way,
      amount: payment.amount,
      evidence: JSON.stringify(payment.evidence),
      order_number: order.order_number,
      ended: 'open',
      place: 'order',
      posting,
      since: now,
    })
    .execute()
}
