// What the front machine learns from the messages that pass between a terminal and the centre, and which it holds back.
//
// It knows which payments pay for which orders, which scripts may be on a card, what proofs and returns said and how sales
// ended: so it knows when a payment may still be reversed (domain.md 13.3). What passes is never changed.
import type { z } from 'zod'
import type { Answered, CentreMessages, MessageName } from '../domain/centre-messages.ts'
import type { OrderSummary } from '../domain/order.ts'
import type { PaymentEnded } from '../domain/payment.ts'
import type { Means } from './means.ts'
import { paymentHolds } from './order-payments.ts'
import { paymentOf, type PaymentRow } from './payment-book.ts'
import { queueDelivery, queueReversal, type Turn } from './queue.ts'
import {
  proofPassed,
  provenNotLoaded,
  scriptAnswered,
  scriptAsked,
  scriptNotSent,
  whyKept,
} from './scripts-out.ts'

export type AskedOf<Name extends MessageName> = z.infer<CentreMessages[Name]['request']>
type Watching = Turn & { alarm: Means['alarm'] }

/** Messages of the queue that came of it and are to be sent. */
export type Queued = { number: number; terminal: string }

export type Watch<Name extends MessageName> = {
  /** Before it goes to the centre, on disk. A reply is given instead of the centre's: it does not go there. */
  before?: (
    turn: Watching,
    asked: AskedOf<Name>,
    queued: Queued[],
  ) => Promise<Answered<Name> | null>
  /** This try has certainly not reached the centre. */
  notSent?: (turn: Watching, asked: AskedOf<Name>) => Promise<void>
  /** Before the answer goes to the terminal. */
  after?: (
    turn: Watching,
    asked: AskedOf<Name>,
    reply: Answered<Name>,
    queued: Queued[],
  ) => Promise<void>
}

export const watches: { [Name in MessageName]?: Watch<Name> } = {
  order: {
    before: async (turn, asked) =>
      (await paymentHolds(turn, asked)) ? null : { kind: 'refused', why: 'payment not good' },
    after: async (turn, { requestId }, reply, queued) => {
      if (reply.kind === 'reserved') await orderSeen(turn, reply.order, queued)
      else await paysForNothing(turn.work, requestId)
    },
  },
  script: {
    before: async ({ work }, { requestId: request, orderNumber: order }) => {
      const paying = await paymentOfOrder(work, order)
      // The payer counts as not charged: no energy for it, although the centre may not know that yet.
      if (paying?.state === 'reversing' || paying?.state === 'reversed') {
        return { kind: 'refused', why: 'fenced' }
      }
      await scriptAsked(work, { request, order })
      return null
    },
    notSent: ({ work }, { requestId }) => scriptNotSent(work, requestId),
    after: ({ work }, { requestId }, { kind }) => scriptAnswered(work, requestId, kind),
  },
  proof: {
    before: async ({ work }, { requestId: request, orderNumber: order }) => {
      await proofPassed(work, { request, order })
      return null
    },
    after: async (turn, { requestId }, { order }, queued) => {
      await orderSeen(turn, order, queued)
      if (order.state === 'NOT_LOADED_RETRY') await provenNotLoaded(turn.work, requestId)
    },
  },
  return: {
    after: async (turn, { orderNumber, toPayer }, reply, queued) => {
      if (reply.kind === 'refused') return
      await returned(turn, orderNumber, toPayer === true ? 'payer' : 'account')
      await orderSeen(turn, reply.order, queued)
    },
  },
  insertion: {
    after: async (turn, _, { settled, verdict }, queued) => {
      if (settled !== null) await orderSeen(turn, settled, queued)
      // Its number may come by this first, when the answer to the order was lost.
      if (verdict.kind === 'open order') await orderSeen(turn, verdict.order, queued)
    },
  },
  orderState: { after: (turn, _, { order }, queued) => orderSeen(turn, order, queued) },
  closing: {
    before: async (turn, asked, queued) => {
      await saleEnds(turn, asked, queued)
      return null
    },
    after: async (turn, _, { order }, queued) => {
      if (order !== null) await orderSeen(turn, order, queued)
    },
  },
}

