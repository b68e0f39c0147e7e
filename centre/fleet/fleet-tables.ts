// The rows of the fleet, and a transaction that sees them beside those of the centre.
import type { Transaction } from 'kysely'
import type { KioskNumber } from '../../domain/identifiers.ts'
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import type { Numbered } from '../../domain/fleet/topics.ts'
import type { ServiceWord } from '../../domain/fleet/words.ts'
import type { Minor } from '../../domain/money.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'

/** How a kiosk stands. Moments are the centre's own, in ms since 1970; `bd` counts the connections of the kiosk. */
export type FleetKiosks = {
  kiosk: KioskNumber
  bd: number
  st: 'online' | 'offline'
  st_since: number
  why: string
  /** When it last said anything that was not kept by the broker for us. */
  heard_at: number
  /** BirthMessage as JSON, and the connection that told it. */
  birth: string | null
  birth_bd: number
  /** Of the last birth and the one before it that differed, as JSON; and when they changed. */
  serials: string | null
  serials_before: string | null
  serials_changed_at: number | null
  /** HeartbeatMessage as JSON. */
  heartbeat: string | null
  /** Seconds between its heartbeats. */
  every: number
  /** Heartbeats in a row with something wedged; below 0, without. */
  wedged: number
  /** The highest number of each topic that is here without a gap. */
  ev: number
  res: number
  /** Since when a number is missing below one that is here. */
  gap_since: number | null
  /** Messages that were none. */
  unreadable: number
  /** The last connections, as JSON `[moment, bd][]`. */
  connections: string
  /** A line of its journal that is not here, and since when it was seen to be there. */
  behind_head: number | null
  behind_since: number | null
  /** Since when somebody is there on a visit. */
  visit_since: number | null
  /** Of the last heartbeat: whether customers can buy; null where none was ever heard. */
  svc: ServiceWord | null
  /** Of the last birth: which program runs there. */
  version: string | null
}

type FleetRecords = {
  kiosk: KioskNumber
  topic: Numbered
  seq: number
  id: string
  at: number
  /** The message as JSON. */
  content: string
}

/** `kiosk`: null for what is of the centre itself. */
export type Alerts = {
  alert: number
  kiosk: KioskNumber | null
  device: string
  code: string
  severity: number
  raised_at: number
  last_seen: number
  /** 0: cleared without ever having been raised. */
  count: number
  cleared_at: number | null
  cleared_by: string | null
  acknowledged_at: number | null
  acknowledged_by: string | null
  /** When people were last told that it stands, and that it is over. */
  told_at: number | null
  told_over_at: number | null
}

/** The history of each alert, line by line. */
export type AlertChanges = {
  change: number
  alert: number
  at: number
  what: 'raised' | 'cleared' | 'acknowledged'
  by: string | null
  /** Why, in the words of whoever did it. */
  note: string | null
}

/** What waits to be delivered, or was. `id`: by which who gets it knows one that comes twice. */
export type AlertNotices = {
  notice: number
  id: string
  channel: 'webhook' | 'mail'
  at: number
  /** Notice as JSON. */
  content: string
  tries: number
  next_at: number
  sent_at: number | null
  /** Who was to have it never takes it: it is not sent any more. */
  set_aside_at: number | null
}

/**
 * One kiosk on one day of the town, `YYYY-MM-DD`: what it did and what wore on it. `notes` went into the box, `taken` is their
 * value, `rejects` the acceptor refused itself; `receipts` were printed; `line_errors` are frames of any device that came
 * broken, `retries` questions that were asked again; `connections` to the broker; `faults` raised.
 */
export type FleetDays = {
  kiosk: KioskNumber
  day: string
  notes: number
  taken: Minor
  rejects: number
  receipts: number
  line_errors: number
  retries: number
  connections: number
  faults: number
  /** The acceptor that was last compared with the journal, and what it had refused in all its life then. */
  unit: string | null
  unit_rejected: number | null
}

/** The line of a kiosk came or went. */
export type FleetLines = {
  kiosk: KioskNumber
  at: number
  bd: number
  st: 'online' | 'offline'
  why: string
}

export type FleetTables = Tables & {
  fleet_days: FleetDays
  fleet_lines: FleetLines
  fleet_kiosks: FleetKiosks
  fleet_records: FleetRecords
  alerts: Alerts
  alert_changes: AlertChanges
  alert_notices: AlertNotices
}

export type FleetWork = Transaction<FleetTables>

export const withFleet = (work: Work): FleetWork => work.withTables<FleetTables>()

export const readingFleet = (read: Reading) => read.withTables<FleetTables>()

/** `now` in ms since 1970, the same throughout the message; days are of the town's zone. */
export type FleetTurn = { work: FleetWork; now: number; timeZone: string; kiosk: KioskNumber }

/** The row of this kiosk; a first one when there was none. */
export const rowOf = async ({
  work,
  now,
  kiosk,
}: Pick<FleetTurn, 'work' | 'now' | 'kiosk'>): Promise<FleetKiosks> => {
  const found = await work
    .selectFrom('fleet_kiosks')
    .selectAll()
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()
  if (found !== undefined) return found
  const row: FleetKiosks = {
    kiosk,
    bd: 0,
    st: 'offline',
    st_since: now,
    why: '',
    heard_at: now,
    birth: null,
    birth_bd: 0,
    serials: null,
    serials_before: null,
    serials_changed_at: null,
    heartbeat: null,
    every: heartbeatSeconds.usual,
    wedged: 0,
    ev: 0,
    res: 0,
    gap_since: null,
    unreadable: 0,
    connections: '[]',
    behind_head: null,
    behind_since: null,
    visit_since: null,
    svc: null,
    version: null,
  }
  await work.insertInto('fleet_kiosks').values(row).execute()
  return row
}

export const changeRow = async (
  { work, kiosk }: Pick<FleetTurn, 'work' | 'kiosk'>,
  change: Partial<FleetKiosks>,
): Promise<void> => {
  await work.updateTable('fleet_kiosks').set(change).where('kiosk', '=', kiosk).execute()
}
