// The end of a visit: take the card, and the receipt where there is one.
import { OutcomeSum } from '../../parts/outcome.tsx'
import { Picture } from '../../parts/pictures.tsx'
import { PaperState } from '../../parts/receipt.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const TakeCard = ({ screen, at }: ScreenProps<'take card'>) => {
  const { after, receipt, urgent, undo } = screen
  const { texts } = at
  return (
    <section class={`known telling taking ${urgent ? 'urgent' : ''}`}>
      <Title>
        <Picture name="card" />
        <span>{urgent ? texts.take.urgent : texts.take.title}</span>
      </Title>
      {urgent && <p class="todo">{texts.take.title}</p>}
      <OutcomeSum outcome={after} at={at} />
      {undo === 'failed' && <p class="more">{texts.undo.failed}</p>}
      <PaperState receipt={receipt} texts={texts} />
    </section>
  )
}
