// Goodbye: what is on the card or in the account now, and the receipt when it could not be printed.
import { OutcomeSum } from '../../parts/outcome.tsx'
import { Path } from '../../parts/path.tsx'
import type { PictureName } from '../../parts/pictures.tsx'
import { PaperState, ReceiptCode, ReceiptOnScreen } from '../../parts/receipt.tsx'
import type { Outcome } from '../screen.ts'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ThankYou = ({ screen, at }: ScreenProps<'thank you'>) => {
  const { after, receipt } = screen
  const { texts } = at
  const way = wayOf(after)
  if (receipt.kind === 'on screen') {
    return (
      <>
        <section class="known thanks with-slip">
          <div>
            <Title>{texts.thanks.title}</Title>
            <OutcomeSum outcome={after} at={at} />
          </div>
          {receipt.qr !== null && <ReceiptCode text={receipt.qr} texts={texts} />}
        </section>
        <section class="answers slip-desk">
          <ReceiptOnScreen receipt={receipt} texts={texts} />
        </section>
      </>
    )
  }
  return (
    <section class="known telling thanks">
      {way !== null && <Path from={way[0]} to={way[1]} />}
      <Title>{way === null ? texts.thanks.goodbye : texts.thanks.title}</Title>
      <OutcomeSum outcome={after} at={at} />
      <PaperState receipt={receipt} texts={texts} />
    </section>
  )
}

/** What goes where now, as a picture. */
const wayOf = ({ kind }: Outcome): [PictureName, PictureName] | null => {
  if (kind === 'bought' || kind === 'settled') return ['card', 'home']
  if (kind === 'deposited' || kind === 'returned to account' || kind === 'undone')
    return ['notes', 'account']
  return null
}
