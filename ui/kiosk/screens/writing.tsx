// The card is written: large, still, nothing to press. The wire at the slot fills command by command (`cue-for.ts`).
import { Amount } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const Writing = ({ screen, at }: ScreenProps<'writing'>) => {
  const { energy, phase } = screen
  const { texts, format } = at
  return (
    <section class="known telling writing">
      <Title>{texts.writing.title}</Title>
      <div class="load">
        <Amount parts={format.energyParts(energy)} size="huge" />
        <p>{texts.writing.told}</p>
      </div>
      <p class="phase" role="status">
        {texts.writing.phase[phase]}
      </p>
    </section>
  )
}
