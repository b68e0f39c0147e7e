// What was sold, received and settled: figures over any range, and the transactions each of them is made of.
import { z } from 'zod'
import type { Told } from './contract.ts'
import { channels, groupings, shown, tenders, type MatchResult } from './figure-names.ts'

const Day = z.iso.date()
const whole = z.coerce.number().int()

/** Of which sales; all that is left out is not asked for. `area` by its number. */
export const Chosen = z.object({
  kiosk: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  channel: z.enum(channels).optional(),
  tariff: z.string().min(1).max(60).optional(),
  area: whole.optional(),
  tender: z.enum(tenders).optional(),
})
export type Chosen = z.infer<typeof Chosen>

/** Both days are of it, by the town's calendar. No range is longer than three years. */
const inOrder = ({ from, to }: { from: string; to: string }): boolean =>
  from <= to && Date.parse(to) - Date.parse(from) < 3 * 366 * 24 * 3_600_000
const notInOrder = { error: 'must begin before it ends, and be no longer than three years' }

const range = { from: Day, to: Day }
export const RangeAsked = z.object(range).refine(inOrder, notInOrder)
export const SalesAsked = Chosen.extend({
  ...range,
  by: z.enum(groupings).default('kiosk'),
}).refine(inOrder, notInOrder)
export const HoursAsked = Chosen.extend(range).refine(inOrder, notInOrder)

export const LinesAsked = Chosen.extend({
  ...range,
  show: z.enum(shown).default('sold'),
  hour: whole.min(0).max(23).optional(),
  /** Of the last page: where the next one begins. */
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d\.\d{1,15}$/)
    .optional(),
}).refine(inOrder, notInOrder)

export const NothingAsked = z.object({})
export const DayAsked = z.object({ day: Day })
export const KioskDayAsked = z.object({ day: Day, kiosk: z.string().regex(/^\d{12}$/) })
export const MonthAsked = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) })

export const exports = ['sales', 'lines', 'received', 'boxes', 'persons', 'settlement'] as const
export const ExportAsked = Chosen.extend({
  ...range,
  what: z.enum(exports),
  by: z.enum(groupings).default('kiosk'),
  show: z.enum(shown).default('sold'),
  hour: whole.min(0).max(23).optional(),
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d\.\d{1,15}$/)
    .optional(),
}).refine(inOrder, notInOrder)

/**
 * What was delivered, less what was undone. Minor units and 0.01 kWh. Always: fees + fixed + vat + supply + levies + arrears
 * + toAccount = tendered. `vat` is all of it, that in the fixed charges too; `fixed` and `supply` are without it.
 */
export type Sold = {
  orders: number
  energy: number
  freeEnergy: number
  tendered: number
  charged: number
  fees: number
  fixed: number
  vat: number
  supply: number
  levies: number
  arrears: number
  toAccount: number
}

/** A day is closed an hour after it ended. Days that are not closed yet are counted as they stand now. */
export type Standing = {
  closedThrough: string | null
  /** Days that are over and not in the figures yet: they are being closed. 0 in the ordinary course of things. */
  behind: number
}

export type Group = {
  /** A kiosk's number, a tariff's code, an area's number, an hour, a day. Empty or `-1`: of none. */
  key: string
  /** What people call it. */
  label: string
  sold: Sold
  before: Sold
  yearBefore: Sold
}

/** What went back or came otherwise: rows of their own, never gaps. */
export type Otherwise = {
  kind: string
  postings: number
  /** Minor units that moved. */
  amount: number
}

export type Compared = {
  sold: Sold
  before: Sold
  yearBefore: Sold
  ranges: {
    before: { from: string; to: string }
    yearBefore: { from: string; to: string }
  }
}

export type DaySold = { day: string; orders: number; energy: number; tendered: number }

/** One transaction of the books. Figures as they are added up. */
export type TransactionRow = {
  posting: number
  at: number
  businessDay: string
  /** The day it belongs to, where that is another one. */
  ofDay: string | null
  kind: string
  orderNumber: string | null
  sale: string | null
  kiosk: string
  place: string
  channel: string
  tariff: string
  area: string
  tender: string
  /** What it moved, as `Otherwise` has it. */
  amount: number
  sold: Sold
}

/** Where money came in at a point of sale, and what it became: the two are equal, or there is money without a sale. */
export type ReceivedRow = {
  kiosk: string
  place: string
  cash: number
  bank: number
  fromAccount: number
  /** Of orders that are delivered, residues left out. */
  sold: number
  /** Of orders whose outcome is open: more of them than before, or fewer. */
  pending: number
  toAccount: number
  suspense: number
  /** Delivered, and the bank did not pay. */
  unpaid: number
  /** Received less what it became: 0. */
  difference: number
}

