// Money for the account and nothing else: how much, and for whom.
import { PayAndGet } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const ConfirmDeposit = ({ screen, at }: ScreenProps<'confirm deposit'>) => {
  const { texts, format } = at
  return (
    <section class="known telling">
      <Title>{texts.confirmDeposit.question}</Title>
      <PayAndGet
        pay={{ label: texts.notes.inserted, parts: format.moneyParts(screen.amount) }}
        get={null}
      />
      <p class="todo">{texts.confirmDeposit.told(screen.account.shortName)}</p>
    </section>
  )
}
