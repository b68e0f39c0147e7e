// Cancel was pressed with money in: what happens to it, before it happens.
import { PayAndGet } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ConfirmCancel = ({ screen, at }: ScreenProps<'confirm cancel'>) => {
  const { inserted, goesTo } = screen
  const { texts, format } = at
  const label = goesTo === 'payer' ? texts.payment.hint.approved.title : texts.notes.inserted
  return (
    <section class="known telling">
      <Title>{texts.confirmCancel.question}</Title>
      <PayAndGet pay={{ label, parts: format.moneyParts(inserted) }} get={null} />
      <p class="todo">{texts.confirmCancel.told(inserted, goesTo)}</p>
    </section>
  )
}
