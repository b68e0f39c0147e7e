// One purchase as the centre knows it, and the states it can be in (power-card.md 8.5).
import { z } from 'zod'
import { OrderNumber, SaleId } from './identifiers.ts'
import { EnergyAmount, Money } from './schema.ts'

export const orderStates = [
  'QUOTED',
  'FUNDED',
  'AWAIT_WRITE',
  'UNKNOWN',
  'NOT_LOADED_RETRY',
  'LOADED',
  'METER_CREDITED',
  'UNDONE',
  'RETURNED_TO_ACCOUNT',
  'EXPIRED',
  'SUSPECT',
] as const
export const OrderState = z.enum(orderStates)
export type OrderState = z.infer<typeof OrderState>

/** What a kiosk needs to know of an order. */
export const OrderSummary = z.object({
  orderNumber: OrderNumber,
  saleId: SaleId,
  state: OrderState,
  /** The purchase count it was given. */
  count: z.int().nonnegative(),
  /** What was paid for the whole order. */
  tender: Money,
  /** What the energy cost; the rest of the tender went to fees, arrears and the account. */
  charged: Money,
  /** All energy that goes on the card, free units included. */
  energy: EnergyAmount,
})
export type OrderSummary = z.infer<typeof OrderSummary>
