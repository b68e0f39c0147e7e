// Cancel was pressed with money in: what happens to it, before it happens.
import { PayAndGet } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ConfirmCancel = ({ screen, at }: ScreenProps<'confirm cancel'>) => {
  const { texts, format } = at
  return (
    <section class="known telling">
      <Title>{texts.confirmCancel.question}</Title>
      <PayAndGet
        pay={{ label: texts.notes.inserted, parts: format.moneyParts(screen.inserted) }}
        get={null}
      />
      <p class="todo">{texts.confirmCancel.told(screen.inserted, screen.goesTo)}</p>
    </section>
  )
}
