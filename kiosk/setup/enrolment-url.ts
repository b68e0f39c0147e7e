// Where a new kiosk enrols: at the centre of the plan, or at the one that was typed.
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import type { SetupPlan } from './setup-plan.ts'

/** Null where the centre is on this machine and is spoken to without TLS (kiosk/enrolment/joining.ts). */
export const enrolmentUrl = (
  { centre }: SetupPlan,
  { texts }: Pick<SetupAnswers, 'texts'>,
): string | null => {
  const url = centre?.enrolment ?? centre?.url ?? texts.centre ?? ''
  return url.startsWith('https:') ? url : null
}
