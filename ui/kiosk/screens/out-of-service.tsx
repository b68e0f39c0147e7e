// The kiosk sells nothing now: why, and what to do instead.
import { Picture } from '../../parts/pictures.tsx'
import { Reference } from '../../parts/reference.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const OutOfService = ({ screen, at }: ScreenProps<'out of service'>) => {
  const { title, todo } = at.texts.outOfService[screen.why]
  return (
    <section class="known telling">
      <p class={`emblem ${screen.why === 'starting' ? 'calm' : 'information'}`}>
        <Picture name={screen.why === 'starting' ? 'bolt' : 'information'} />
      </p>
      <Title>{title}</Title>
      <p class="todo">{todo}</p>
      {screen.reference !== null && <Reference reference={screen.reference} texts={at.texts} />}
    </section>
  )
}
