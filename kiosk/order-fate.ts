// Pure: what has become of the order of a sale, as far as the journal knows.
import type { OrderNumber } from '../domain/identifiers.ts'
import type { OrderState } from '../domain/order.ts'
import type { SaleStanding } from './standing-sale.ts'

/**
 * - `none`: there is no order, or none was made
 * - `asked for`: nobody knows yet whether it was made; no card was touched for it
 * - `on the card`: proven there, or in the meter
 * - `back`: its money is in the account again
 * - `not on the card`: proven not to be there, and open: the card finishes or returns it at any kiosk
 * - `card decides`: its writing was begun, and nobody can say before the card is seen again
 */
export type OrderFate =
  | 'none'
  | 'asked for'
  | 'on the card'
  | 'back'
  | 'not on the card'
  | 'card decides'

/** The order a sale is about: its own, or the older one it was to finish or return. */
export const orderNumberOf = ({
  order,
  settled,
  card,
  returning,
}: SaleStanding): OrderNumber | null =>
  order?.orderNumber ?? settled?.orderNumber ?? card?.orderNumber ?? returning?.orderNumber ?? null

export const fateOf = (sale: SaleStanding): OrderFate => {
  const { order, card, undoing, returning, settled } = sale
  const state = settled?.orderState ?? null
  if (undoing?.state === 'undone' || state === 'UNDONE') return 'back'
  if (undoing !== null && returning?.state === 'returned') return 'back'
  // Loaded as far as the centre knows, until the card shows which it is.
  if (undoing?.state === 'asked' || undoing?.state === 'unknown') return 'card decides'
  if (card?.state === 'written' || isDelivered(state)) return 'on the card'
  if (returning?.state === 'returned' || isBack(state)) return 'back'
  if (card?.state === 'writing' || card?.state === 'unknown') {
    return state === 'NOT_LOADED_RETRY' ? 'not on the card' : 'card decides'
  }
  if (card !== null || returning !== null) return 'not on the card'
  if (order === null || order.state === 'refused') return 'none'
  if (order.state === 'reserved') return 'not on the card'
  if (settled === null) return 'asked for'
  return settled.orderNumber === null ? 'none' : 'not on the card'
}

export const isDelivered = (state: OrderState | null): boolean =>
  state === 'LOADED' || state === 'METER_CREDITED'

export const isBack = (state: OrderState | null): boolean =>
  state === 'RETURNED_TO_ACCOUNT' || state === 'UNDONE' || state === 'EXPIRED'
