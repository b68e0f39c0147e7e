// The auditor on payments in the books of the centre: each in one place, and where its end and its order allow.
import { sum } from './auditor-notes.ts'
import { backInAccount } from './auditor-sales.ts'
import type { Evidence, OrderAtCentre, PaymentAtCentre } from './auditor.ts'

/** P3, P5 at the centre: every kept payment in exactly one place, every reversed one in none, and each in one order at most. */
export const paymentsInBooks = ({ centre }: Pick<Evidence, 'centre'>): string[] => {
  const { payments, orders, bankPayments } = centre
  if (payments === undefined) return []
  const counted = sum(
    payments.filter(({ place }) => inBooks.has(place)).map(({ amount }) => amount),
  )
  const paidTwice = payments.filter(
    ({ order }, at) => order !== null && payments.findIndex((each) => each.order === order) < at,
  )
  return [
    ...(bankPayments === undefined || counted === bankPayments
      ? []
      : [`the centre has ${counted} in payments and ${bankPayments} in the account bank payments`]),
    ...payments
      .filter(({ payment }, at) => payments.findIndex((each) => each.payment === payment) < at)
      .map(({ payment }) => `payment ${payment} is booked twice`),
    ...paidTwice.map(({ order }) => `order ${order} is paid by two payments`),
    ...payments.flatMap((payment) => placeProblem(payment, orders)),
    ...orders
      .filter(({ funding }) => funding === 'payment')
      .flatMap((order) => orderProblem(order, payments)),
  ]
}

const inBooks = new Set(['order', 'account', 'suspense'])
const delivered = new Set(['LOADED', 'METER_CREDITED'])

const orderProblem = (order: OrderAtCentre, payments: readonly PaymentAtCentre[]): string[] => {
  const payment = payments.find((each) => each.order === order.order)
  if (payment === undefined) return [`order ${order.order} is paid by a payment, and has none`]
  return payment.amount === order.tender
    ? []
    : [`order ${order.order} costs ${order.tender}, its payment is ${payment.amount}`]
}

const placeProblem = (payment: PaymentAtCentre, orders: readonly OrderAtCentre[]): string[] => {
  const { place, ended } = payment
  const name = `payment ${payment.payment}`
  const order = orders.find((each) => each.order === payment.order)
  if (payment.order !== null && order?.funding !== 'payment') {
    return [`${name} has paid for order ${payment.order}, which was not paid by a payment`]
  }
  const found: string[] = []
  if (place === 'order' && order === undefined) found.push(`${name} is in an order, and has none`)
  if (ended === 'kept' && !inBooks.has(place))
    found.push(`${name} is kept, and its money is in no place`)
  if (ended === 'reversed' && (place === 'account' || place === 'suspense')) {
    found.push(`${name} was reversed, yet its money is in ${place}`)
  }
  if (order === undefined) return found
  const { state } = order
  if (
    ended === 'reversed' &&
    place === 'order' &&
    (delivered.has(state) || backInAccount.has(state))
  ) {
    found.push(`${name} was reversed and order ${order.order} is ${state}, yet it counts as paid`)
  }
  if (place === 'payer' && !backInAccount.has(state) && state !== 'SUSPECT') {
    found.push(`${name} is back with the payer, yet order ${order.order} is ${state}`)
  }
  if (place === 'unpaid delivery' && !delivered.has(state) && state !== 'SUSPECT') {
    found.push(`${name} is an unpaid delivery, yet order ${order.order} is ${state}`)
  }
  return found
}
