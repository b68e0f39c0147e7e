// A claim slip whose redemption had no answer is asked for again, under the same id, until the centre says what became of it.
import type { JournalEntry } from '../domain/journal-entry.ts'
import { never } from '../domain/never.ts'
import type { SettlingParts } from './settling.ts'
import type { Standing } from './standing.ts'
import type { SaleStanding } from './standing-sale.ts'

export type OpenRedemption = Pick<SaleStanding, 'saleId'> & NonNullable<SaleStanding['redeeming']>

/** Asked for in a visit that is over, and not answered. */
export const openRedemptions = (standing: Standing): OpenRedemption[] =>
  [...standing.sales.values()].flatMap(({ saleId, over, redeeming }) =>
    over && redeeming !== null ? [{ saleId, ...redeeming }] : [],
  )

/** False when there is no answer yet. */
export const redeemAgain = async (
  { centre, journal, report }: Pick<SettlingParts, 'centre' | 'journal' | 'report'>,
  open: OpenRedemption,
  limits: { deadlineMs: number; signal: AbortSignal },
): Promise<boolean> => {
  const { saleId, requestId, insertionId, reference } = open
  try {
    const answer = await centre.ask('claim', requestId, { insertionId, reference }, limits)
    const refused = (why: string): JournalEntry[] => [
      { type: 'claim.refused', saleId, requestId, reference, why },
    ]
    switch (answer.kind) {
      case 'answered': {
        const { reply } = answer
        await journal(
          reply.kind === 'redeemed'
            ? [{ type: 'claim.redeemed', saleId, requestId, reference, amount: reply.amount }]
            : refused(reply.kind),
        )
        return true
      }
      // It was not done, and the visit it was asked in is over: the slip is as good as before.
      case 'refused':
        await journal(refused(answer.problem))
        return true
      case 'away':
      case 'unknown':
        report({ saleId, requestId, why: answer.why })
        return false
      default:
        return never(answer)
    }
  } catch (error) {
    // The journal is broken: it is asked again after a new start has read back what is on disk.
    report({ saleId, requestId, why: error instanceof Error ? error.message : String(error) })
    return false
  }
}
