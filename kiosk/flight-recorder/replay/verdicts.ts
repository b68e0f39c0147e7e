// What came of driving a recording, a sentence each.
import { never } from '../../../domain/never.ts'
import type { CashTaken } from './cash.ts'
import type { Driven } from './driving.ts'

export const verdictOnLine = (driven: Driven): string => {
  const { line } = driven
  switch (driven.kind) {
    case 'not driven':
      return `${line}: not driven; ${driven.why}`
    case 'same':
      return `${line}: the driver says and tells what it did then (${driven.acts} said, ${driven.told.length} told)`
    case 'said otherwise':
      return `${line}: at ${driven.at} ms the driver said ${quoted(driven.recorded)}; now it says ${quoted(driven.said)}`
    case 'told otherwise':
      return `${line}: event ${driven.nth} was ${quoted(driven.recorded)}; now it is ${quoted(driven.told)}`
    default:
      return never(driven)
  }
}

export const verdictOnCash = (taken: CashTaken): string =>
  taken.kind === 'same'
    ? `taking cash: the machine does what it did then (${taken.steps.length} steps)`
    : `taking cash: step ${taken.nth} was ${quoted(taken.recorded)}; now it is ${quoted(taken.done)}`

const quoted = (what: unknown): string => {
  if (what === null) return 'nothing'
  return typeof what === 'string' ? `"${what}"` : JSON.stringify(what)
}
