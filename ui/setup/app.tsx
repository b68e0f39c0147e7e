// The whole page of the first setup: the wire with its five steps, one question, and the ways at the foot.
import type { ReadonlySignal } from '@preact/signals'
import { languages } from '../../domain/language.ts'
import { never } from '../../domain/never.ts'
import { WayButton } from '../parts/button.tsx'
import { Wire } from '../parts/wire.tsx'
import { directions, oneMoment, ownNames } from '../texts/first-words.ts'
import { Device } from './device.tsx'
import { Devices } from './devices.tsx'
import { LanguagePage } from './language.tsx'
import { Problem } from './problem.tsx'
import { Question } from './question.tsx'
import { Report } from './report.tsx'
import { setupSteps, type SetupPage } from './setup-view.ts'
import { SlotsPage } from './slots.tsx'
import type { SetupStage } from './stage.ts'
import { Testing, Working } from './working.tsx'

export const App = ({
  stage,
  silent,
}: {
  stage: ReadonlySignal<SetupStage | null>
  silent: ReadonlySignal<boolean>
}) => {
  const at = stage.value
  if (at === null) return <p class="setup-moment">{Object.values(oneMoment).join(' · ')}</p>
  const { view, texts, press } = at
  const { page } = view
  return (
    <div
      class="kiosk setup"
      data-screen="setup"
      data-view={view.number}
      data-page={page.kind}
      data-cue="none"
      dir={directions[view.language]}
    >
      <div class="sheet-of-paper" inert={silent.value}>
        <Head at={at} />
        <main key={nameOf(page)} class="page">
          <PageOf at={at} />
          {page.kind !== 'question' && page.kind !== 'device' && <Problem at={at} />}
        </main>
        <footer class="foot">
          <div class="ways">
            {view.back && (
              <WayButton kind="back" press={() => press({ type: 'back' })}>
                {texts.back}
              </WayButton>
            )}
            {onWay(at)}
          </div>
          <p class="base">
            <span>
              {view.kiosk === null ? (
                texts.newKiosk
              ) : (
                <>
                  {texts.kiosk} <bdi dir="ltr">{view.kiosk}</bdi>
                </>
              )}
            </span>
          </p>
        </footer>
      </div>
      {silent.value && <p class="setup-moment over">{texts.silent}</p>}
    </div>
  )
}

const Head = ({ at: { view, texts, press } }: { at: SetupStage }) => (
  <header class="head">
    <Wire
      reached={setupSteps.indexOf(view.step)}
      state={
        view.page.kind === 'working' ? 'pulsing' : view.problem === null ? 'flowing' : 'broken'
      }
      names={setupSteps.map((step) => texts.steps[step])}
      label={texts.progress}
    />
    <p class="clock" />
    <div class="settings">
      {view.page.kind !== 'language' &&
        languages.map((language) => (
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
    </div>
  </header>
)

/** The way on, on pages that have one way; a question sends what was typed, and a report what was found. */
const onWay = ({ view: { page }, texts, press }: SetupStage) => {
  switch (page.kind) {
    case 'question':
      return (
        <button type="submit" form="answer" class="way on">
          {texts.on}
          <i class="onward" aria-hidden="true" />
        </button>
      )
    case 'devices':
      return page.mayGoOn ? (
        <WayButton kind="on" press={() => press({ type: 'on' })}>
          {texts.on}
          <i class="onward" aria-hidden="true" />
        </WayButton>
      ) : null
    case 'slots':
      return (
        <WayButton kind="on" press={() => press({ type: 'on' })}>
          {texts.on}
          <i class="onward" aria-hidden="true" />
        </WayButton>
      )
    case 'report':
      return page.ready ? (
        <WayButton kind="on" press={() => press({ type: 'choose', choice: 'in service' })}>
          {texts.report.inService}
          <i class="onward" aria-hidden="true" />
        </WayButton>
      ) : null
    case 'language':
    case 'working':
    case 'device':
    case 'testing':
      return null
    default:
      return never(page)
  }
}

const PageOf = ({ at }: { at: SetupStage }) => {
  const { page } = at.view
  switch (page.kind) {
    case 'language':
      return <LanguagePage at={at} />
    case 'question':
      return <Question page={page} at={at} />
    case 'working':
      return <Working page={page} at={at} />
    case 'devices':
      return <Devices page={page} at={at} />
    case 'device':
      return <Device page={page} at={at} />
    case 'testing':
      return <Testing page={page} at={at} />
    case 'slots':
      return <SlotsPage page={page} at={at} />
    case 'report':
      return <Report page={page} at={at} />
    default:
      return never(page)
  }
}

/** Another page begins anew: another question, another device. */
const nameOf = (page: SetupPage): string => {
  if (page.kind === 'question') return page.question
  return page.kind === 'device' ? page.device.device : page.kind
}
