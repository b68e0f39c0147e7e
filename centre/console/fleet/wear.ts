// Pure: whether a device wears out, from what its kiosk counted day by day. Wear shows long before anything fails.
import { wearKinds, type WearKind } from '../../../domain/console/fleet-words.ts'
import { never } from '../../../domain/never.ts'
import type { DayTold, Wear } from '../../../domain/console/fleet.ts'
import type { FleetDays } from '../../fleet/fleet-tables.ts'

/** The last week is held against the four weeks before it. */
export const recentDays = 7
export const beforeDays = 28

export type Counts = Pick<
  FleetDays,
  'notes' | 'rejects' | 'line_errors' | 'retries' | 'connections' | 'faults'
>

/** How often something happened, and in how many tries: notes presented, or days. */
type Measured = { count: number; outOf: number }

const measured = (kind: WearKind, days: readonly Counts[], span: number): Measured => {
  const sum = (of: (day: Counts) => number): number => days.reduce((so, day) => so + of(day), 0)
  switch (kind) {
    case 'rejects':
      return { count: sum((it) => it.rejects), outOf: sum((it) => it.notes + it.rejects) / 100 }
    case 'broken':
      return { count: sum((it) => it.line_errors), outOf: span }
    case 'again':
      return { count: sum((it) => it.retries), outOf: span }
    case 'connections':
      return { count: sum((it) => it.connections), outOf: span }
    case 'faults':
      return { count: sum((it) => it.faults), outOf: span }
    default:
      return never(kind)
  }
}

/** Below these nobody is sent, however fast they have grown: per 100 notes, or per day. */
const least: Record<WearKind, number> = {
  rejects: 6,
  broken: 10,
  again: 5,
  connections: 3,
  faults: 0.7,
}
/** So few notes say nothing of an acceptor. */
const fewestNotes = 0.5

const rate = ({ count, outOf }: Measured, enough = 0): number | null =>
  outOf > enough ? count / outOf : null

/** `recent`, `before`: the days there are of this kiosk; `fleet`: of all kiosks in the last week, and how many kiosk days. */
export const wearOf = (of: {
  recent: readonly Counts[]
  before: readonly Counts[]
  knownBefore: number
  fleet: Counts
  fleetDays: number
}): Wear[] =>
  wearKinds.map((kind) => {
    const enough = kind === 'rejects' ? fewestNotes : 0
    const now = measured(kind, of.recent, recentDays)
    const then = measured(kind, of.before, of.knownBefore)
    const recent = rate(now, enough)
    const before = rate(then, enough)
    const fleet = rate(measured(kind, [of.fleet], of.fleetDays), enough)
    return { kind, recent, before, fleet, judged: judged({ kind, now, recent, before, fleet }) }
  })

const judged = (of: {
  kind: WearKind
  now: Measured
  recent: number | null
  before: number | null
  fleet: number | null
}): Wear['judged'] => {
  const { kind, now, recent, before, fleet } = of
  if (recent === null || (before === null && fleet === null)) return 'unknown'
  if (recent < least[kind]) return 'well'
  const grown = before !== null && isAbove(now, before, { times: 2, deviations: 3 })
  const stands = fleet !== null && isAbove(now, fleet, { times: 3, deviations: 4 })
  if (grown || stands) return 'bad'
  const grows = before !== null && isAbove(now, before, { times: 1.5, deviations: 2 })
  return grows ? 'rising' : 'well'
}

/** Clearly more than would have been at that rate: chance makes the root of a count of difference. */
const isAbove = (
  { count, outOf }: Measured,
  usual: number,
  { times, deviations }: { times: number; deviations: number },
): boolean => {
  const expected = usual * outOf
  return (
    count > times * expected && count - expected > deviations * Math.sqrt(Math.max(1, expected))
  )
}

/** So few presented notes make no rate. */
const fewestPresented = 20

/** `week`: the seven days that end with this one: a kiosk with few notes a day has a rate all the same. */
export const dayTold = (day: FleetDays, week: readonly FleetDays[]): DayTold => {
  const rejects = week.reduce((sum, it) => sum + it.rejects, 0)
  const presented = week.reduce((sum, it) => sum + it.notes + it.rejects, 0)
  return {
    day: day.day,
    notes: day.notes,
    rejectsPer100: presented < fewestPresented ? null : (100 * rejects) / presented,
    receipts: day.receipts,
    broken: day.line_errors,
    again: day.retries,
    connections: day.connections,
    faults: day.faults,
  }
}
