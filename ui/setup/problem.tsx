// Why a step did not go on: what, where, and what to do, in one sentence.
import { Shape } from '../kiosk/service/mark.tsx'
import type { SetupProblem } from './setup-view.ts'
import type { SetupStage } from './stage.ts'

/** `id`: by which a field says that this is about it. */
export const Problem = ({ at, id }: { at: SetupStage; id?: string }) =>
  at.view.problem === null ? null : (
    <p class="sentence" id={id} data-mark="wrong" role="alert">
      <Shape mark="wrong" />
      <span>{sentenceOf(at.view.problem, at)}</span>
    </p>
  )

const sentenceOf = (problem: SetupProblem, { texts }: SetupStage): string => {
  switch (problem.kind) {
    case 'refused by the centre':
    case 'not done':
      return texts.problem[problem.kind](problem.said)
    default:
      return texts.problem[problem.kind]
  }
}
