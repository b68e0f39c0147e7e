// What people do with a finding: see it, send somebody, and say what it turned out to be.
import type { z } from 'zod'
import type {
  FieldTask,
  LossesDeeds,
  LossJudgement,
  LossRow,
  LossSeen,
  LossState,
  TaskOrder,
} from '../../../domain/console/losses.ts'
import { next } from '../../counters.ts'
import { tell } from '../../losses/keeping-findings.ts'
import { withLosses, type FindingRow, type LossesWork } from '../../losses/losses-tables.ts'
import { refusedAs, told, type Doing, type Told } from '../asking.ts'
import { findings, lossRowOf } from './finding-rows.ts'
import { noSuchFinding } from './in-depth.ts'
import { tasksOf } from './tasks.ts'

/** Somebody has looked at it and leaves it open. */
export const seeFinding = async (
  doing: Doing,
  { finding }: z.infer<typeof LossSeen>,
): Promise<Told<LossesDeeds['losses/seen']['told']>> => {
  const work = withLosses(doing.work)
  const row = await rowOf(work, finding)
  if (row === undefined) return noSuchFinding
  if (row.state === 'new') await changeTo(doing, row, { state: 'seen', what: 'seen', note: '' })
  return told({ row: await shownOf(work, finding) })
}

export const orderTask = async (
  doing: Doing,
  order: z.infer<typeof TaskOrder>,
): Promise<Told<LossesDeeds['losses/order-task']['told']>> => {
  const work = withLosses(doing.work)
  const { finding, due, checks, note } = order
  const row = await rowOf(work, finding)
  if (row === undefined) return noSuchFinding
  if (isOver(row.state)) return refusedAs(409, 'finding is over')
  if ((await openTaskOf(work, finding)) !== undefined) {
    return refusedAs(409, 'somebody is sent')
  }
  const task = await next(doing.work, 'field task')
  await work
    .insertInto('loss_tasks')
    .values({
      task,
      finding,
      ordered_at: doing.now,
      ordered_by: doing.member.name,
      due,
      checks: JSON.stringify([...new Set(checks)]),
      note,
      result: null,
      reason: null,
      result_note: null,
      answered_at: null,
      answered_by: null,
    })
    .execute()
  await changeTo(doing, row, { state: 'task ordered', what: 'task ordered', note })
  const [ordered] = await tasksOf(work, { task })
  return ordered === undefined ? noSuchFinding : told<{ task: FieldTask }>({ task: ordered })
}

/** The answer of a task, or a decision at the desk; both say in words what it rests on. */
export const judgeFinding = async (
  doing: Doing,
  judgement: z.infer<typeof LossJudgement>,
): Promise<Told<LossesDeeds['losses/judge']['told']>> => {
  const work = withLosses(doing.work)
  const { finding, task, result, reason, note } = judgement
  const row = await rowOf(work, finding)
  if (row === undefined) return noSuchFinding
  if (isOver(row.state)) return refusedAs(409, 'finding is over')
  const open = await openTaskOf(work, finding)
  if (task !== null && open?.task !== task) {
    return refusedAs(409, 'task was answered')
  }
  if (open !== undefined) {
    await work
      .updateTable('loss_tasks')
      .set({
        result: task === null ? 'withdrawn' : result,
        reason,
        result_note: note,
        answered_at: doing.now,
        answered_by: doing.member.name,
      })
      .where('task', '=', open.task)
      .execute()
  }
  // What was not settled on site is as open as it was before anybody was sent.
  const state = result === 'not settled' ? 'seen' : result
  await changeTo(doing, row, { state, what: result, note })
  await work
    .updateTable('loss_findings')
    .set({ reason, judged_through: result === 'not settled' ? null : row.through })
    .where('finding', '=', finding)
    .execute()
  return told({ row: await shownOf(work, finding) })
}

const isOver = (state: LossState): boolean => state === 'innocent' || state === 'closed'

const rowOf = (work: LossesWork, finding: number): Promise<FindingRow | undefined> =>
  work.selectFrom('loss_findings').selectAll().where('finding', '=', finding).executeTakeFirst()

const openTaskOf = (work: LossesWork, finding: number): Promise<{ task: number } | undefined> =>
  work
    .selectFrom('loss_tasks')
    .select('task')
    .where('finding', '=', finding)
    .where('result', 'is', null)
    .executeTakeFirst()

const changeTo = async (
  doing: Doing,
  { finding }: FindingRow,
  to: { state: LossState; what: Parameters<typeof tell>[2]['what']; note: string },
): Promise<void> => {
  const work = withLosses(doing.work)
  await work
    .updateTable('loss_findings')
    .set({ state: to.state })
    .where('finding', '=', finding)
    .execute()
  const by = doing.member.name
  await tell({ work, now: doing.now }, finding, { what: to.what, note: to.note, by })
}

const shownOf = async (work: LossesWork, finding: number): Promise<LossRow> =>
  lossRowOf(
    await findings(work).where('loss_findings.finding', '=', finding).executeTakeFirstOrThrow(),
  )
