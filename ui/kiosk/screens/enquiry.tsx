// Enquiry in depth: the last purchases, and what the meter said.
import { Amount } from '../../parts/amount.tsx'
import type { PurchaseLine } from '../screen.ts'
import type { ScreenProps, Stage } from '../stage.ts'
import { Title } from '../title.tsx'

export const Enquiry = ({ screen, at }: ScreenProps<'enquiry'>) => {
  const { account, purchases } = screen
  const { texts, format } = at
  const { reading } = account
  return (
    <>
      <section class="known">
        <Title>{texts.enquiry.title}</Title>
        {reading !== null && (
          <dl class="facts use">
            <div>
              <dt>{texts.account.thisMonth}</dt>
              <dd>
                <Amount parts={format.energyParts(reading.usedThisMonth)} size="middle" />
              </dd>
            </div>
            <div>
              <dt>{texts.account.lastMonth}</dt>
              <dd>
                <Amount parts={format.energyParts(reading.usedLastMonth)} size="middle" />
              </dd>
            </div>
          </dl>
        )}
        <dl class="facts">
          <div class="wide">
            <dt>{texts.account.tariff}</dt>
            <dd>
              <bdi>{account.tariff}</bdi>
            </dd>
          </div>
          <div>
            <dt>{texts.account.card}</dt>
            <dd>
              <bdi dir="ltr">{account.card}</bdi>
            </dd>
          </div>
        </dl>
      </section>
      <section class="answers">
        {purchases.length === 0 ? (
          <p class="todo">{texts.enquiry.none}</p>
        ) : (
          <Purchases purchases={purchases} at={at} />
        )}
      </section>
    </>
  )
}

const Purchases = ({ purchases, at }: { purchases: PurchaseLine[]; at: Stage }) => {
  const { enquiry } = at.texts
  const { format } = at
  return (
    <table class="purchases">
      <thead>
        <tr>
          <th scope="col">{enquiry.day}</th>
          <th scope="col">{enquiry.paid}</th>
          <th scope="col">{enquiry.energy}</th>
        </tr>
      </thead>
      <tbody>
        {purchases.map((purchase) => (
          <tr key={purchase.at} data-state={purchase.state}>
            <th scope="row">
              {format.shortDate(purchase.at)}
              <small>
                <i class="mark" />
                {enquiry.state[purchase.state]}
              </small>
            </th>
            <td>{format.money(purchase.tender)}</td>
            <td>
              <b>{format.energy(purchase.energy)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
