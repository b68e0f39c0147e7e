// The rows of the figures: what each posting of a closed business day means, and the sums of it by day, month and hour.
import type { Transaction } from 'kysely'
import type { OrderNumber, SaleId } from '../../domain/identifiers.ts'
import type { Channel } from '../../domain/console/figure-names.ts'
import type { AccountKind } from '../ledger.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'

/**
 * What is added up. `postings` counts; `orders`, `energy`, `free_energy` (0.01 kWh), `tendered` and `charged` are of orders
 * delivered, and below zero for those undone. The others are minor units of the ledger's accounts: where money is
 * (`cash`, `bank`, `unpaid`, `transit`, `differences`, `office`, `other`) a debit is above zero, in all others, which say
 * what it became, a credit is. So the two groups are equal in every row.
 */
export const measures = [
  'postings',
  'orders',
  'energy',
  'free_energy',
  'tendered',
  'charged',
  'cash',
  'bank',
  'unpaid',
  'transit',
  'differences',
  'office',
  'other',
  'pending',
  'account',
  'suspense',
  'fees',
  'fixed',
  'vat',
  'supply',
  'levies',
  'arrears',
] as const
export type Measure = (typeof measures)[number]
export type Measured = Record<Measure, number>

/** What counts of an order that was delivered, and counts back when it was undone: all of its tender. */
export const soldMeasures = [
  'orders',
  'energy',
  'free_energy',
  'tendered',
  'charged',
  'fees',
  'fixed',
  'vat',
  'supply',
  'levies',
  'arrears',
  'account',
] as const satisfies readonly Measure[]
export type SoldMeasure = (typeof soldMeasures)[number]
/** The postings that deliver an order, and take a delivery back. */
export const soldKinds = ['order loaded', 'order undone']

/** Which column an account is added up in, and the sign of its debits there. An account of another kind is in `other`. */
const columns: Partial<Record<AccountKind, [Measure, 1 | -1]>> = {
  'kiosk cash': ['cash', 1],
  'bank payments': ['bank', 1],
  'unpaid deliveries': ['unpaid', 1],
  'cash in transit': ['transit', 1],
  'cash differences': ['differences', 1],
  'office cash': ['office', 1],
  'pending orders': ['pending', -1],
  'customer account': ['account', -1],
  suspense: ['suspense', -1],
  fees: ['fees', -1],
  'fixed charges': ['fixed', -1],
  VAT: ['vat', -1],
  energy: ['supply', -1],
  'other levies': ['levies', -1],
  arrears: ['arrears', -1],
}
const columnOfKind = new Map(Object.entries(columns))
export const columnOf = (accountKind: string): [Measure, 1 | -1] =>
  columnOfKind.get(accountKind) ?? ['other', 1]

/** By what figures are told apart. `area` -1, and text that is empty: it is of none. */
export type FigureKey = {
  /** Of the posting. */
  kind: string
  kiosk: string
  channel: Channel | ''
  tariff: string
  area: number
  tender: 'cash' | 'account' | 'bank card' | 'bank account' | ''
}

/** One posting. `of_day` is the day it belongs to: it lies before `business_day` where a journal came late. */
export type FigureLine = FigureKey &
  Measured & {
    posting: number
    business_day: string
    of_day: string
    /** Of the day it belongs to, 0 to 23, by the town's clock. */
    hour: number
    at: number
    order_number: OrderNumber | null
    sale: SaleId | null
  }

export type DayFigure = FigureKey & Measured & { business_day: string; of_day: string }
type MonthFigure = FigureKey & Measured & { month: string }

/** What figures are counted together by, one at a time; `all`: not at all. */
export const cuts = ['all', 'kiosk', 'channel', 'tariff', 'area', 'tender'] as const
export type Cut = (typeof cuts)[number]
/** Of a day, or of the days of a month that are closed. */
type CutFigure = Measured & {
  span: 'day' | 'month'
  cut: Cut
  period: string
  value: string
  kind: string
}

/** What is bought in which hour: of everything (`all`), or of one channel, tariff, area or tender. */
export const hourCuts = ['channel', 'tariff', 'area', 'tender'] as const
export type HourCut = (typeof hourCuts)[number]
type HourFigure = Record<SoldMeasure, number> & {
  business_day: string
  cut: HourCut | 'all'
  value: string
  hour: number
}

/** A closed day is never made again. `seen`: the last posting of the books when it was closed. */
export type ClosedDay = {
  business_day: string
  seen: number
  closed_at: number
  postings: number
  /** Of these, the ones that belong to days that were closed before. */
  late: number
}

/** All entries of one kind of account on a closed day, added up by themselves: the figures have to come to the same. */
type LedgerSum = { business_day: string; account_kind: string; amount: number }

/** How a business date matched when it was last looked at; `lines` by result as JSON. */
export type DayMatch = {
  business_date: string
  made_at: number
  /** Files of bank and front machine it was made with. */
  files: number
  matched: number
  matched_sum: number
  long: number
  long_sum: number
  short: number
  short_sum: number
  open: number
  open_sum: number
}

/** What of a business date did not match. */
export type MatchItem = {
  business_date: string
  item: number
  leg: 'money' | 'notes' | 'boxes'
  result: 'long' | 'short' | 'open'
  why: string
  kiosk: string
  order_number: string
  reference: string
  amount: number
}

export type FigureTables = Tables & {
  figure_lines: FigureLine
  day_figures: DayFigure
  month_figures: MonthFigure
  cut_figures: CutFigure
  hour_figures: HourFigure
  closed_days: ClosedDay
  ledger_sums: LedgerSum
  day_matches: DayMatch
  match_items: MatchItem
}

export type FigureWork = Transaction<FigureTables>
export const withFigures = (work: Work): FigureWork => work.withTables<FigureTables>()
export const readingFigures = (read: Reading) => read.withTables<FigureTables>()
export type FigureReading = ReturnType<typeof readingFigures>
