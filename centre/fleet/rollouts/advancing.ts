// Rollouts go on by themselves, look by look: a stage goes out, is watched, and the next one begins, or nothing does any more.
import type { StageFlaw } from '../../../domain/console/fleet-commands.ts'
import { needOf } from '../../alerts/needs.ts'
import type { Store } from '../../store.ts'
import type { CommandState } from '../commands/command-tables.ts'
import {
  readingRollouts,
  withRollouts,
  type FleetRollouts,
  type RolloutEnd,
  type RolloutWork,
} from './rollout-tables.ts'
import { stagesOf } from './starting.ts'

/** A warning counts: what is worse than routine was not there before. */
const flawFrom = 2

/** With nothing under way it writes nothing. */
export const advanceRollouts = async ({
  store,
  now,
}: {
  store: Store
  now: number
}): Promise<void> => {
  const running = await readingRollouts(store.read)
    .selectFrom('fleet_rollouts')
    .select('rollout')
    .where('state', '=', 'running')
    .execute()
  for (const { rollout } of running) {
    await store.transact((work) => advance({ work: withRollouts(work), now }, rollout))
  }
}

type Office = { work: RolloutWork; now: number }

const advance = async (office: Office, rollout: string): Promise<void> => {
  const { work, now } = office
  const row = await work
    .selectFrom('fleet_rollouts')
    .selectAll()
    .where('rollout', '=', rollout)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (row === undefined) return
  const flaw = (await badAnswer(work, rollout)) ?? (await newFault(work, rollout))
  if (flaw !== null) return endRollout(office, row, { state: 'stopped', by: null, why: flaw })
  const stage = await stageNow(work, row)
  if (stage.waiting.length > 0) return release(office, row, stage.waiting)
  if (stage.open > 0 || now - Math.max(stage.lastEnd, row.stage_since) < row.watch_ms) return
  if (row.stage === stagesOf) return endRollout(office, row, { state: 'done', by: null, why: null })
  await change(work, rollout, { stage: row.stage + 1, stage_since: now })
}

const bad: readonly CommandState[] = [
  'failed',
  'refused',
  'expired',
  'obsolete',
  'unanswered',
  'unknown',
]

const badAnswer = async (work: RolloutWork, rollout: string): Promise<StageFlaw | null> => {
  const found = await work
    .selectFrom('fleet_rollout_kiosks')
    .innerJoin('fleet_commands', 'fleet_commands.command', 'fleet_rollout_kiosks.command')
    .select(['fleet_commands.kiosk', 'st', 'code'])
    .where('rollout', '=', rollout)
    .where('st', 'in', bad)
    .orderBy('changed_at')
    .limit(1)
    .executeTakeFirst()
  return found === undefined ? null : { kind: 'answer', ...found }
}

/** What runs out, and evidence about cards and cash, comes with customers and not with a configuration. */
const newFault = async (work: RolloutWork, rollout: string): Promise<StageFlaw | null> => {
  const found = await work
    .selectFrom('fleet_rollout_kiosks')
    .innerJoin('alerts', 'alerts.kiosk', 'fleet_rollout_kiosks.kiosk')
    .select(['fleet_rollout_kiosks.kiosk', 'device', 'code'])
    .where('rollout', '=', rollout)
    .where('released_at', 'is not', null)
    .whereRef('raised_at', '>=', 'released_at')
    .where('severity', '>=', flawFrom)
    .where('count', '>', 0)
    .orderBy('raised_at')
    .execute()
  const flaw = found.find((each) => ['fault', 'silence'].includes(needOf(each)))
  return flaw === undefined ? null : { kind: 'fault', ...flaw }
}

type Waiting = { kiosk: FleetRowKiosk; command: string; exp: number; message: string }
type FleetRowKiosk = Awaited<ReturnType<typeof rowsOfStage>>[number]['kiosk']

const rowsOfStage = (work: RolloutWork, { rollout, stage }: FleetRollouts) =>
  work
    .selectFrom('fleet_rollout_kiosks')
    .leftJoin('fleet_commands', 'fleet_commands.command', 'fleet_rollout_kiosks.command')
    .select(['fleet_rollout_kiosks.kiosk', 'fleet_rollout_kiosks.command', 'released_at'])
    .select(['fleet_rollout_kiosks.exp', 'fleet_rollout_kiosks.message', 'st', 'ended_at'])
    .where('rollout', '=', rollout)
    .where('stage', '=', stage)
    .execute()

const stageNow = async (work: RolloutWork, row: FleetRollouts) => {
  const rows = await rowsOfStage(work, row)
  return {
    waiting: rows.filter(({ released_at }) => released_at === null),
    open: rows.filter(({ st }) => st !== 'done').length,
    lastEnd: Math.max(0, ...rows.map(({ ended_at }) => ended_at ?? 0)),
  }
}

/** Into the commands of each kiosk, beside whatever else waits for it (C9). */
const release = async (
  office: Office,
  row: FleetRollouts,
  waiting: readonly Waiting[],
): Promise<void> => {
  const { work, now } = office
  if (waiting.some(({ exp }) => now >= exp)) {
    return endRollout(office, row, { state: 'too late', by: null, why: { kind: 'time' } })
  }
  for (const { kiosk, command, exp, message } of waiting) {
    await work
      .insertInto('fleet_commands')
      .values({
        command,
        kiosk,
        op: 'applyConfig',
        ordered_by: row.started_by,
        ordered_at: now,
        exp,
        message,
        st: 'ordered',
        code: null,
        changed_at: now,
        ended_at: null,
        sent_at: null,
        sent_bd: null,
      })
      .execute()
    await work
      .updateTable('fleet_rollout_kiosks')
      .set({ released_at: now })
      .where('rollout', '=', row.rollout)
      .where('kiosk', '=', kiosk)
      .execute()
  }
}

/** Nothing more of it goes out; what is out is done or not, and says so. */
export const endRollout = (
  { work, now }: Office,
  { rollout }: Pick<FleetRollouts, 'rollout'>,
  {
    state,
    by,
    why,
  }: { state: 'stopped' | 'done' | 'too late'; by: string | null; why: RolloutEnd | null },
): Promise<void> =>
  change(work, rollout, {
    state,
    ended_at: now,
    ended_by: by,
    why: why === null ? null : JSON.stringify(why),
  })

const change = async (
  work: RolloutWork,
  rollout: string,
  what: Partial<FleetRollouts>,
): Promise<void> => {
  await work.updateTable('fleet_rollouts').set(what).where('rollout', '=', rollout).execute()
}
