// The rows of what the office has changed: cards to be written, meters exchanged, the history, tariffs in the making.
import type { Transaction } from 'kysely'
import type { ChangeKind } from '../../../domain/console/customers.ts'
import type { Energy } from '../../../domain/energy.ts'
import type { CardSerial, CustomerNumber, OrderNumber } from '../../../domain/identifiers.ts'
import type { Reading, Work } from '../../store.ts'
import type { ConsoleTables } from '../console-tables.ts'

/** A chip that a desk is to write (power-card.md 12.1, 12.2). Written once. */
export type CardOrders = {
  serial: CardSerial
  binding: string
  replaces: CardSerial | null
  kind: 'replacement' | 'opening'
  issue_number: number
  count: number
  order_number: OrderNumber
  /** 60 bytes as hex. */
  ef01: string
  at: number
  proposed_by: string
  approved_by: string
}

/** A binding that has ended, and the one that followed (12.3). Written once. */
export type MeterChanges = {
  ended: string
  begun: string
  at: number
  /** What was in the old meter, and on its card and not in the meter. */
  remaining: Energy
  unread: Energy
}

/** Written once. */
export type CustomerChanges = {
  change: number
  customer: CustomerNumber
  at: number
  who: string
  second: string | null
  what: ChangeKind
  about: string
  /** Field by field, as JSON. */
  before: string | null
  after: string | null
  why: string
}

export type TariffDrafts = {
  draft: string
  code: string
  valid_from: string
  /** A Tariff as JSON. */
  rules: string
  made_by: string
  made_at: number
  state: 'draft' | 'taken'
  approved_by: string | null
  taken_at: number | null
  why: string | null
}

export type OfficeTables = ConsoleTables & {
  card_orders: CardOrders
  meter_changes: MeterChanges
  customer_changes: CustomerChanges
  tariff_drafts: TariffDrafts
}

export const withOffice = (work: Work): Transaction<OfficeTables> => work.withTables<OfficeTables>()
export const readingOffice = (read: Reading) => read.withTables<OfficeTables>()
