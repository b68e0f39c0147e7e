// What stands around every screen: the wire, time and languages above; the ways on and the help number below.
import type { ReadonlySignal } from '@preact/signals'
import { languages } from '../../domain/language.ts'
import { WayButton } from '../parts/button.tsx'
import { Picture } from '../parts/pictures.tsx'
import { Wire } from '../parts/wire.tsx'
import { ownNames } from '../texts/first-words.ts'
import { wireNodes } from './screen.ts'
import type { Stage } from './stage.ts'
import type { Ways } from './ways.ts'

export const Head = ({
  at,
  time,
  day,
}: {
  at: Stage
  time: ReadonlySignal<string>
  day: ReadonlySignal<string>
}) => {
  const { view, texts, press, service } = at
  const { screen, wire } = view
  // While the card is written there is nothing to press.
  const still = screen.kind === 'writing'
  return (
    <header class="head">
      {screen.kind === 'service' && service !== null ? (
        <service.Head screen={screen} part={service} at={at} />
      ) : (
        <Wire
          reached={wire.at === null ? -1 : wireNodes.indexOf(wire.at)}
          state={wire.state}
          names={wireNodes.map((node) => texts.wire[node])}
          label={texts.progress}
        />
      )}
      <p class="clock">
        <time dir="ltr">{time}</time>
        <span class="day">{day}</span>
      </p>
      <div class={`settings ${still ? 'away' : ''}`}>
        {(view.languages ?? languages).map((language) => (
          <button
            type="button"
            key={language}
            lang={language}
            aria-pressed={language === view.language}
            onClick={() => press({ type: 'language', language })}
          >
            {ownNames[language]}
          </button>
        ))}
        <button
          type="button"
          class="theme"
          aria-label={texts.contrast}
          aria-pressed={view.theme === 'contrast'}
          onClick={() =>
            press({ type: 'theme', theme: view.theme === 'contrast' ? 'day' : 'contrast' })
          }
        >
          <Picture name="contrast" />
        </button>
      </div>
    </header>
  )
}

export const Foot = ({ at, ways }: { at: Stage; ways: Ways }) => {
  const { cancel, back, on } = ways
  const { press, view, texts } = at
  return (
    <footer class="foot">
      <div class="ways">
        {cancel !== null && (
          <WayButton kind="cancel" press={() => press(cancel.press)}>
            <Picture name="cross" />
            {cancel.label}
          </WayButton>
        )}
        {back !== null && (
          <WayButton kind="back" press={() => press(back.press)}>
            {back.label}
          </WayButton>
        )}
        {on !== null && (
          <WayButton kind="on" press={() => press(on.press)}>
            {on.label}
            <i class="onward" aria-hidden="true" />
          </WayButton>
        )}
      </div>
      <p class="base">
        <span>{view.kiosk.place}</span>
        <span>
          {texts.help}{' '}
          <bdi dir="ltr" class="phone">
            {view.kiosk.phone}
          </bdi>
        </span>
      </p>
    </footer>
  )
}
