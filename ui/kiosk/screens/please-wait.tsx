// Something is under way: what, and that nothing is asked. The wire above pulses meanwhile.
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const PleaseWait = ({ screen, at }: ScreenProps<'please wait'>) => {
  const { title, todo } = at.texts.wait[screen.for]
  return (
    <section class="known telling waiting">
      <Title>{title}</Title>
      <p class="todo">{todo}</p>
      <i class="current" aria-hidden="true" />
    </section>
  )
}
