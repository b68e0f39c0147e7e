// The card was pulled while it was written: put it back within the time.
import { Reference } from '../../parts/reference.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const PutCardBack = ({ screen, at }: ScreenProps<'put card back'>) => {
  const { texts } = at
  return (
    <section class="known telling">
      <Title>{texts.putBack.title}</Title>
      <p class="todo">
        {screen.otherCard ? texts.putBack.another : texts.putBack.told(screen.energy)}
      </p>
      <p class="more">{texts.putBack.safe}</p>
      <Reference reference={screen.reference} texts={texts} />
    </section>
  )
}
