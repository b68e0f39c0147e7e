// Goodbye: what is on the card or in the account now, and the receipt when it could not be printed.
import { OutcomeSum } from '../../parts/outcome.tsx'
import { Picture } from '../../parts/pictures.tsx'
import { ReceiptOnScreen } from '../../parts/receipt.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ThankYou = ({ screen, at }: ScreenProps<'thank you'>) => {
  const { after, receipt } = screen
  const { texts } = at
  const empty = after.kind === 'nothing bought' || after.kind === 'refused'
  const slip = receipt.kind === 'on screen'
  return (
    <>
      <section class={`known telling thanks ${slip ? 'with-slip' : ''}`}>
        <Title>{empty ? texts.thanks.goodbye : texts.thanks.title}</Title>
        <OutcomeSum outcome={after} at={at} />
        {(receipt.kind === 'printing' || receipt.kind === 'on paper') && (
          <p class="paper-state">
            <Picture name="receipt" />
            {texts.take.receipt[receipt.kind]}
          </p>
        )}
      </section>
      {slip && (
        <section class="answers">
          <ReceiptOnScreen receipt={receipt} texts={texts} />
        </section>
      )}
    </>
  )
}
