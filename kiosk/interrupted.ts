// Pure: a sale that a stop broke off, as its customer is told of it: where the money is, and what is on the card.
import { minus, nothing, plus, type Minor } from '../domain/money.ts'
import { never } from '../domain/never.ts'
import type { InterruptedSale } from '../state-machines/interrupted-sale.ts'
import { isPaymentWay } from '../state-machines/sale-payment.ts'
import type { EnergyAfterStop, MoneyPlace } from '../ui/kiosk/screen.ts'
import { fateOf, orderNumberOf, type OrderFate } from './order-fate.ts'
import type { Standing } from './standing.ts'
import type { PaymentStanding } from './standing-payments.ts'
import type { NotePlace, NoteStanding, SaleStanding } from './standing-sale.ts'

/** Those whose customer may still be standing there, or has nothing on paper yet, in the order of their beginning. */
export const interruptedSales = (standing: Standing): InterruptedSale[] =>
  [...standing.sales.values()]
    .filter((sale) => mayHaveMovedMoney(sale) && (owesSlip(sale) || mayBeThere(sale)))
    .map((sale) => ({
      saleId: sale.saleId,
      serial: sale.serial,
      money: placesOf(sale),
      energy: energyAfter(fateOf(sale)),
      onScreen: mayBeThere(sale) && !onPaper(sale),
      slipOwed: owesSlip(sale),
    }))

/** A stop left this customer with nothing in the hand that says where the money is (P7). */
export const owesSlip = (sale: SaleStanding): boolean =>
  sale.interrupted !== null && mayHaveMovedMoney(sale) && !onPaper(sale)

const mayBeThere = (sale: SaleStanding): boolean => sale.interrupted === 'customer may be there'

const onPaper = ({ receipts }: SaleStanding): boolean =>
  receipts.some(({ state, outdated }) => state === 'printed' && !outdated)

const mayHaveMovedMoney = (sale: SaleStanding): boolean =>
  sale.notes.some(({ place }) => place !== 'offered' && place !== 'returned') ||
  sale.payments.some(mayHaveCharged) ||
  fateOf(sale) !== 'none' ||
  sale.receipts.length > 0

/** All but one that was refused before the bank had agreed. */
const mayHaveCharged = ({ place, evidence }: PaymentStanding): boolean =>
  place !== 'reversed' || evidence !== null

const energyAfter = (fate: OrderFate): EnergyAfterStop => {
  switch (fate) {
    case 'on the card':
    case 'card decides':
      return fate
    case 'none':
    case 'asked for':
    case 'back':
    case 'not on the card':
      return 'not on the card'
    default:
      return never(fate)
  }
}

/** All of it, each part once. `not taken` when the customer has every note again. */
const placesOf = (sale: SaleStanding): MoneyPlace[] => {
  const { notes, order, settled } = sale
  const fate = fateOf(sale)
  const lost = notes.filter(({ place }) => place === 'moving' || place === 'unknown')
  const onItsWay = plus(
    sumIn(notes, 'unsettled'),
    fate === 'asked for' ? fromAccount(sale) : nothing,
  )
  const back = fate === 'back' && !isThroughBank(sale) ? amountOf(sale) : nothing
  const toAccount = plus(order?.toAccount ?? nothing, settled?.toAccount ?? nothing)
  const suspense = settled?.toSuspense ?? nothing
  const places: MoneyPlace[] = [
    ...inOrder(sale, fate),
    ...throughBank(sale, fate),
    ...(back === null || plus(back, toAccount) > nothing
      ? [
          {
            kind: 'in the account' as const,
            amount: back === null ? null : plus(back, toAccount),
            balance: null,
          },
        ]
      : []),
    ...(onItsWay > nothing
      ? [{ kind: 'on its way to the account' as const, amount: onItsWay }]
      : []),
    ...(lost.length > 0 || suspense > nothing
      ? [{ kind: 'held' as const, amount: heldOf(lost, suspense) }]
      : []),
  ]
  return places.length === 0 ? [{ kind: 'not taken' }] : places
}

const inOrder = (sale: SaleStanding, fate: OrderFate): MoneyPlace[] => {
  const order = orderNumberOf(sale)
  if (order === null || wasUndone(sale)) return []
  const amount = amountOf(sale)
  switch (fate) {
    case 'on the card':
      return [{ kind: 'paid for energy', amount, order }]
    case 'not on the card':
    case 'card decides':
      return [{ kind: 'in the order', amount, order }]
    case 'none':
    case 'asked for':
    case 'back':
      return []
    default:
      return never(fate)
  }
}

/** Payments through a bank that are in no order: undone, still being asked about, or charged with nothing sold. */
const throughBank = (sale: SaleStanding, fate: OrderFate): MoneyPlace[] => {
  const hasOrder = ['on the card', 'not on the card', 'card decides'].includes(fate)
  return sale.payments.filter(mayHaveCharged).flatMap(({ place, amount }): MoneyPlace[] => {
    if (place === 'reversed') return [{ kind: 'not charged', amount }]
    if (hasOrder && isThroughBank(sale)) return []
    if (place !== 'kept') return [{ kind: 'asking the bank', amount }]
    return sale.settled === null ? [{ kind: 'on its way to the account', amount }] : []
  })
}

const isThroughBank = ({ order }: SaleStanding): boolean =>
  order !== null && isPaymentWay(order.tender)

/** The payment of its order: nobody is charged for that one any more. */
const wasUndone = (sale: SaleStanding): boolean =>
  isThroughBank(sale) && sale.payments.at(-1)?.place === 'reversed'

/** What was paid for the order. An older order's price is not in this journal. */
const amountOf = ({ order, notes, settled }: SaleStanding): Minor | null => {
  if (order === null) return null
  if (order.state === 'reserved') return order.amount
  if (order.tender !== 'cash') return order.offered
  // The kiosk never heard of the reservation: what was settled and went nowhere else is in it.
  const elsewhere = plus(settled?.toAccount ?? nothing, settled?.toSuspense ?? nothing)
  const paid = minus(sumIn(notes, 'settled'), elsewhere)
  return paid > nothing ? paid : null
}

const fromAccount = ({ order }: SaleStanding): Minor =>
  order?.tender === 'account' ? order.offered : nothing

const heldOf = (lost: readonly NoteStanding[], suspense: Minor): Minor | null =>
  lost.some(({ value }) => value === null)
    ? null
    : plus(suspense, ...lost.map(({ value }) => value ?? nothing))

const sumIn = (notes: readonly NoteStanding[], place: NotePlace): Minor =>
  plus(...notes.map((note) => (note.place === place ? (note.value ?? nothing) : nothing)))
