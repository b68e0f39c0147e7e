// How a visit ended: the number that matters, and where it is now.
import { never } from '../../domain/never.ts'
import type { Outcome, Reference } from '../kiosk/screen.ts'
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
          {outcome.rest > 0 && <p class="quiet">{words.rest(outcome.rest, outcome.restGoesTo)}</p>}
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
      const pending = outcome.kind === 'deposited' ? outcome.pending : null
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>
            {pending !== null
              ? words.pending
              : outcome.kind === 'deposited'
                ? words.deposited
                : words.returned}
          </p>
          {pending !== null && <ReferenceNumber reference={pending} at={at} />}
          {pending === null && outcome.balance !== null && (
            <p class="quiet">{words.balance(outcome.balance)}</p>
          )}
        </div>
      )
    }
    case 'undone':
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>{words.returned}</p>
          <p class="quiet">{words.undoneTold}</p>
          {outcome.balance !== null && <p class="quiet">{words.balance(outcome.balance)}</p>}
        </div>
      )
    case 'held in order':
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>{words.heldInOrder}</p>
          <p class="quiet">{words.heldInOrderTold}</p>
          <OrderNumber order={outcome.order} at={at} />
        </div>
      )
    case 'kept':
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>{words.kept}</p>
          <p class="quiet">{words.keptTold}</p>
          <ReferenceNumber reference={outcome.reference} at={at} />
        </div>
      )
    case 'redeemed':
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>{words.deposited}</p>
          {outcome.balance !== null && <p class="quiet">{words.balance(outcome.balance)}</p>}
        </div>
      )
    case 'claim asked':
      return (
        <div class="outcome none">
          <p>{at.texts.claim.told({ kind: 'no answer' }).title}</p>
          <p class="quiet">{words.claimAsked}</p>
        </div>
      )
    case 'not charged':
      return outcome.energy === null ? (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>{words.notCharged}</p>
          <p class="quiet">{words.notChargedTold}</p>
        </div>
      ) : (
        <div class="outcome">
          <Amount parts={format.energyParts(outcome.energy)} size="huge" />
          <p>{words.bought}</p>
          <p class="quiet">{words.nothingOwed(outcome.amount)}</p>
        </div>
      )
    case 'payment unknown':
      return (
        <div class="outcome">
          <Amount parts={format.moneyParts(outcome.amount)} size="huge" />
          <p>{words.askingBank}</p>
          <p class="quiet">{words.askingBankTold}</p>
          <ReferenceNumber reference={outcome.reference} at={at} />
        </div>
      )
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

const ReferenceNumber = ({ reference, at }: { reference: Reference; at: Stage }) => (
  <p class="order">
    {at.texts.reference.title} <bdi dir="ltr">{reference.number}</bdi>
  </p>
)
