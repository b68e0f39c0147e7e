// What became of a claim slip: the money and where it is, or why there is none now, and what to do.
import { Amount } from '../../parts/amount.tsx'
import { Path } from '../../parts/path.tsx'
import type { PictureName } from '../../parts/pictures.tsx'
import type { ClaimTold } from '../screen.ts'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

/** As a picture, for those who don't read. */
const whereTo: Record<ClaimTold['kind'], PictureName> = {
  redeemed: 'tick',
  'already in account': 'tick',
  'in a purchase': 'card',
  'already redeemed': 'cross',
  'not yet': 'later',
  'not known': 'later',
  'ask the office': 'office',
  refused: 'office',
  'no answer': 'later',
  'centre away': 'later',
}

export const ClaimToldScreen = ({ screen, at }: ScreenProps<'claim told'>) => {
  const { told, number } = screen
  const { texts, format } = at
  const { title, todo } = texts.claim.told(told)
  return (
    <section class="known telling">
      <Path from="receipt" to={whereTo[told.kind]} />
      <Title>{title}</Title>
      <div class="outcome">
        {'amount' in told && <Amount parts={format.moneyParts(told.amount)} size="huge" />}
        <p class="todo">{todo}</p>
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
