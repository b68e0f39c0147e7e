// Nothing can be sold to this card now: why, and what to do. Said before any money.
import { Path } from '../../parts/path.tsx'
import { whereTo } from '../where-to.ts'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const Refused = ({ screen, at }: ScreenProps<'refused'>) => {
  const { texts } = at
  const { title, todo } = texts.refused(screen.refusal)
  const { account } = screen
  return (
    <section class="known telling">
      <Path from="card" to={whereTo(screen.refusal)} />
      <Title>{title}</Title>
      <p class="todo">{todo}</p>
      {screen.depositOffered && <p class="more">{texts.refusedDeposit.offer}</p>}
      {account !== null && (
        <dl class="facts whose">
          <div>
            <dt>{texts.account.meter}</dt>
            <dd>
              <bdi dir="ltr">{account.meter}</bdi>
            </dd>
          </div>
          {account.balance !== null && (
            <div>
              <dt>{texts.account.balance}</dt>
              <dd>{at.format.money(account.balance)}</dd>
            </div>
          )}
        </dl>
      )}
    </section>
  )
}
