// How a visit ended: the number that matters, and where it is now.
import { never } from '../../domain/never.ts'
import type { Outcome } from '../kiosk/screen.ts'
import type { Stage } from '../kiosk/stage.ts'
import { Amount } from './amount.tsx'

export const OutcomeSum = ({ outcome, at }: { outcome: Outcome; at: Stage }) => {
  const { format } = at
  const words = at.texts.outcome
  switch (outcome.kind) {
    case 'bought':
      return (
        <div class="outcome">
          <Amount parts={format.energyParts(outcome.energy)} size="huge" />
          <p>{words.bought}</p>
          <p class="quiet">{words.boughtMeter}</p>
          {outcome.toAccount > 0 && <p class="quiet">{words.toAccount(outcome.toAccount)}</p>}
          <OrderNumber order={outcome.order} at={at} />
        </div>
      )
    case 'settled':
      return (
        <div class="outcome">
          <Amount parts={format.energyParts(outcome.energy)} size="huge" />
          <p>{words.settled}</p>
          <p class="quiet">{words.settledTold}</p>
          <OrderNumber order={outcome.order} at={at} />
        </div>
      )
    case 'deposited':
    case 'returned to account': {
      const pending = outcome.kind === 'deposited' && outcome.pending
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>
            {pending
              ? words.pending
              : outcome.kind === 'deposited'
                ? words.deposited
                : words.returned}
          </p>
          {!pending && outcome.balance !== null && (
            <p class="quiet">{words.balance(outcome.balance)}</p>
          )}
        </div>
      )
    }
    case 'nothing bought':
      return (
        <div class="outcome none">
          <p>{words.nothing}</p>
          <p class="quiet">{words.nothingTold}</p>
        </div>
      )
    case 'refused':
      return (
        <div class="outcome none">
          <p>{words.refused}</p>
          <p class="quiet">{words.refusedTold}</p>
        </div>
      )
    default:
      return never(outcome)
  }
}

const OrderNumber = ({ order, at }: { order: string; at: Stage }) => (
  <p class="order">
    {at.texts.outcome.order} <bdi dir="ltr">{order}</bdi>
  </p>
)
