// The kiosk sells nothing now: why, and what to do instead.
import { Reference } from '../../parts/reference.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const OutOfService = ({ screen, at }: ScreenProps<'out of service'>) => {
  const { title, todo } = at.texts.outOfService[screen.why]
  return (
    <section class="known telling waiting">
      <Title>{title}</Title>
      <p class="todo">{todo}</p>
      <i class={`current ${screen.why === 'starting' ? '' : 'cut'}`} aria-hidden="true" />
      {screen.reference !== null && <Reference reference={screen.reference} texts={at.texts} />}
    </section>
  )
}
