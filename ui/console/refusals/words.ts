// The words of what the console does not do or tell. Each has the values that its code names, written as the language writes them.
import type { FieldName } from '../../../domain/console/field-names.ts'
import type { FieldReason, RefusalCode, refusals } from '../../../domain/console/refusals.ts'
import type { StaffRight } from '../../../domain/console/staff.ts'

export type RefusalSentences = {
  [Code in RefusalCode]: (of: Record<(typeof refusals)[Code][number], string>) => string
}

export type RefusalWords = {
  sentences: RefusalSentences
  /** `fault`: of `reasons`. */
  field: (of: { field: string; fault: string }) => string
  fields: Record<FieldName, string>
  /** `bound` is written as the field is: as money, or as a number. */
  reasons: Record<FieldReason['kind'], (bound: string) => string>
  rights: Record<StaffRight, string>
}
