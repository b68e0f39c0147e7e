// The words of the parts every page is made of.
import type { Mark } from '../parts/status.tsx'

export type PartsWords = {
  waiting: string
  unreached: string
  /** A question that the centre failed to answer. */
  unknownOutcome: string
  again: string
  close: string
  cancel: string
  nothing: string
  none: string
  more: string
  first: string
  apply: string
  clear: string
  any: string
  optional: string
  /** Said to screen readers with each mark. */
  marks: Record<Mark, string>
  sort: (column: string) => string
  asTable: string
  asChart: string
  was: (value: string) => string
  rows: (count: string) => string
  working: string
  doing: string
  copy: string
  copied: string
  /** Of a chart's table. */
  value: string
  weekday: string
  hour: string
  export: { button: string; making: string; failed: string }
  total: string
}
