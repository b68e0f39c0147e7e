// The machine: the live screen in its frame, and around it every slot where the configuration says it is.
import { MaintenanceKey } from './maintenance-key.tsx'
import type { Bench } from './model.ts'
import type { Panel, ProgramState } from './panel.ts'
import { Receipts } from './receipts.tsx'
import { Slots } from './slots.tsx'

/** The size the kiosk's page is laid out for; the frame scales it down to fit the machine. */
const screens = { portrait: [1080, 1920], landscape: [1280, 800] } as const

export const Cabinet = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const [width, height] = screens[bench.orientation.value]
  return (
    <section class={`cabinet ${bench.orientation.value}`} aria-label="The kiosk">
      <Crown bench={bench} panel={panel} />
      <div class="front" style={`--w:${width};--h:${height}`}>
        <Glass bench={bench} panel={panel} />
        <Slots bench={bench} panel={panel} />
      </div>
      <Receipts bench={bench} panel={panel} />
    </section>
  )
}

const Crown = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const { kiosk, centre } = panel.programs
  return (
    <header class="crown">
      <span class="brand" aria-hidden="true">
        Watt<b>Point</b>
      </span>
      <span class="current" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((node) => (
          <i key={node} />
        ))}
      </span>
      <Lamp name="kiosk" state={kiosk} words={stateWords[kiosk]} />
      <Lamp
        name="centre"
        state={panel.centreAway ? 'stopped' : centre}
        words={panel.centreAway ? 'out of reach' : stateWords[centre]}
      />
      {panel.bank !== null && (
        <>
          <Lamp name="front" state={panel.bank.front} words={stateWords[panel.bank.front]} />
          <Lamp
            name="bank"
            state={panel.bank.up ? 'running' : 'stopped'}
            words={panel.bank.up ? 'on' : 'down'}
          />
        </>
      )}
      <MaintenanceKey bench={bench} panel={panel} />
      <button type="button" onClick={bench.turn}>
        Turn the screen
      </button>
    </header>
  )
}

const stateWords = { starting: 'starting', running: 'on', stopped: 'off' } as const

const Lamp = ({ name, state, words }: { name: string; state: ProgramState; words: string }) => (
  <span class="lamp" role="status">
    <i class={state} /> {name} {words}
  </span>
)

const Glass = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const [width, height] = screens[bench.orientation.value]
  const { kiosk } = panel.programs
  return (
    <div class="glass">
      {kiosk === 'running' ? (
        <iframe
          key={bench.starts.value}
          title="The customer's screen"
          src={panel.kioskUrl}
          width={width}
          height={height}
        />
      ) : (
        <p class="dark">{kiosk === 'starting' ? 'The kiosk is starting' : 'No power'}</p>
      )}
    </div>
  )
}