export type BoxRow = {
  exchange: string
  at: number
  kiosk: string
  place: string
  box: string
  seal: string
  state: string
  by: string
  witness: string
  /** What the kiosk's journal has in it. */
  expected: number
  /** Null: not counted there, or not yet. */
  atKiosk: number | null
  atOffice: number | null
  countedBy: string[]
  countedAt: number | null
  /** Office less journal; null before the count. */
  difference: number | null
}
export type PersonRow = {
  person: string
  boxes: number
  counted: number
  expected: number
  atOffice: number
  difference: number
  /** Boxes that differ. */
  differing: number
}

export type MatchSums = Record<MatchResult, { count: number; sum: number }>
export type SettlementDayRow = {
  day: string
  bankFile: boolean
  frontFile: boolean
  /** Null: not matched yet. */
  sums: MatchSums | null
  madeAt: number | null
}
export type OpenItem = {
  day: string
  /** Days since then. */
  age: number
  leg: 'money' | 'notes' | 'boxes'
  result: MatchResult
  why: string
  kiosk: string
  orderNumber: string
  reference: string
  amount: number
}

/** Sums of one account kind: by the reports, and by plain addition of the ledger's entries. */
export type Checked = { what: string; reported: number; ledger: number }

export type FigureQuestions = {
  'figures/overview': {
    asked: z.input<typeof NothingAsked>
    told: {
      standing: Standing
      today: { day: string; sold: Sold; hours: { hour: number; tendered: number; usual: number }[] }
      /** The middle of the last such weekdays, up to this hour and as a whole; null before there were any. */
      usual: { weekdays: number; soFar: number; wholeDay: number; orders: number } | null
      month: { month: string; sold: Sold; lastMonthSoFar: Sold; days: DaySold[] }
      open: {
        pending: { count: number; sum: number }
        suspense: { count: number; sum: number }
        settlement: { count: number; sum: number; oldest: string | null }
        boxes: { count: number; sum: number }
        unpaid: number
      }
    }
  }
  'figures/choices': {
    asked: z.input<typeof NothingAsked>
    told: {
      kiosks: { kiosk: string; place: string }[]
      channels: string[]
      tariffs: string[]
      areas: { area: number; name: string }[]
      first: string | null
      today: string
    }
  }
  'figures/sales': {
    asked: z.input<typeof SalesAsked>
    told: Compared & {
      standing: Standing
      groups: Group[]
      days: DaySold[]
      otherwise: Otherwise[]
      /** Booked on these days, and belonging to earlier ones. */
      late: { postings: number; tendered: number }
    }
  }
  'figures/hours': {
    asked: z.input<typeof HoursAsked>
    told: {
      standing: Standing
      /** `weekday` 1 is Monday. */
      cells: { weekday: number; hour: number; orders: number; tendered: number; days: number }[]
    }
  }
  'figures/lines': {
    asked: z.input<typeof LinesAsked>
    told: Told<TransactionRow> & { sold: Sold; otherwise: Otherwise[] }
  }
  'figures/received': {
    asked: z.input<typeof RangeAsked>
    told: { standing: Standing; rows: ReceivedRow[]; total: ReceivedRow }
  }
  'figures/kiosk-day': {
    asked: z.input<typeof KioskDayAsked>
    told: {
      /** X: of a day that is still open. Z: of a closed one, and the same for ever. */
      reading: 'X' | 'Z'
      closedAt: number | null
      kiosk: string
      place: string
      sold: Sold
      byTender: { tender: string; sold: Sold }[]
      received: ReceivedRow
      otherwise: Otherwise[]
      first: number | null
      last: number | null
    }
  }
  'figures/boxes': {
    asked: z.input<typeof RangeAsked>
    told: { boxes: BoxRow[]; persons: PersonRow[]; waiting: number }
  }
  'figures/settlement': {
    asked: z.input<typeof RangeAsked>
    told: { days: SettlementDayRow[]; items: OpenItem[]; left: number }
  }
  'figures/settlement-day': {
    asked: z.input<typeof DayAsked>
    told: {
      day: string
      sums: MatchSums
      items: OpenItem[]
      files: { name: string; party: string; total: number; readAt: number }[]
    }
  }
  'figures/month': {
    asked: z.input<typeof MonthAsked>
    told: Compared & {
      standing: Standing
      month: string
      isClosed: boolean
      days: DaySold[]
      byArea: Group[]
      byTariff: Group[]
      byTender: Group[]
      byChannel: Group[]
      kiosks: Group[]
      cells: { weekday: number; hour: number; orders: number; tendered: number; days: number }[]
      otherwise: Otherwise[]
      received: ReceivedRow
      boxes: { count: number; counted: number; difference: number }
      settlement: MatchSums
      checked: Checked[]
    }
  }
  'figures/export': {
    asked: z.input<typeof ExportAsked>
    /** Lines of CSV; the first part begins with the head. */
    told: { name: string; text: string; next: string | null }
  }
}
