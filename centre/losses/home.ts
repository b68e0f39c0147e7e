// One meter as the books have it: what was bought for it, what it said of itself, where its card has been.
import type { Tables } from '../tables.ts'

export type Purchase = Pick<
  Tables['orders'],
  'order_number' | 'count' | 'state' | 'charged' | 'business_day' | 'created_at' | 'loaded_at'
> & {
  /** Free units too, 0.01 kWh. */
  energy: number
}

export type WriteBack = Pick<
  Tables['write_backs'],
  | 'write_back'
  | 'at'
  | 'meter_time'
  | 'count'
  | 'remaining'
  | 'overdraft_used'
  | 'total_credited'
  | 'total_used'
  | 'illegal_insertions'
  | 'tamper_events'
>

export type CardVisit = Pick<
  Tables['insertions'],
  'insertion' | 'kiosk' | 'serial' | 'begun_at' | 'ended_at' | 'verdict'
>

export type Home = {
  binding: Pick<
    Tables['bindings'],
    | 'binding'
    | 'customer'
    | 'meter'
    | 'tariff'
    | 'area'
    | 'credited'
    | 'overdraft_limit'
    | 'opening_period'
  >
  /** Nothing is sold to a blocked customer, nor for a binding none of whose cards is in use. */
  mayBuy: boolean
  /** Another meter has taken its place: what was bought and not in this one came with the purchases of that one. */
  ended: boolean
  cards: readonly Pick<Tables['cards'], 'serial' | 'count' | 'status'>[]
  /** Orders whose script has left the centre and that were not taken back, the lower count first. */
  purchases: readonly Purchase[]
  /** Of the time before these books. */
  earlier: readonly Pick<Tables['earlier_purchases'], 'count' | 'energy' | 'at'>[]
  /** As they came here. */
  writeBacks: readonly WriteBack[]
  /** The earlier first. */
  visits: readonly CardVisit[]
  alarms: readonly Pick<Tables['alarms'], 'alarm' | 'at' | 'kind'>[]
}

/** Energy of a purchase that certainly or probably is with the customer: every state but those that gave it back. */
export const soldStates = [
  'LOADED',
  'METER_CREDITED',
  'UNKNOWN',
  'NOT_LOADED_RETRY',
  'AWAIT_WRITE',
] as const

export const energyOf = (purchases: readonly { energy: number }[]): number =>
  purchases.reduce((sum, { energy }) => sum + energy, 0)
