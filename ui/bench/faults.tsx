// Everything that can go wrong, as switches. They act on the simulators and the wires, never on the kiosk itself.
import type { Bench } from './model.ts'
import type { NoteFault, Panel, PrinterFault } from './panel.ts'

const noteFaults: NoteFault[] = [
  'jam',
  'cash box full',
  'cash box removed',
  'silent',
  'swapped unit',
  'unplugged',
]
const printerFaults: PrinterFault[] = [
  'paper low',
  'paper out',
  'cover open',
  'offline',
  'unplugged',
]

export const Faults = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <section class="faults" aria-label="Faults">
    <h2>Try to break it</h2>
    <fieldset>
      <legend>Card</legend>
      <button type="button" onClick={() => void bench.act({ type: 'card.take' })}>
        Pull it now
      </button>
      {[1, 2, 3].map((commands) => (
        <button
          type="button"
          key={commands}
          onClick={() => void bench.act({ type: 'card.pull-after', commands })}
        >
          Pull after {commands} written
        </button>
      ))}
      <Switch
        label="reader unplugged"
        on={!panel.slot.readerPresent}
        set={(on) => void bench.act({ type: 'reader.unplug', on })}
      />
    </fieldset>
    <fieldset>
      <legend>Notes</legend>
      {noteFaults.map((fault) => (
        <Switch
          key={fault}
          label={fault}
          on={panel.notes.faults.includes(fault)}
          set={(on) => void bench.act({ type: 'notes.fault', fault, on })}
        />
      ))}
      <button type="button" onClick={() => void bench.act({ type: 'notes.power-cycle' })}>
        Cut its power for a moment
      </button>
      <button type="button" onClick={() => void bench.act({ type: 'notes.empty-box' })}>
        Empty the box
      </button>
    </fieldset>
    <fieldset>
      <legend>Printer</legend>
      {printerFaults.map((fault) => (
        <Switch
          key={fault}
          label={fault}
          on={panel.printer.faults.includes(fault)}
          set={(on) => void bench.act({ type: 'printer.fault', fault, on })}
        />
      ))}
    </fieldset>
    <fieldset>
      <legend>Line and power</legend>
      <Switch
        label="centre out of reach"
        on={panel.centreAway}
        set={(on) => void bench.act({ type: 'centre.away', on })}
      />
      <button type="button" onClick={() => void bench.act({ type: 'kiosk.kill' })}>
        Cut the kiosk's power
      </button>
    </fieldset>
  </section>
)

const Switch = ({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) => (
  <label class={on ? 'switch on' : 'switch'}>
    <input type="checkbox" checked={on} onChange={() => set(!on)} />
    {label}
  </label>
)
