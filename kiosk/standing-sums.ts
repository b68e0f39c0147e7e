// Pure: the sums of P5, and each sale in which they do not come out.
import { formatMoney, minor, nothing, plus, type Minor } from '../domain/money.ts'
import { isPaymentWay } from '../state-machines/sale-payment.ts'
import type { NotePlace, NoteStanding, SaleStanding } from './standing-sale.ts'
import type { Standing } from './standing.ts'

/** `tendered` is the sum of all the others. Notes whose value nobody knows are counted in `notesWithoutValue`. */
export type Sums = {
  /** Every note that was stacked, or may have been, and every payment whose payer is charged. */
  tendered: Minor
  inOrders: Minor
  toAccount: Minor
  toSuspense: Minor
  unsettled: Minor
  /** No verdict yet, none to be had, or nobody's. */
  unknown: Minor
  notesWithoutValue: number
}

export const sumsOf = (standing: Standing): Sums => {
  const sales = [...standing.sales.values()]
  const all = [...sales.flatMap((sale) => sale.notes), ...standing.strayNotes]
  const stray = sumOf(standing.strayNotes, 'unsettled', 'unknown')
  const booked = sales.map(bookedOf)
  const notes = sales.flatMap((sale) => sale.notes)
  return {
    tendered: plus(
      sumOf(all, 'moving', 'unsettled', 'in order', 'settled', 'unknown'),
      ...sales.map(chargedOf),
    ),
    inOrders: plus(...booked.map(({ inOrder }) => inOrder)),
    toAccount: plus(...booked.map(({ toAccount }) => toAccount)),
    toSuspense: plus(...booked.map(({ toSuspense }) => toSuspense)),
    unsettled: plus(sumOf(notes, 'unsettled'), ...booked.map(({ charged }) => charged)),
    unknown: plus(sumOf(notes, 'moving', 'unknown'), stray),
    notesWithoutValue: all.filter(({ value }) => value === null).length,
  }
}

/** One sentence for each sale whose notes are not where its order and its closing say (P2, P5). A sound journal has none. */
export const imbalances = (standing: Standing): string[] => [
  ...[...standing.sales.values()].flatMap(imbalancesOf),
  ...totalImbalance(sumsOf(standing)),
]

const imbalancesOf = (sale: SaleStanding): string[] => {
  const { saleId, order, notes, settled, closing } = sale
  const found: string[] = []
  const say = (what: string) => found.push(`sale ${saleId}: ${what}`)
  if (order?.tender === 'cash') {
    const offered = sumOfIds(notes, order.notes)
    if (offered !== order.offered) {
      say(`${formatMoney(order.offered)} was offered, the notes were ${formatMoney(offered)}`)
    }
    const held = plus(order.amount, order.toAccount)
    if (order.state === 'reserved' && held !== order.offered) {
      say(`of ${formatMoney(order.offered)} the order and the account got ${formatMoney(held)}`)
    }
  }
  const told = closing?.answered ? closing.notes : []
  for (const { noteId, value } of told) {
    if (!notes.some((note) => note.noteId === noteId && note.value === value)) {
      say(`note ${noteId} was told to the centre and is not in the journal`)
    }
  }
  const left = leftForOrder(sale)
  const mayHoldOrder =
    settled !== null && settled.orderNumber !== null && order !== null && order.tender !== 'account'
  if (left < 0 || (left > 0 && (!mayHoldOrder || order.state === 'reserved'))) {
    say(`of what was settled ${formatMoney(left)} is nowhere`)
  }
  return found
}

const totalImbalance = (sums: Sums): string[] => {
  const { tendered, inOrders, toAccount, toSuspense, unsettled, unknown } = sums
  const placed = plus(inOrders, toAccount, toSuspense, unsettled, unknown)
  return placed === tendered
    ? []
    : [`${formatMoney(tendered)} was tendered, ${formatMoney(placed)} is accounted for`]
}

/** Where the notes and payments of a sale went that are booked; `charged`: of its payments in no order and no closing yet. */
const bookedOf = (
  sale: SaleStanding,
): { inOrder: Minor; toAccount: Minor; toSuspense: Minor; charged: Minor } => {
  const { order, settled, returning } = sale
  const reserved = isInCash(order) ? order.state === 'reserved' : isPaidByPayment(sale)
  const held = reserved && order !== null ? order.amount : leftForOrder(sale)
  const back =
    returning?.state === 'returned' &&
    returning.orderNumber === order?.orderNumber &&
    !isGivenBack(sale)
  const remainder = reserved && order !== null ? order.toAccount : nothing
  return {
    inOrder: back ? nothing : held,
    toAccount: plus(remainder, settled?.toAccount ?? nothing, back ? held : nothing),
    toSuspense: settled?.toSuspense ?? nothing,
    charged: isPaidByPayment(sale) || settled !== null ? nothing : chargedOf(sale),
  }
}

const isInCash = (order: SaleStanding['order']): order is NonNullable<SaleStanding['order']> =>
  order?.tender === 'cash'

const chargedOf = ({ payments }: SaleStanding): Minor =>
  plus(...payments.map(({ place, amount }) => (place === 'kept' ? amount : nothing)))

/** Its order stands and was paid through a bank, which has charged the payer. */
const isPaidByPayment = (sale: SaleStanding): boolean =>
  sale.order?.state === 'reserved' &&
  isPaymentWay(sale.order.tender) &&
  chargedOf(sale) > nothing &&
  !isGivenBack(sale)

/** The order went back so that its payment could be undone. */
const isGivenBack = ({ order, returning }: SaleStanding): boolean =>
  order !== null &&
  isPaymentWay(order.tender) &&
  returning?.state === 'returned' &&
  returning.orderNumber === order.orderNumber &&
  returning.requestId !== null

/** Settled and neither in the account nor in suspense: in an order whose reservation the kiosk never heard of. */
const leftForOrder = (sale: SaleStanding): Minor => {
  const { notes, settled } = sale
  if (settled === null) return nothing
  const charged = isPaidByPayment(sale) ? nothing : chargedOf(sale)
  return minor(sumOf(notes, 'settled') + charged - settled.toAccount - settled.toSuspense)
}

const sumOf = (notes: readonly NoteStanding[], ...places: NotePlace[]): Minor =>
  plus(...notes.map(({ place, value }) => (places.includes(place) ? (value ?? nothing) : nothing)))

const sumOfIds = (notes: readonly NoteStanding[], ids: readonly string[]): Minor =>
  plus(...notes.map(({ noteId, value }) => (ids.includes(noteId) ? (value ?? nothing) : nothing)))
