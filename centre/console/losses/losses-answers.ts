// What the pages of the losses ask and have done.
import {
  FindingAsked,
  LossesAsked,
  LossJudgement,
  LossSeen,
  SummaryAsked,
  TaskAsked,
  TaskOrder,
  TasksAsked,
  type LossesDeeds,
  type LossesQuestions,
} from '../../../domain/console/losses.ts'
import { readingLosses } from '../../losses/losses-tables.ts'
import { deed, question, refusedAs, told, type AnswersTo, type DoingOf } from '../asking.ts'
import { findingsFile } from './findings-file.ts'
import { findingTold } from './in-depth.ts'
import { judgeFinding, orderTask, seeFinding } from './judging.ts'
import { lossesTold, summaryTold } from './listing.ts'
import { tasksOf } from './tasks.ts'

const findingAbout = ({ finding }: { finding: number }): string => `finding ${finding}`

export const lossesQuestions: AnswersTo<LossesQuestions> = {
  losses: question({
    may: 'see losses',
    asked: LossesAsked,
    tell: lossesTold,
    about: ({ of, pattern }) => `findings ${of ?? pattern ?? ''}`.trim(),
  }),
  'losses/export': question({
    may: 'export',
    asked: LossesAsked,
    tell: findingsFile,
    about: ({ of, pattern }) => `export of findings ${of ?? pattern ?? ''}`.trim(),
  }),
  'losses/summary': question({
    may: 'see losses',
    asked: SummaryAsked,
    tell: summaryTold,
    about: () => null,
  }),
  'losses/finding': question({
    may: 'see losses',
    asked: FindingAsked,
    tell: findingTold,
    about: findingAbout,
  }),
  'losses/tasks': question({
    may: 'order field tasks',
    asked: TasksAsked,
    tell: async ({ read }, { state }) =>
      told({ tasks: await tasksOf(readingLosses(read), { state }) }),
    about: ({ state }) => `${state} field tasks`,
  }),
  'losses/task': question({
    may: 'order field tasks',
    asked: TaskAsked,
    tell: async ({ read }, { task }) => {
      const [found] = await tasksOf(readingLosses(read), { task })
      return found === undefined ? refusedAs(404, 'no such task') : told({ task: found })
    },
    about: ({ task }) => `field task ${task}`,
  }),
}

export const lossesDeeds: DoingOf<LossesDeeds> = {
  'losses/seen': deed({
    may: 'see losses',
    asked: LossSeen,
    carryOut: seeFinding,
    about: findingAbout,
  }),
  'losses/order-task': deed({
    may: 'order field tasks',
    asked: TaskOrder,
    carryOut: orderTask,
    about: findingAbout,
  }),
  'losses/judge': deed({
    may: 'order field tasks',
    asked: LossJudgement,
    carryOut: judgeFinding,
    about: findingAbout,
  }),
}
