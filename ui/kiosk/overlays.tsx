// What may lie over any screen: the warning before it is lost, and the silence of the kiosk.
import type { ReadonlySignal } from '@preact/signals'
import { languages } from '../../domain/language.ts'
import { WayButton } from '../parts/button.tsx'
import { Picture } from '../parts/pictures.tsx'
import { directions, oneMoment } from '../texts/first-words.ts'
import { moneyIn, type Stage } from './stage.ts'
import type { Way } from './ways.ts'

export const Warning = ({
  at,
  secondsLeft,
  cancel,
}: {
  at: Stage
  secondsLeft: ReadonlySignal<number | null>
  cancel: Way | null
}) => {
  const { texts, press, view } = at
  const money = moneyIn(view.screen)
  const left = secondsLeft.value ?? 0
  return (
    <div class="over" role="alertdialog" aria-modal="true" aria-labelledby="warning-title">
      <div class="sheet">
        <h1 id="warning-title" ref={takeFocus} tabIndex={-1}>
          {texts.warning.title}
        </h1>
        <p class="countdown">
          <bdi dir="ltr" class="amount huge">
            {left}
          </bdi>
          <span>{texts.warning.seconds(left)}</span>
        </p>
        <p class="todo">
          {texts.warning.otherwise(money?.amount ?? null, money?.goesTo ?? 'account')}
        </p>
      </div>
      <div class="ways">
        {cancel !== null && (
          <WayButton kind="cancel" press={() => press(cancel.press)}>
            <Picture name="cross" />
            {cancel.label}
          </WayButton>
        )}
        <WayButton kind="on" press={() => press({ type: 'more time' })}>
          {texts.warning.moreTime}
          <i class="onward" aria-hidden="true" />
        </WayButton>
      </div>
    </div>
  )
}

/** In every language, because nobody can be asked which. */
export const Silence = ({ phone }: { phone: string | null }) => (
  <div class="over silence" role="alert">
    <div class="sheet">
      {languages.map((language) => (
        <p key={language} lang={language} dir={directions[language]} class="moment">
          {oneMoment[language]}
        </p>
      ))}
      {phone !== null && (
        <p class="call">
          <Picture name="phone" />
          <bdi dir="ltr">{phone}</bdi>
        </p>
      )}
    </div>
  </div>
)

const takeFocus = (heading: HTMLElement | null): void => heading?.focus({ preventScroll: true })
