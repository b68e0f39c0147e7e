// An order that is proven not on the card goes back: to the account at the customer's wish, or to who paid (power-card.md 9.1).
import type { z } from 'zod'
import type { Answered, ReturnRequest } from '../domain/centre-messages.ts'
import { shownBalance } from './books.ts'
import { concerns, notTheirs } from './insertions.ts'
import { orderOf, summaryOf, type OrderRow } from './order-states.ts'
import { customerOf } from './orders-in-books.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { giveBack, thereToGiveBack } from './payment-settling.ts'
import { isNotPaidYet, paymentOfOrder, type PaymentRow } from './payments.ts'
import { mayReturn, returnToAccount } from './settling.ts'
import type { Turn } from './turn.ts'

type Asked = z.infer<typeof ReturnRequest>
type Reply = Answered<'return'>

export const returnOrder = async (turn: Turn, asked: Asked): Promise<Outcome<Reply>> => {
  const order = await orderOf(turn, asked.orderNumber)
  if (order === undefined) return refused(404, 'orderNumber: there is no such order')
  if (!(await concerns(turn, order))) return notTheirs
  if (asked.toPayer === true) return returnToPayer(turn, asked, order)
  // Asked for twice under two ids: it is in the account, and stays there once.
  if (order.state === 'RETURNED_TO_ACCOUNT') return returned(turn, order)
  if (!(await mayReturn(turn, order))) return stands(order)
  if (await isNotPaidYet(turn, order, asked.saleId)) return stands(order)
  const why = 'returned at the wish of the customer'
  return returned(turn, await returnToAccount(turn, order, { why }))
}

/** Only the kiosk whose payment it is can have it reversed, and only as long as it has not told that it was kept. */
const returnToPayer = async (
  turn: Turn,
  asked: Asked,
  order: OrderRow,
): Promise<Outcome<Reply>> => {
  const payment = await paymentOfOrder(turn, order)
  if (payment === undefined || !isTheirs(turn, asked, payment)) return stands(order)
  if (payment.place === 'payer') return returned(turn, order)
  if (payment.ended === 'kept') return stands(order)
  if (order.state === 'RETURNED_TO_ACCOUNT') return outOfAccount(turn, order, payment)
  if (!(await mayReturn(turn, order))) return stands(order)
  const why = 'nothing was delivered, and its payment is reversed'
  return returned(turn, await returnToAccount(turn, order, { why, toPayer: true }))
}

const isTheirs = ({ kiosk }: Turn, { saleId }: Asked, payment: PaymentRow): boolean =>
  payment.kiosk === kiosk && payment.sale === saleId

/** It went to the account before: to the payer only if all of it is still there. */
const outOfAccount = async (
  turn: Turn,
  order: OrderRow,
  payment: PaymentRow,
): Promise<Outcome<Reply>> => {
  if ((await thereToGiveBack(turn, order)) < order.tender) return stands(order)
  await giveBack(turn, order, payment)
  return returned(turn, order)
}

const stands = ({ state }: OrderRow): Outcome<Reply> => answered({ kind: 'refused', state })

const returned = async (turn: Turn, order: OrderRow): Promise<Outcome<Reply>> =>
  answered({
    kind: 'returned',
    order: summaryOf(order),
    balance: await shownBalance(turn.work, await customerOf(turn, order)),
  })
