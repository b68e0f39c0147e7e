// End of day (devices.md 10.5, 10.6): no pre-authorisation may be open then, or the customer would be charged all of it.
import { minor } from '../../../domain/money.ts'
import type { Conversation } from './conversation.ts'
import { runCommand, type CommandEnd } from './exchange.ts'
import { numberIn, tag } from './fields.ts'
import { totalsIn } from './messages.ts'
import { cancelPreAuthorisation, endDay, openPreAuthorisations } from './requests.ts'
import { codeText, result } from './result-codes.ts'

export type OpenPreAuthorisation =
  /** The receipt number of one of them; null: none. */
  | { kind: 'told'; receiptNumber: number | null }
  | { kind: 'not told'; code: number }
  | { kind: 'lost' }

/** `06 1E … B8 87 nn nn`; FFFF, which is no number, for none. A terminal that knows no pre-authorisation has none open. */
export const openPreAuthorisation = async (c: Conversation): Promise<OpenPreAuthorisation> => {
  const end = await runCommand(c, openPreAuthorisations)
  if (end.kind === 'lost') return end
  if (end.kind === 'completed') return { kind: 'told', receiptNumber: null }
  if (end.code === result.notPossible) return { kind: 'told', receiptNumber: null }
  return end.kind === 'aborted' && end.code === result.preAuthorisation
    ? { kind: 'told', receiptNumber: numberIn(end.fields, tag.receiptNumber) }
    : { kind: 'not told', code: end.code }
}

/** More than a day can leave open. */
const mostOpen = 20

/** Ends the day and tells. False when the line is lost. */
export const endTheDay = async (c: Conversation): Promise<boolean> => {
  for (let cancelled = 0; ; cancelled += 1) {
    const open = await openPreAuthorisation(c)
    if (open.kind === 'lost') return notEnded(c, 'the line was lost')
    if (open.kind === 'not told')
      return notEnded(c, `open pre-authorisations: ${codeText(open.code)}`)
    if (open.receiptNumber === null) break
    if (cancelled === mostOpen) return notEnded(c, 'too many open pre-authorisations')
    const end = await runCommand(c, cancelPreAuthorisation(open.receiptNumber))
    if (end.kind === 'lost') return notEnded(c, 'the line was lost')
    if (end.kind !== 'completed')
      return notEnded(c, `pre-authorisation stays open: ${codeText(end.code)}`)
  }
  let totals: ReturnType<typeof totalsIn> = null
  const end = await runCommand(c, endDay(c.terms.password), {
    information: ({ fields }) => {
      totals = totalsIn(fields) ?? totals
    },
  })
  return endTold(c, end, totals)
}

const endTold = (
  c: Conversation,
  end: CommandEnd,
  totals: { payments: number; total: number } | null,
): boolean => {
  if (end.kind === 'lost') return notEnded(c, 'the line was lost')
  if (end.kind !== 'completed') return notEnded(c, codeText(end.code))
  // Nothing was sold: some terminals then tell no totals at all.
  const { payments, total } = totals ?? { payments: 0, total: 0 }
  c.tell({ type: 'day.ended', payments, total: minor(total) })
  return true
}

const notEnded = (c: Conversation, why: string): boolean => {
  c.tell({ type: 'day.not-ended', why })
  return c.link?.isOpen() === true
}
