// The colour test: the colours of the page over the whole glass, one after the other, and a ramp of greys; then the question.
import { useSignal } from '@preact/signals'
import { WayButton } from '../../parts/button.tsx'
import { Title } from '../title.tsx'
import type { ServiceProps } from './part.ts'
import { Tasks } from './tasks.tsx'

const fields = ['paper', 'ink', 'current', 'go', 'stop', 'ramp'] as const
const greys = Array.from({ length: 16 }, (_, step) => step * 17)

export const Colours = ({ screen: { page }, part, at }: ServiceProps) => {
  const { press, texts, format, view } = at
  const words = part.wordsOf(format)
  const shown = useSignal(0)
  const next = (): void => {
    shown.value += 1
  }
  // Any key goes on, as any touch does; the way back stays the way back.
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) next()
  }
  const field = fields[shown.value]
  if (field !== undefined) {
    return (
      <div class="colour-field" data-colour={field}>
        {field === 'ramp' && (
          <div class="ramp">
            {greys.map((grey) => (
              <i key={grey} style={`background: rgb(${grey} ${grey} ${grey})`} />
            ))}
          </div>
        )}
        {/* Focused at every drawing, so that also after a warning the keys come here first. */}
        <button
          type="button"
          ref={(button) => button?.focus()}
          aria-label={words.pressToGoOn}
          onClick={next}
          onKeyDown={key}
        />
        <h1>
          <span>{words.colour(shown.value + 1, fields.length)}</span> {words.pressToGoOn}
        </h1>
      </div>
    )
  }
  return (
    <div class="card-of-test asked">
      <Title>{words.sentence['do you see five colours']}</Title>
      <Tasks page={page} reader={{ words, format, now: view.now }} press={press} />
      <div class="ways-of-test">
        {page.back && (
          <WayButton kind="back" press={() => press({ type: 'cancel' })}>
            {texts.back}
          </WayButton>
        )}
      </div>
    </div>
  )
}
