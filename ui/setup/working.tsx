// What goes on by itself, said large; while devices are looked for, each appears as it answers. And the test of a device.
import { Title } from '../kiosk/title.tsx'
import { Picture } from '../parts/pictures.tsx'
import { DeviceCard } from './device-card.tsx'
import type { PageProps } from './stage.ts'

export const Working = ({ page, at }: PageProps<'working'>) => {
  const { title, hint } = at.texts.working[page.at]
  return (
    <div class="setup-page working">
      <section class="setup-asked">
        <Title>{title}</Title>
        {hint !== '' && <p class="hint">{hint}</p>}
        <i class="current" aria-hidden="true" />
      </section>
      {page.found.length > 0 && (
        <ul class="cards" aria-live="polite">
          {page.found.map((line) => (
            <li key={line.device}>
              <DeviceCard line={line} at={at} waiting />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export const Testing = ({ page, at }: PageProps<'testing'>) => {
  const { texts, press } = at
  if (!page.looking) {
    return (
      <div class="setup-page working">
        <section class="setup-asked">
          <Title>{texts.testing[page.device]}</Title>
          <i class="current" aria-hidden="true" />
        </section>
      </div>
    )
  }
  return (
    <div class="setup-page working">
      <section class="setup-asked">
        <Title>{texts.looking.title}</Title>
        <p class="hint">{texts.looking.hint}</p>
      </section>
      <section class="tasks">
        <button
          type="button"
          class="task"
          data-digit={1}
          onClick={() => press({ type: 'choose', choice: 'seen' })}
        >
          <kbd>1</kbd>
          <Picture name="tick" />
          {texts.looking.seen}
        </button>
        <button
          type="button"
          class="task"
          data-digit={2}
          onClick={() => press({ type: 'choose', choice: 'not seen' })}
        >
          <kbd>2</kbd>
          <Picture name="cross" />
          {texts.looking.notSeen}
        </button>
      </section>
    </div>
  )
}
