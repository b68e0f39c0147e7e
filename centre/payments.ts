// Payments as the books know them: each has one sum, one sale and one place; how it ended may be told later.
import type { Minor } from '../domain/money.ts'
import type { PaymentEnded, PaymentTendered } from '../domain/payment.ts'
import { raise } from './alarms.ts'
import type { OrderRow } from './order-states.ts'
import { refused, type Refused } from './outcome.ts'
import type { Reading, Work } from './store.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

export type PaymentRow = Tables['payments']

type Payments = readonly PaymentEnded[]
type OfSale = { saleId: PaymentRow['sale'] }

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

/** The payment that paid for an order; there is at most one. */
export const paymentOfOrder = (
  { work }: { work: Reading | Work },
  { order_number }: Pick<OrderRow, 'order_number'>,
): Promise<PaymentRow | undefined> =>
  work
    .selectFrom('payments')
    .selectAll()
    .where('order_number', '=', order_number)
    .executeTakeFirst()

/** True when the money of this order is with the payer again, or certainly never left. */
export const isReversed = async (
  turn: Pick<Turn, 'work'>,
  order: Pick<OrderRow, 'order_number'>,
): Promise<boolean> => (await paymentOfOrder(turn, order))?.ended === 'reversed'

/**
 * Paid for by a payment of which its kiosk has not told the end. Only the visit it was paid in may have such an order written or
 * given back: for any other the payment might come undone afterwards, and nobody would have paid.
 */
export const isNotPaidYet = async (
  turn: { work: Reading | Work },
  order: Pick<OrderRow, 'order_number' | 'sale'>,
  saleId: OrderRow['sale'] | undefined,
): Promise<boolean> =>
  order.sale !== saleId && (await paymentOfOrder(turn, order))?.ended === 'open'

/** What is wrong with the payments of a closing, as its refusal: another sum or sale, or the opposite of what was told. */
export const paymentsProblem = async (
  turn: Turn,
  { saleId }: OfSale,
  payments: Payments,
): Promise<Refused | null> => {
  const ids = new Set(payments.map(({ paymentId }) => paymentId))
  if (ids.size !== payments.length) return refused(400, 'payments: the same payment is there twice')
  if (payments.some(({ amount }) => amount === 0)) {
    return refused(400, 'payments: found a payment of nothing')
  }
  for (const told of payments) {
    const { paymentId, way, amount, end } = told
    const known = await paymentOf(turn, paymentId)
    if (known === undefined) continue
    const isOther =
      known.sale !== saleId ||
      known.kiosk !== turn.kiosk ||
      known.way !== way ||
      known.amount !== amount
    if (isOther) {
      return refused(409, `payments: payment ${paymentId} is known with another sum, sale or kiosk`)
    }
    if (!contradict(known.ended, end)) continue
    return {
      ...refused(409, `payments: payment ${paymentId} was ${known.ended}, and cannot be ${end}`),
      alarm: {
        kind: 'payment contradicted',
        at: turn.now,
        kiosk: turn.kiosk,
        ...(known.order_number === null ? {} : { orderNumber: known.order_number }),
        evidence: { known: known.ended, told },
      },
    }
  }
  return null
}

const contradict = (known: PaymentRow['ended'], told: PaymentEnded['end']): boolean =>
  (known === 'kept' && told === 'reversed') || (known === 'reversed' && told === 'kept')

/** Keeps how these payments ended, and gives them as they are known now. That nobody can say any more takes nothing back. */
export const keepEnds = async (
  turn: Turn,
  { saleId }: OfSale,
  payments: Payments,
): Promise<PaymentRow[]> => {
  const kept: PaymentRow[] = []
  for (const told of payments) {
    const known = await paymentOf(turn, told.paymentId)
    const before = known ?? (await keepUnordered(turn, { saleId }, told))
    const ended = told.end === 'unknown' && before.ended !== 'open' ? before.ended : told.end
    const evidence = told.evidence === null ? before.evidence : JSON.stringify(told.evidence)
    await turn.work
      .updateTable('payments')
      .set({ ended, evidence })
      .where('payment', '=', before.payment)
      .execute()
    const row = { ...before, ended, evidence }
    if (ended === 'unknown' && before.ended !== 'unknown') await raiseUnknown(turn, row)
    kept.push(row)
  }
  return kept
}

/** One that no order was made with. */
const keepUnordered = async (
  turn: Turn,
  { saleId }: OfSale,
  told: PaymentEnded,
): Promise<PaymentRow> =>
  keep(turn, {
    payment: told.paymentId,
    sale: saleId,
    way: told.way,
    amount: told.amount,
    evidence: null,
    order_number: null,
    place: 'nowhere',
    posting: null,
  })

const raiseUnknown = ({ work, now }: Turn, payment: PaymentRow): Promise<void> =>
  raise(work, {
    kind: 'payment unknown',
    at: now,
    kiosk: payment.kiosk,
    ...(payment.order_number === null ? {} : { orderNumber: payment.order_number }),
    evidence: { payment: payment.payment, sale: payment.sale, amount: payment.amount },
  })

/** The payment that pays for this order; its kiosk tells later how it ended. */
export const keepPayment = async (
  turn: Turn,
  of: { order: OrderRow; payment: PaymentTendered; posting: number },
): Promise<void> => {
  const { order, payment, posting } = of
  await keep(turn, {
    payment: payment.paymentId,
    sale: order.sale,
    way: payment.way,
    amount: payment.amount,
    evidence: JSON.stringify(payment.evidence),
    order_number: order.order_number,
    place: 'order',
    posting,
  })
}

const keep = async (
  { work, kiosk, now }: Turn,
  of: Omit<PaymentRow, 'kiosk' | 'ended' | 'since'>,
): Promise<PaymentRow> => {
  const row: PaymentRow = { ...of, kiosk, ended: 'open', since: now }
  await work.insertInto('payments').values(row).execute()
  return row
}

/** Its money is there now, by this posting. */
export const placePayment = async (
  { work }: Pick<Turn, 'work'>,
  { payment }: Pick<PaymentRow, 'payment'>,
  to: Pick<PaymentRow, 'place' | 'posting'>,
): Promise<void> => {
  await work.updateTable('payments').set(to).where('payment', '=', payment).execute()
}
