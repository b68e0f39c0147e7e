// What is known of an account: enough for its owner to know it.
import type { AccountCard } from '../kiosk/screen.ts'
import type { Stage } from '../kiosk/stage.ts'

export const Facts = ({ account, at }: { account: AccountCard; at: Stage }) => {
  const { texts, format } = at
  const { balance, arrears, reading } = account
  return (
    <dl class="facts">
      <Fact name={texts.account.meter} value={account.meter} digits />
      <Fact name={texts.account.card} value={account.card} digits />
      <Fact name={texts.account.address} value={account.address} wide />
      <Fact name={texts.account.tariff} value={account.tariff} wide />
      {balance !== null && <Fact name={texts.account.balance} value={format.money(balance)} />}
      {arrears > 0 && <Fact name={texts.account.arrears} value={format.money(arrears)} />}
      {reading !== null && (
        <>
          <Fact name={texts.account.thisMonth} value={format.energy(reading.usedThisMonth)} />
          <Fact name={texts.account.lastMonth} value={format.energy(reading.usedLastMonth)} />
        </>
      )}
    </dl>
  )
}

const Fact = ({
  name,
  value,
  digits = false,
  wide = false,
}: {
  name: string
  value: string
  /** A number of the world: left to right in every language. */
  digits?: boolean
  wide?: boolean
}) => (
  <div class={wide ? 'wide' : ''}>
    <dt>{name}</dt>
    <dd>{digits ? <bdi dir="ltr">{value}</bdi> : <bdi>{value}</bdi>}</dd>
  </div>
)
