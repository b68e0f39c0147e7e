// Pay, get, and the lines between that anyone can add up; one large button says what it does.
import { PayAndGet } from '../../parts/amount.tsx'
import { QuoteTable } from '../../parts/quote-table.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ConfirmPurchase = ({ screen, at }: ScreenProps<'confirm purchase'>) => {
  const { quote, tender, paid, rest, restGoesTo, account } = screen
  const { texts, format } = at
  return (
    <>
      <section class="known">
        <Title>{texts.confirm.question}</Title>
        <p class="for-whom">
          <bdi>{account.shortName}</bdi>
          <span>
            {texts.account.meter} <bdi dir="ltr">{account.meter}</bdi>
          </span>
        </p>
        <PayAndGet
          pay={{
            label: texts.confirm.pay[tender],
            parts: format.moneyParts(paid),
          }}
          get={{ label: texts.get, parts: format.energyParts(quote.get) }}
        />
      </section>
      <section class="answers sums">
        <QuoteTable quote={quote} paid={paid} rest={rest} restGoesTo={restGoesTo} at={at} />
      </section>
    </>
  )
}
