// Whether the payment that an order is to be funded with is one of ours, approved for that sum, and paying for nothing else.
import { isDeepStrictEqual } from 'node:util'
import type { Funding } from '../domain/centre-messages.ts'
import type { KioskNumber, RequestId, SaleId } from '../domain/identifiers.ts'
import { evidenceOf, fencePayment, paymentOf, type PaymentRow } from './payment-book.ts'
import type { Turn } from './queue.ts'

type Asked = { requestId: RequestId; kiosk: KioskNumber; saleId: SaleId; funding: Funding }

/**
 * False: the order must not reach the centre. True: the payment is tied to this request, on disk. Notes, the account, and
 * payments at the terminal's own reader are none of the front machine's business.
 */
export const paymentHolds = async (
  { work, now }: Pick<Turn, 'work' | 'now'>,
  asked: Asked,
): Promise<boolean> => {
  if (asked.funding.kind !== 'payment') return true
  const { payment } = asked.funding
  const row = await paymentOf(work, payment.paymentId)
  const isOurs = payment.way === 'bank account' || payment.evidence.kind === 'bank'
  if (!isOurs && row === undefined) return true
  if (row === undefined) {
    // Nor may it come true later under the same id.
    await fencePayment(work, payment.paymentId, now)
    return false
  }
  if (!isOurs || !holds(row, asked, payment)) return false
  await work
    .updateTable('payments')
    .set({ order_request: asked.requestId })
    .where('payment', '=', row.payment)
    .execute()
  return true
}

const holds = (
  row: PaymentRow,
  { requestId, kiosk, saleId }: Asked,
  payment: Extract<Funding, { kind: 'payment' }>['payment'],
): boolean =>
  row.state === 'approved' &&
  row.kiosk === kiosk &&
  row.sale === saleId &&
  row.amount === payment.amount &&
  isDeepStrictEqual(evidenceOf(row), payment.evidence) &&
  (row.order_request === null || row.order_request === requestId)