const paymentOfOrder = (
  work: Turn['work'],
  order: OrderSummary['orderNumber'],
): Promise<PaymentRow | undefined> =>
  work.selectFrom('payments').selectAll().where('order_number', '=', order).executeTakeFirst()

/** What went to the account may still go to the payer, and never the other way. */
const returned = async (
  { work }: Turn,
  order: OrderSummary['orderNumber'],
  to: 'account' | 'payer',
): Promise<void> => {
  const paying = await paymentOfOrder(work, order)
  if (paying === undefined || paying.returned === 'payer') return
  await work
    .updateTable('payments')
    .set({ returned: to })
    .where('payment', '=', paying.payment)
    .execute()
}

/** The centre has refused the order: the payment is none's, and the next one of this sale may be another's. */
const paysForNothing = async (
  work: Turn['work'],
  request: AskedOf<'order'>['requestId'],
): Promise<void> => {
  await work
    .updateTable('payments')
    .set({ order_request: null })
    .where('order_request', '=', request)
    .where('order_number', 'is', null)
    .execute()
}

/** The order of a payment gets its number with the first answer that tells of it, and its state with each. */
const orderSeen = async (turn: Turn, order: OrderSummary, queued: Queued[]): Promise<void> => {
  const { work } = turn
  await work
    .updateTable('payments')
    .set({ order_number: order.orderNumber })
    .where('sale', '=', order.saleId)
    .where('order_request', 'is not', null)
    .where('order_number', 'is', null)
    .execute()
  const paying = await paymentOfOrder(work, order.orderNumber)
  if (paying === undefined || paying.order_state === order.state) return
  await work
    .updateTable('payments')
    .set({ order_state: order.state })
    .where('payment', '=', paying.payment)
    .execute()
  const delivery = deliveryOf(order, paying)
  if (delivery === null || paying.state !== 'approved') return
  const told = await work
    .selectFrom('queue')
    .select('number')
    .where('payment', '=', paying.payment)
    .where('kind', '=', 'advice')
    .executeTakeFirst()
  if (told !== undefined) return
  const number = await queueDelivery(turn, paying, delivery)
  queued.push({ number, terminal: paying.terminal })
}

/** What the bank is told of the card; null while nothing is certain, and of money that goes back to the payer. */
const deliveryOf = (
  { state }: OrderSummary,
  { returned }: PaymentRow,
): 'loaded' | 'notLoaded' | null => {
  if (state === 'LOADED' || state === 'METER_CREDITED') return 'loaded'
  return state === 'RETURNED_TO_ACCOUNT' && returned === 'account' ? 'notLoaded' : null
}

/** Nothing more is paid for this sale. What its payments ended as must be what they are here. */
const saleEnds = async (
  turn: Watching,
  { saleId, payments = [] }: AskedOf<'closing'>,
  queued: Queued[],
): Promise<void> => {
  const { work, now } = turn
  await work
    .insertInto('closed_sales')
    .values({ sale: saleId, at: now })
    .onConflict((it) => it.column('sale').doNothing())
    .execute()
  for (const ended of payments) {
    const row = await paymentOf(work, ended.paymentId)
    if (row === undefined || row.sale !== saleId) continue
    // What was told as kept stays so here; the centre refuses the opposite.
    if (row.closing !== 'kept') {
      await work
        .updateTable('payments')
        .set({ closing: ended.end })
        .where('payment', '=', row.payment)
        .execute()
    }
    const contradicts = contradiction(row, ended)
    if (contradicts === null) continue
    turn.alarm('a closing contradicts a payment', { payment: row.payment, contradicts })
    if (ended.end !== 'reversed' || row.state !== 'approved') continue
    if ((await whyKept(work, row)) !== null) continue
    const number = await queueReversal(turn, row, 'its closing says that it was reversed')
    queued.push({ number, terminal: row.terminal })
  }
}

const contradiction = (row: PaymentRow, { end }: PaymentEnded): string | null => {
  const charged = row.state === 'approved'
  if (end === 'kept' && !charged) return `kept, and here it is ${row.state}`
  return end === 'reversed' && charged ? 'reversed, and here it is approved' : null
}
