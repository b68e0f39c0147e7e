// A finding as the pages show it: its row, and where it is.
import { z } from 'zod'
import type { LossRow, LossRun, LossWhy } from '../../../domain/console/losses.ts'
import type { FindingRow, LossesReading, RunRow } from '../../losses/losses-tables.ts'

/** What this centre itself has written is trusted to be what it wrote. */
const Why = z.custom<LossWhy>((value) => typeof value === 'object' && value !== null)

export const whyOf = (row: Pick<FindingRow, 'why'>): LossWhy => Why.parse(JSON.parse(row.why))

/** Findings with the place they are at. */
export const findings = (read: LossesReading) =>
  read
    .selectFrom('loss_findings')
    .leftJoin('customers', 'customers.customer', 'loss_findings.customer')
    .leftJoin('kiosks', 'kiosks.kiosk', 'loss_findings.kiosk')
    .leftJoin('areas', 'areas.area', 'loss_findings.area')
    .selectAll('loss_findings')
    .select([
      'customers.address',
      'customers.short_name as shortName',
      'kiosks.place as kioskPlace',
      'areas.name as areaName',
    ])

type Placed = FindingRow & {
  address: string | null
  shortName: string | null
  kioskPlace: string | null
  areaName: string | null
}

export const lossRowOf = (row: Placed): LossRow => ({
  finding: row.finding,
  pattern: row.pattern,
  state: row.state,
  holds: row.holds === 1,
  since: row.since,
  firstSeen: row.first_day,
  score: row.score,
  loss: row.loss,
  likely: row.likely,
  customer: row.customer,
  meter: row.meter,
  kiosk: row.kiosk,
  person: row.person,
  area: row.area,
  areaName: row.areaName,
  place: row.address ?? row.kioskPlace,
  why: whyOf(row),
})

/** The newest look at the books: how far it is, or when it was over. */
export const newestRun = async (read: LossesReading): Promise<RunRow | undefined> =>
  read.selectFrom('loss_runs').selectAll().orderBy('run', 'desc').limit(1).executeTakeFirst()

export const lossRunOf = (row: RunRow | undefined): LossRun | null =>
  row === undefined
    ? null
    : {
        day: row.day,
        begunAt: row.begun_at,
        endedAt: row.ended_at,
        done: row.done,
        total: row.total,
        found: row.found,
      }
