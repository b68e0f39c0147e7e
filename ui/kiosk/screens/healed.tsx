// The card has just shown what became of an older purchase: one sentence, and the slip that was missing.
import { OutcomeSum } from '../../parts/outcome.tsx'
import { PaperState } from '../../parts/receipt.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const Healed = ({ screen, at }: ScreenProps<'healed'>) => {
  const { after, receipt } = screen
  return (
    <section class="known telling">
      <Title>{at.texts.healed[after.kind === 'undone' ? 'undone' : 'settled']}</Title>
      <OutcomeSum outcome={after} at={at} />
      <PaperState receipt={receipt} texts={at.texts} />
    </section>
  )
}
