// The customer pays at the bank terminal and looks there: what to do now, and for how much. Nothing is typed on this screen.
import { PayAndGet } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const PayingByCard = ({ screen, at }: ScreenProps<'paying by card'>) => {
  const { way, amount, hint } = screen
  const { texts, format } = at
  const { title, todo } = texts.payment.hint[hint]
  return (
    <section class="known at-terminal">
      {/* Another hint is another question: it takes the focus, and is read out. */}
      <Title key={hint}>{title}</Title>
      <p class="todo">{todo}</p>
      <PayAndGet
        pay={{ label: texts.confirm.pay[way], parts: format.moneyParts(amount) }}
        get={null}
      />
    </section>
  )
}
