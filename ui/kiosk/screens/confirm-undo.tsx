// The purchase is to be taken back: what that means for card and money, before it happens.
import { PayAndGet } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ConfirmUndo = ({ screen, at }: ScreenProps<'confirm undo'>) => {
  const { energy, amount } = screen
  const { texts, format } = at
  return (
    <section class="known telling">
      <Title>{texts.undo.question}</Title>
      <PayAndGet
        pay={{ label: texts.openOrder.paid, parts: format.moneyParts(amount) }}
        get={{ label: texts.outcome.bought, parts: format.energyParts(energy) }}
      />
      <p class="todo">{texts.undo.told(energy, amount)}</p>
    </section>
  )
}
