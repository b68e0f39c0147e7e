// The whole page: one screen in its frame, the cues at the edges, and what may lie over them.
import { useComputed } from '@preact/signals'
import { Cue, edgeOf } from '../parts/cue.tsx'
import { directions } from '../texts/first-words.ts'
import { cuesFor } from './cue-for.ts'
import { Foot, Head } from './frame.tsx'
import type { Kiosk } from './model.ts'
import { Silence, Warning } from './overlays.tsx'
import type { Press } from './screen.ts'
import { ScreenOf } from './screen-of.tsx'
import type { Stage } from './stage.ts'
import { waysOf } from './ways.ts'

/** Another language speaks louder on the first screen after this. */
const turnMs = 6_000
/** What stands still for hours moves a little after this. */
const shiftMs = 3 * 60_000

export const App = ({ kiosk, press }: { kiosk: Kiosk; press: (press: Press) => void }) => {
  const time = useComputed(() => kiosk.format.value?.time(kiosk.clock.value) ?? '')
  const day = useComputed(() => kiosk.format.value?.date(kiosk.clock.value) ?? '')
  const turn = useComputed(() =>
    Math.floor((kiosk.clock.value - (kiosk.view.value?.now ?? 0)) / turnMs),
  )
  const shift = useComputed(() => (Math.floor(kiosk.clock.value / shiftMs) % 4) - 1)
  const [view, texts, format] = [kiosk.view.value, kiosk.texts.value, kiosk.format.value]
  if (view === null || texts === null || format === null) return <Silence phone={null} />

  const service = kiosk.service.value
  const at: Stage = { view, texts, format, press, keypad: kiosk.keypad.value, service }
  const { screen } = view
  const whole = screen.kind === 'service' && screen.page.whole !== null
  const ways = waysOf(screen, texts)
  const cues =
    screen.kind === 'service'
      ? (service?.cues(screen.page, view.slots) ?? [])
      : cuesFor(screen, view.slots)
  const [cue] = cues
  const over = view.warning !== null || kiosk.silent.value
  return (
    <div
      class="kiosk"
      data-screen={view.screen.kind}
      data-view={view.number}
      data-cue={cue === undefined ? 'none' : `${edgeOf(cue)} ${cue.size}`}
      data-height={cue?.place.split('-')[1] ?? 'none'}
      data-urgent={cue?.urgent ?? false}
      data-wire={view.wire.state}
      data-below={cues.some(({ place }) => place === 'bottom')}
      dir={directions[view.language]}
      style={`--shift:${shift.value}`}
    >
      <div class="sheet-of-paper" inert={over || whole}>
        <Head at={at} time={time} day={day} />
        <main key={view.screen.kind} class="page">
          <ScreenOf at={at} turn={turn} />
        </main>
        <Foot at={at} ways={ways} />
        {cues.map((each) => (
          <Cue key={each.object} cue={each} />
        ))}
      </div>
      {whole && service !== null && (
        <div class="whole" inert={over}>
          <service.Whole screen={screen} part={service} at={at} />
        </div>
      )}
      {view.warning !== null && (
        <Warning at={at} secondsLeft={kiosk.secondsLeft} cancel={ways.cancel} />
      )}
      {kiosk.silent.value && <Silence phone={view.kiosk.phone} />}
    </div>
  )
}
