// The rows of findings, their history, the tasks on site, and a transaction that sees them beside those of the centre.
import type { Transaction } from 'kysely'
import type {
  InnocentReason,
  LossHistoryLine,
  LossPattern,
  LossState,
  TaskResult,
} from '../../domain/console/losses.ts'
import type { CustomerNumber, KioskNumber, MeterNumber } from '../../domain/identifiers.ts'
import type { Minor } from '../../domain/money.ts'
import type { Reading, Work } from '../store.ts'
import type { Tables } from '../tables.ts'

/** One case from its first sight to its end; the same fingerprint later is another episode. Days are of the town. */
type LossFindings = {
  finding: number
  /** Pattern and whom it is about. */
  fingerprint: string
  episode: number
  pattern: LossPattern
  binding: string | null
  customer: CustomerNumber | null
  meter: MeterNumber | null
  kiosk: KioskNumber | null
  person: string | null
  area: number | null
  since: string
  first_day: string
  last_day: string
  /** The run that saw it last. */
  last_run: number
  score: number
  loss: Minor
  likely: Minor
  /** LossWhy as JSON. */
  why: string
  /** EvidenceKeys as JSON. */
  evidence: string
  /** The newest row of the evidence; sorts as text. */
  through: string
  /** Key of `loss_neighbours`. */
  neighbours: string | null
  state: LossState
  holds: number
  /** `through` at the time somebody judged it. */
  judged_through: string | null
  reason: InnocentReason | null
}

type LossHistory = {
  finding: number
  step: number
  at: number
  what: LossHistoryLine['what']
  by_whom: string | null
  note: string
}

type LossTasks = {
  task: number
  finding: number
  ordered_at: number
  ordered_by: string
  due: string
  /** FieldCheck[] as JSON. */
  checks: string
  note: string
  result: TaskResult | 'withdrawn' | null
  reason: InnocentReason | null
  result_note: string | null
  answered_at: number | null
  answered_by: string | null
}

/** One look at all the books as they were at the end of `day`. */
type LossRuns = {
  run: number
  day: string
  begun_at: number
  ended_at: number | null
  done: number
  total: number
  found: number
  /** UnreadAges as JSON. */
  unread: string
}

/** What a group of neighbours bought in a month, in 0.01 kWh: nine of ten lie between `least` and `most`. */
type LossNeighbours = {
  neighbours: string
  month: string
  homes: number
  least: number
  middle: number
  most: number
}

export type LossesTables = Tables & {
  loss_findings: LossFindings
  loss_history: LossHistory
  loss_tasks: LossTasks
  loss_runs: LossRuns
  loss_neighbours: LossNeighbours
}

export type FindingRow = LossFindings
export type TaskRow = LossTasks
export type RunRow = LossRuns
export type NeighboursRow = LossNeighbours

export type LossesWork = Transaction<LossesTables>

export const withLosses = (work: Work): LossesWork => work.withTables<LossesTables>()
export const readingLosses = (read: Reading) => read.withTables<LossesTables>()
export type LossesReading = ReturnType<typeof readingLosses>
