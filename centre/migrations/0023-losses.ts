// Findings where energy or money may be lost, what became of each, the tasks on site, and the neighbours that were compared with.
import { sql, type Kysely } from 'kysely'
import { lossPatterns, lossStates, taskResults } from '../../domain/console/losses.ts'
import { index, oneOf, table } from '../../server/making-tables.ts'

export const losses = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'loss_findings',
    ['finding'],
    {
      finding: 'whole',
      fingerprint: 'text',
      episode: 'whole',
      pattern: 'text',
      binding: 'text?',
      customer: 'text?',
      meter: 'text?',
      kiosk: 'text?',
      person: 'text?',
      area: 'whole?',
      since: 'text',
      first_day: 'text',
      last_day: 'text',
      last_run: 'whole',
      score: 'whole',
      loss: 'whole',
      likely: 'whole',
      why: 'text',
      evidence: 'text',
      through: 'text',
      neighbours: 'text?',
      state: 'text',
      holds: 'whole',
      judged_through: 'text?',
      reason: 'text?',
    },
    (it) =>
      it
        .addUniqueConstraint('one_finding_an_episode', ['fingerprint', 'episode'])
        .addCheckConstraint('finding_pattern', oneOf('pattern', lossPatterns))
        .addCheckConstraint('finding_state', oneOf('state', lossStates))
        .addCheckConstraint('finding_score', sql`score between 0 and 100`),
  )
  await index(db, 'loss_findings', ['state', 'likely'])
  await index(db, 'loss_findings', ['binding'])
  await table(
    db,
    'loss_history',
    ['finding', 'step'],
    { finding: 'whole', step: 'whole', at: 'whole', what: 'text', by_whom: 'text?', note: 'text' },
    (it) =>
      it.addForeignKeyConstraint('history_of_finding', ['finding'], 'loss_findings', ['finding']),
  )
  await table(
    db,
    'loss_tasks',
    ['task'],
    {
      task: 'whole',
      finding: 'whole',
      ordered_at: 'whole',
      ordered_by: 'text',
      due: 'text',
      checks: 'text',
      note: 'text',
      result: 'text?',
      reason: 'text?',
      result_note: 'text?',
      answered_at: 'whole?',
      answered_by: 'text?',
    },
    (it) =>
      it
        .addForeignKeyConstraint('task_of_finding', ['finding'], 'loss_findings', ['finding'])
        .addCheckConstraint(
          'task_result',
          sql`result is null or ${oneOf('result', [...taskResults, 'withdrawn'])}`,
        ),
  )
  await index(db, 'loss_tasks', ['finding'])
  await index(db, 'loss_tasks', ['result', 'due'])
  await table(db, 'loss_runs', ['run'], {
    run: 'whole',
    day: 'text',
    begun_at: 'whole',
    ended_at: 'whole?',
    done: 'whole',
    total: 'whole',
    found: 'whole',
    unread: 'text',
  })
  await index(db, 'loss_runs', ['day'])
  await table(db, 'loss_neighbours', ['neighbours', 'month'], {
    neighbours: 'text',
    month: 'text',
    homes: 'whole',
    least: 'whole',
    middle: 'whole',
    most: 'whole',
  })
}
