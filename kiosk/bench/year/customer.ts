// A home as the books know it from one sale to the next, and what its meter has to tell.
import { energy, type Energy } from '../../../domain/energy.ts'
import type { WriteBack } from '../../../domain/power-card/write-back.ts'
import type { Row } from './books.ts'
import type { Home } from './homes.ts'
import type { Chip } from './looks.ts'
import { sealedBytes } from './meter.ts'

/** A home's side of its sales: what the books know of it from one to the next. */
export type Customer = {
  home: Home
  /** What the meter last wrote on the card and no kiosk has read yet. */
  news: News | null
  /** The last write-back that was kept, and the energy of each count since. */
  lastBack: News | null
  credits: Map<number, number>
  chip: Chip
  /** The last order, while it may still change. */
  order: Row<'orders'> | null
  /** Sold in the running period of the ladder. */
  sold: { since: string; energy: Energy }
  life: Life
  /** Something was planted in it. */
  planted: boolean
}

export type News = Omit<Row<'write_backs'>, 'write_back' | 'look' | 'at'>

/** What is odd about a home. */
export type Life = {
  /** Nobody buys here from then on. */
  goneFrom: number
  /** What is bought from then on stays on the card. */
  unreadFrom: number
  /** A copy of the card is at another kiosk during the first visit after each of these. */
  copied: number[]
  /** The office has not decided, and does not. */
  inquiryStays: boolean
  /** The card is not at home. */
  isOut: boolean
  /** What was planned for an earlier turn does not happen any more. */
  turn: number
}

/** What the meter has just written, ready to be read at the next kiosk. */
export const newsOf = ({ meter, binding, card }: Home, back: WriteBack): News => ({
  binding: binding.binding,
  meter_time: back.time * 1000,
  result: back.result,
  count: back.count,
  remaining: energy(back.remaining),
  overdraft_used: back.overdraftUsed,
  total_credited: back.totalCredited,
  total_used: back.totalUsed,
  used_this_month: back.usedThisMonth,
  used_last_month: back.usedLastMonth,
  illegal_insertions: back.illegalInsertions,
  tamper_events:
    back.coverOpenings +
    back.terminalCoverOpenings +
    back.magneticFieldEvents +
    back.reverseEnergyEvents,
  bytes: sealedBytes(meter, card.serial, back),
})
