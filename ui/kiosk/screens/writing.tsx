// The card is written: large, still, nothing to press. A piece of wire fills command by command.
import { Amount } from '../../parts/amount.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const Writing = ({ screen, at }: ScreenProps<'writing'>) => {
  const { energy, step, steps, phase } = screen
  const { texts, format } = at
  const done = phase === 'proving' ? 1 : steps === 0 ? 0 : Math.min(1, step / steps)
  return (
    <section class="known telling writing">
      <Title>{texts.writing.title}</Title>
      <div class="load">
        <Amount parts={format.energyParts(energy)} size="huge" />
        <p>{texts.writing.told}</p>
      </div>
      <div class="feed" style={`--done:${done}`} data-phase={phase}>
        <i />
      </div>
      <p class="phase" role="status">
        {texts.writing.phase[phase]}
      </p>
    </section>
  )
}
