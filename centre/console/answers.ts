// Every question and every deed of the console, area by area.
import { approvalDeeds, approvalQuestions } from './approval-answers.ts'
import type { AllDeeds, AllQuestions } from './asking.ts'
import { customerDeeds, customerQuestions } from './customers/customers-answers.ts'
import { explainingDeeds, explainingQuestions } from './explaining/explaining-answers.ts'
import { figureQuestions } from './figures/figures-answers.ts'
import { fleetDeeds, fleetQuestions } from './fleet/fleet-answers.ts'
import { lossesDeeds, lossesQuestions } from './losses/losses-answers.ts'
import { staffDeeds, staffQuestions } from './staff-answers.ts'
import { tariffDeeds, tariffQuestions } from './tariffs/tariffs-answers.ts'

export const allQuestions: AllQuestions = {
  ...staffQuestions,
  ...fleetQuestions,
  ...approvalQuestions,
  ...explainingQuestions,
  ...customerQuestions,
  ...tariffQuestions,
  ...figureQuestions,
  ...lossesQuestions,
}

export const allDeeds: AllDeeds = {
  ...staffDeeds,
  ...fleetDeeds,
  ...approvalDeeds,
  ...explainingDeeds,
  ...customerDeeds,
  ...tariffDeeds,
  ...lossesDeeds,
}
