// What became of a claim slip: the money and where it is, or why there is none now, and what to do.
import { Amount } from '../../parts/amount.tsx'
import { Picture } from '../../parts/pictures.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ClaimToldScreen = ({ screen, at }: ScreenProps<'claim told'>) => {
  const { told, number } = screen
  const { texts, format } = at
  const words = texts.claim.told(told)
  return (
    <section class="known telling">
      <Title>
        <Picture name={told.kind === 'redeemed' ? 'tick' : 'information'} />
        <span>{words.title}</span>
      </Title>
      <div class="outcome">
        {'amount' in told && <Amount parts={format.moneyParts(told.amount)} size="huge" />}
        <p>{words.todo}</p>
        {told.kind === 'redeemed' && told.balance !== null && (
          <p class="quiet">{texts.outcome.balance(told.balance)}</p>
        )}
        <p class="order">
          {texts.reference.title} <bdi dir="ltr">{number}</bdi>
        </p>
      </div>
    </section>
  )
}
