// What is known of an account: enough for its owner to know it.
import type { AccountCard } from '../kiosk/screen.ts'
import type { Stage } from '../kiosk/stage.ts'

export const Facts = ({ account, at }: { account: AccountCard; at: Stage }) => {
  const { texts, format } = at
  const { balance, arrears } = account
  return (
    <dl class="facts">
      <div>
        <dt>{texts.account.meter}</dt>
        <dd>
          <bdi dir="ltr">{account.meter}</bdi>
        </dd>
      </div>
      {balance !== null && (
        <div>
          <dt>{texts.account.balance}</dt>
          <dd>{format.money(balance)}</dd>
        </div>
      )}
      {arrears > 0 && (
        <div>
          <dt>{texts.account.arrears}</dt>
          <dd>{format.money(arrears)}</dd>
        </div>
      )}
      <div class="wide">
        <dt>{texts.account.address}</dt>
        <dd>
          <bdi>{account.address}</bdi>
        </dd>
      </div>
    </dl>
  )
}
