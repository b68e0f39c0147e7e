// What it costs and brings, and with what to pay.
import { PayAndGet } from '../../parts/amount.tsx'
import { Choice, NoChoice } from '../../parts/button.tsx'
import { Picture } from '../../parts/pictures.tsx'
import { QuoteSummary } from '../../parts/quote-table.tsx'
import { tenderPictures, tendersShown } from '../../parts/tenders.ts'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ChooseTender = ({ screen, at }: ScreenProps<'choose tender'>) => {
  const { quote, tenders, balance, problem } = screen
  const { texts, format, press, keypad } = at
  const working = tenders.filter((offer) => offer.works)
  return (
    <>
      <section class="known">
        <Title>{texts.tender.question}</Title>
        <PayAndGet
          pay={{ label: texts.pay, parts: format.moneyParts(quote.pay) }}
          get={{ label: texts.get, parts: format.energyParts(quote.get) }}
        />
        <QuoteSummary quote={quote} at={at} />
      </section>
      <section class="answers choices">
        {problem !== null && (
          <p class="notice attention" role="status">
            <Picture name="attention" />
            <span>{texts.payment.problem[problem.why] + texts.payment.nothingCharged}</span>
          </p>
        )}
        {tendersShown(tenders).map((offer) =>
          offer.works ? (
            <Choice
              key={offer.tender}
              picture={tenderPictures[offer.tender]}
              label={texts.tenders[offer.tender]}
              hint={
                offer.tender === 'account' && balance !== null
                  ? `${texts.tender.balance}: ${format.money(balance)}`
                  : texts.tenderHint[offer.tender]
              }
              number={keypad ? working.indexOf(offer) + 1 : null}
              press={() => press({ type: 'tender', tender: offer.tender })}
            />
          ) : (
            <NoChoice
              key={offer.tender}
              picture={tenderPictures[offer.tender]}
              label={texts.tenders[offer.tender]}
              why={texts.tenderTrouble[offer.why]}
            />
          ),
        )}
      </section>
    </>
  )
}
