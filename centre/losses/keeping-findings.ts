// What was found is kept: a new case is raised, a known one grows, one that no longer holds is closed by the evidence.
//
// The same books give the same rows: nothing is written of a case that stands as it stood, but that this run has seen it.
import { eventPatterns, type LossHistoryLine } from '../../domain/console/losses.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { next } from '../counters.ts'
import { likelyLoss, type Case } from './case.ts'
import type { FindingRow, LossesWork } from './losses-tables.ts'

export type Night = {
  work: LossesWork
  /** The moment that histories say, ms since 1970. */
  now: number
  /** The day that was looked at to its end. */
  day: string
  run: number
}

/** A score that went up by less is noise. */
const growsBy = 10

/** Of how many a history was written: raised or grown. */
export const keepCases = async (night: Night, cases: readonly Case[]): Promise<number> => {
  let told = 0
  for (const found of cases) if (await keepCase(night, found)) told++
  return told
}

const keepCase = async (night: Night, found: Case): Promise<boolean> => {
  const known = await night.work
    .selectFrom('loss_findings')
    .selectAll()
    .where('fingerprint', '=', found.fingerprint)
    .orderBy('episode', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (known === undefined) return raiseCase(night, found, 1)
  if (isOver(known)) {
    if (isAnother(known, found)) return raiseCase(night, found, known.episode + 1)
    await change(night, known, {})
    return false
  }
  const grew =
    found.score >= known.score + growsBy || (isEvent(found) && found.through > known.through)
  await change(night, known, { ...contentOf(found), since: earlier(known.since, found.since) })
  if (grew) await tell(night, known.finding, { what: 'grew', note: '' })
  return grew
}

/** Judged or closed: what is seen again is the same case, until it had ended or there is evidence that nobody had judged. */
const isOver = ({ state }: FindingRow): boolean => state === 'innocent' || state === 'closed'

const isAnother = (known: FindingRow, found: Case): boolean =>
  isEvent(found) ? found.through > (known.judged_through ?? known.through) : known.holds === 0

const isEvent = ({ pattern }: Pick<Case, 'pattern'>): boolean => eventPatterns.includes(pattern)

const earlier = (one: string, other: string): string => (one < other ? one : other)

const contentOf = (found: Case) => ({
  score: found.score,
  loss: found.loss,
  likely: likelyLoss(found),
  why: JSON.stringify(found.why),
  evidence: JSON.stringify(found.evidence),
  through: found.through,
  neighbours: found.neighbours,
})

const raiseCase = async (night: Night, found: Case, episode: number): Promise<true> => {
  const { work, day, run } = night
  const finding = await next(work, 'loss finding')
  await work
    .insertInto('loss_findings')
    .values({
      finding,
      fingerprint: found.fingerprint,
      episode,
      pattern: found.pattern,
      binding: found.binding,
      customer: found.customer,
      meter: found.meter,
      kiosk: found.kiosk === null ? null : KioskNumber.parse(found.kiosk),
      person: found.person,
      area: found.area,
      since: found.since,
      first_day: day,
      last_day: day,
      last_run: run,
      ...contentOf(found),
      state: 'new',
      holds: 1,
      judged_through: null,
      reason: null,
    })
    .execute()
  await tell(night, finding, { what: 'raised', note: '' })
  return true
}

const change = async (
  { work, day, run }: Night,
  { finding }: FindingRow,
  what: Partial<FindingRow>,
): Promise<void> => {
  await work
    .updateTable('loss_findings')
    .set({ ...what, holds: 1, last_day: day, last_run: run })
    .where('finding', '=', finding)
    .execute()
}

/** What this run has not seen no longer holds. At most `most` at a time; how many there were. */
export const closeWhatIsOver = async (night: Night, most: number): Promise<number> => {
  const { work, run } = night
  const gone = await work
    .selectFrom('loss_findings')
    .select(['finding', 'state'])
    .where('holds', '=', 1)
    .where('last_run', '<', run)
    .orderBy('finding')
    .limit(most)
    .execute()
  for (const { finding, state } of gone) {
    const isJudged = state === 'innocent' || state === 'closed'
    await work
      .updateTable('loss_findings')
      .set({ holds: 0, ...(isJudged ? {} : { state: 'closed' }) })
      .where('finding', '=', finding)
      .execute()
    if (isJudged) continue
    await tell(night, finding, { what: 'no longer holds', note: '' })
    await withdrawTasks(night, finding)
  }
  return gone.length
}

/** Nobody goes to look for what is no longer there. */
const withdrawTasks = async (
  { work, now }: Pick<Night, 'work' | 'now'>,
  finding: number,
): Promise<void> => {
  await work
    .updateTable('loss_tasks')
    .set({ result: 'withdrawn', result_note: '', answered_at: now })
    .where('finding', '=', finding)
    .where('result', 'is', null)
    .execute()
}

/** One more line of what became of a finding. `by`: whoever did it; null for the nightly look itself. */
export const tell = async (
  { work, now }: Pick<Night, 'work' | 'now'>,
  finding: number,
  line: { what: LossHistoryLine['what']; note: string; by?: string },
): Promise<void> => {
  const { last } = await work
    .selectFrom('loss_history')
    .select(({ fn }) => fn.max<number | null>('step').as('last'))
    .where('finding', '=', finding)
    .executeTakeFirstOrThrow()
  await work
    .insertInto('loss_history')
    .values({
      finding,
      step: (last ?? 0) + 1,
      at: now,
      what: line.what,
      by_whom: line.by ?? null,
      note: line.note,
    })
    .execute()
}
