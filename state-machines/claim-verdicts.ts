// What an answer of the centre about a claim slip means for the customer who holds it, as pure values.
import type { CentreAnswer } from '../domain/centre-messages.ts'
import { never } from '../domain/never.ts'
import type { ClaimTold, Outcome } from '../ui/kiosk/screen.ts'

export const claimToldOf = (answer: CentreAnswer<'claim'>): ClaimTold => {
  switch (answer.kind) {
    case 'answered':
      return answer.reply.kind === 'already redeemed'
        ? { kind: 'already redeemed', at: Date.parse(answer.reply.at) }
        : answer.reply
    // The message itself was refused: asking again changes nothing.
    case 'refused':
      return { kind: 'ask the office' }
    case 'away':
      return { kind: 'centre away' }
    case 'unknown':
      return { kind: 'no answer' }
    default:
      return never(answer)
  }
}

/** The end of a visit in which a slip was redeemed, or may have been. */
export const claimOutcome = (told: ClaimTold | null): Outcome =>
  told?.kind === 'redeemed'
    ? { kind: 'redeemed', amount: told.amount, balance: told.balance }
    : { kind: 'claim asked' }
