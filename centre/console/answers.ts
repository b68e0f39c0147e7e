// Every question and every deed of the console, area by area.
import { approvalDeeds, approvalQuestions } from './approval-answers.ts'
import type { AllDeeds, AllQuestions } from './asking.ts'
import { explainingDeeds, explainingQuestions } from './explaining/explaining-answers.ts'
import { staffDeeds, staffQuestions } from './staff-answers.ts'

export const allQuestions: AllQuestions = {
  ...staffQuestions,
  ...approvalQuestions,
  ...explainingQuestions,
}

export const allDeeds: AllDeeds = { ...staffDeeds, ...approvalDeeds, ...explainingDeeds }
