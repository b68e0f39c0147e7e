// The auditor on orders: paid once, delivered once or given back, and as much on the card as was paid for.
import type { Evidence, OrderAtCentre } from './auditor.ts'
import { sum } from './auditor-notes.ts'
import { backInAccount } from './auditor-sales.ts'

/** Orders whose energy the books say is on a card or in a meter. */
const delivered = new Set(['LOADED', 'METER_CREDITED'])

/** P5 at the centre: its own books agree with themselves. */
export const booksOfCentre = ({ centre }: Pick<Evidence, 'centre'>): string[] => {
  const notes = sum(centre.notes.map(({ value }) => value))
  // What has left with a box was there before.
  const cash = centre.kioskCash + (centre.boxesMoved ?? 0)
  const open = centre.orders.filter(
    ({ state }) => !delivered.has(state) && !backInAccount.has(state),
  )
  const least = sum(open.filter(({ state }) => state !== 'SUSPECT').map(({ tender }) => tender))
  // An order under suspicion may have been settled before it was suspected.
  const most = sum(open.map(({ tender }) => tender))
  return [
    ...centre.postings
      .filter(({ sum: off }) => off !== 0)
      .map(({ posting, sum: off }) => `posting ${posting} is off by ${off}`),
    ...(notes === cash
      ? []
      : [`the centre has ${notes} in notes and ${cash} in the account kiosk cash`]),
    ...(centre.pending >= least && centre.pending <= most
      ? []
      : [`open orders are ${most}, pending orders in the books ${centre.pending}`]),
  ]
}

/** P3: an order has one payment, and a payment one order. */
export const ordersAgainstNotes = ({ centre }: Pick<Evidence, 'centre'>): string[] => {
  const { orders, notes } = centre
  const inOrders = notes.filter(({ place }) => place === 'order')
  const orphans = inOrders.filter(({ sale }) => !orders.some((order) => order.sale === sale))
  return [
    ...orders.flatMap((order) => {
      const paid = sum(inOrders.filter(({ sale }) => sale === order.sale).map(({ value }) => value))
      return order.funding === 'cash' ? paidInCash(order, paid) : paidOtherwise(order, paid)
    }),
    ...doubled(orders, ({ sale }) => sale).map(({ sale }) => `sale ${sale} has two orders`),
    ...doubled(orders, ({ order }) => order).map(({ order }) => `order ${order} is there twice`),
    ...orphans.map(({ note, sale }) => `note ${note} is in an order, and sale ${sale} has none`),
  ]
}

const paidOtherwise = ({ order, funding }: OrderAtCentre, notes: number): string[] =>
  notes === 0 ? [] : [`order ${order} is paid from ${funding}, yet ${notes} in notes is in it`]

const paidInCash = ({ order, tender }: OrderAtCentre, notes: number): string[] =>
  notes >= tender ? [] : [`order ${order} costs ${tender}, its notes are ${notes}`]

const doubled = (
  orders: readonly OrderAtCentre[],
  by: (order: OrderAtCentre) => string,
): OrderAtCentre[] =>
  orders.filter((order, at) => orders.findIndex((other) => by(other) === by(order)) < at)

/** P3: energy is on the card if and only if its money was taken, and never for money that went back. */
export const ordersAgainstCards = ({
  centre,
  cards,
}: Pick<Evidence, 'centre' | 'cards'>): string[] => [
  ...centre.orders.flatMap((order) => {
    const card = cards.find(({ serial }) => serial === order.serial)
    return card === undefined ? [] : orderAgainstCard(order, card)
  }),
  ...doubled(
    centre.orders.filter(({ state }) => delivered.has(state)),
    ({ serial, count }) => `${serial} ${count}`,
  ).map(({ serial, count }) => `two orders are delivered as count ${count} of card ${serial}`),
]

const orderAgainstCard = (
  { order, serial, state, count, energy, undoOpen = false }: OrderAtCentre,
  card: Evidence['cards'][number],
): string[] => {
  const onCard = card.order === order
  if (backInAccount.has(state) && onCard) {
    return [`order ${order} is ${state}, yet its energy is on card ${serial}`]
  }
  // The next touch of the card decides, and the books wait for it.
  if (undoOpen && card.count < count) return []
  if (delivered.has(state) && card.count === count && !onCard) {
    return [`order ${order} is ${state}, yet card ${serial} carries order ${card.order}`]
  }
  if (delivered.has(state) && card.count < count) {
    return [`order ${order} is ${state}, yet card ${serial} is at count ${card.count}`]
  }
  if (onCard && card.count !== count) {
    return [`order ${order} has count ${count}, card ${serial} carries it as ${card.count}`]
  }
  if (onCard && card.energy !== energy) {
    return [`order ${order} is for ${energy}, the card carries ${card.energy}`]
  }
  return []
}
