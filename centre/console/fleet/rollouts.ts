// Rollouts as the console shows them, started and stopped there.
import { z } from 'zod'
import type {
  RolloutRow,
  RolloutStart,
  RolloutStop,
  RolloutTold,
} from '../../../domain/console/fleet-commands.ts'
import type { CommandState } from '../../fleet/commands/command-tables.ts'
import { endRollout } from '../../fleet/rollouts/advancing.ts'
import {
  readingRollouts,
  withRollouts,
  type FleetRollouts,
} from '../../fleet/rollouts/rollout-tables.ts'
import { startRollout } from '../../fleet/rollouts/starting.ts'
import type { Reading } from '../../store.ts'
import { refusedAs, told, type Doing, type Told } from '../asking.ts'
import { named } from '../lines.ts'
import { keyOf, nameOf, newUlid } from './commands.ts'

const mostListed = 50
/** Kiosks of a rollout that are named, those that need looking at first. */
const mostNamed = 200

export const listRollouts = async (read: Reading): Promise<RolloutRow[]> => {
  const rows = await readingRollouts(read)
    .selectFrom('fleet_rollouts')
    .selectAll()
    .orderBy('rollout', 'desc')
    .limit(mostListed)
    .execute()
  if (rows.length === 0) return []
  const counts = await countsOf(
    read,
    rows.map(({ rollout }) => rollout),
  )
  return rows.map((row) =>
    rowTold(
      row,
      counts.filter(({ rollout }) => rollout === row.rollout),
    ),
  )
}

type Count = Awaited<ReturnType<typeof countsOf>>[number]

/** How many kiosks of each stage stand how. */
const countsOf = (read: Reading, rollouts: readonly string[]) =>
  readingRollouts(read)
    .selectFrom('fleet_rollout_kiosks')
    .leftJoin('fleet_commands', 'fleet_commands.command', 'fleet_rollout_kiosks.command')
    .select(({ fn }) => ['rollout', 'stage', 'st', fn.countAll<number>().as('kiosks')])
    .where('rollout', 'in', rollouts)
    .groupBy(['rollout', 'stage', 'st'])
    .execute()

const rowTold = (row: FleetRollouts, counts: readonly Count[]): RolloutRow => ({
  rollout: row.rollout,
  what: row.what,
  by: row.started_by,
  at: row.started_at,
  state: row.state,
  stage: row.stage,
  endedAt: row.ended_at,
  kiosks: sumOf(counts, () => true),
  done: sumOf(counts, (st) => st === 'done'),
})

const sumOf = (counts: readonly Count[], which: (st: CommandState | null) => boolean): number =>
  counts.filter(({ st }) => which(st)).reduce((sum, { kiosks }) => sum + kiosks, 0)

const isWaiting = (st: CommandState | null): boolean =>
  st === 'ordered' || st === 'accepted' || st === 'waiting' || st === 'running'
const isFailed = (st: CommandState | null): boolean =>
  st !== null && st !== 'done' && !isWaiting(st)

export const rolloutTold = async (read: Reading, rollout: string): Promise<Told<RolloutTold>> => {
  const row = await rolloutOf(read, rollout)
  if (row === undefined) return refusedAs(404, 'no such rollout')
  const counts = await countsOf(read, [rollout])
  const stages = [1, 2, 3].map((stage) => {
    const here = counts.filter((each) => each.stage === stage)
    return {
      stage,
      kiosks: sumOf(here, () => true),
      released: sumOf(here, (st) => st !== null),
      done: sumOf(here, (st) => st === 'done'),
      waiting: sumOf(here, isWaiting),
      failed: sumOf(here, isFailed),
    }
  })
  const rows = await kiosksOf(read, rollout)
  const base = rowTold(row, counts)
  return told({
    ...base,
    until: rows[0]?.exp ?? row.started_at,
    watchMinutes: Math.round(row.watch_ms / 60_000),
    stageSince: row.stage_since,
    endedBy: row.ended_by,
    why: row.why === null ? null : RolloutEnd.parse(JSON.parse(row.why)),
    stages,
    rows: rows.map(({ kiosk, place, stage, released_at, st, code, command }) => ({
      kiosk,
      place,
      stage,
      releasedAt: released_at,
      st,
      code,
      command,
    })),
    more: Math.max(0, base.kiosks - rows.length),
  })
}

/** As it stands in a row that this centre has written. */
const RolloutEnd = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    kiosk: z.string(),
    st: z.string(),
    code: z.string().nullable(),
  }),
  z.object({ kind: z.literal('fault'), kiosk: z.string(), device: z.string(), code: z.string() }),
  z.object({ kind: z.literal('person'), note: z.string() }),
  z.object({ kind: z.literal('time') }),
])

const rolloutOf = (read: Reading, rollout: string) =>
  readingRollouts(read)
    .selectFrom('fleet_rollouts')
    .selectAll()
    .where('rollout', '=', rollout)
    .executeTakeFirst()

const kiosksOf = (read: Reading, rollout: string) =>
  readingRollouts(read)
    .selectFrom('fleet_rollout_kiosks')
    .innerJoin('kiosks', 'kiosks.kiosk', 'fleet_rollout_kiosks.kiosk')
    .leftJoin('fleet_commands', 'fleet_commands.command', 'fleet_rollout_kiosks.command')
    .select(['fleet_rollout_kiosks.kiosk', 'kiosks.place', 'stage', 'released_at', 'st', 'code'])
    .select(['fleet_rollout_kiosks.command', 'fleet_rollout_kiosks.exp'])
    .where('rollout', '=', rollout)
    .orderBy('stage')
    .orderBy('fleet_rollout_kiosks.kiosk')
    .limit(mostNamed)
    .execute()

export const beginRollout = async (
  doing: Doing,
  { what, config, kiosks, watchMinutes }: z.output<typeof RolloutStart>,
): Promise<Told<{ rollout: string }>> => {
  const key = keyOf(doing.config)
  if ('refusal' in key) return key
  const rollout = newUlid(doing.now)
  const started = await startRollout(
    { work: withRollouts(doing.work), now: doing.now, newId: () => newUlid(doing.now) },
    { rollout, what, by: nameOf(doing), config, kiosks, watchMs: watchMinutes * 60_000 },
    key,
  )
  return started.kind === 'problem'
    ? refusedAs(409, 'rollout cannot begin', { why: named(started.problem) })
    : told({ rollout })
}

export const stopRollout = async (
  doing: Doing,
  { rollout, note }: z.output<typeof RolloutStop>,
): Promise<Told<RolloutTold>> => {
  const row = await rolloutOf(doing.work, rollout)
  if (row === undefined) return refusedAs(404, 'no such rollout')
  if (row.state !== 'running') return refusedAs(409, 'rollout is over')
  const why = { kind: 'person', note } as const
  await endRollout({ work: withRollouts(doing.work), now: doing.now }, row, {
    state: 'stopped',
    by: nameOf(doing),
    why,
  })
  return rolloutTold(doing.work, rollout)
}
