// Everything that can go wrong, as switches. They act on the simulators and the wires, never on the kiosk itself.
import type { ComponentChildren } from 'preact'
import type { Bench } from './model.ts'
import type { Act, NoteFault, Panel, PrinterFault, TerminalFault } from './panel.ts'

type Props = { bench: Bench; panel: Panel }

export const Faults = ({ bench, panel }: Props) => (
  <section class="faults" aria-label="Faults">
    <h2>Try to break it</h2>
    <CardFaults bench={bench} panel={panel} />
    <NoteFaults bench={bench} panel={panel} />
    <TerminalFaults bench={bench} panel={panel} />
    <PrinterFaults bench={bench} panel={panel} />
    <Doors bench={bench} panel={panel} />
    <fieldset>
      <legend>Line and power</legend>
      <Switch
        label="centre out of reach"
        on={panel.centreAway}
        set={(on) => void bench.act({ type: 'centre.away', on })}
      />
      {panel.bank !== null && (
        <>
          <Switch
            label="bank host down"
            on={!panel.bank.up}
            set={(on) => void bench.act({ type: 'bank.down', on })}
          />
          <Once bench={bench} act={{ type: 'front.kill' }}>
            Cut the front machine's power
          </Once>
        </>
      )}
      <Once bench={bench} act={{ type: 'kiosk.kill' }}>
        Cut the kiosk's power
      </Once>
    </fieldset>
  </section>
)

const CardFaults = ({ bench, panel }: Props) => (
  <fieldset>
    <legend>Card</legend>
    <Once bench={bench} act={{ type: 'card.take' }}>
      Pull it now
    </Once>
    <Switch
      label="reader unplugged"
      on={!panel.slot.readerPresent}
      set={(on) => void bench.act({ type: 'reader.unplug', on })}
    />
    <p class="row">
      in the write, after
      {scriptCommands.map(({ number, what }) => (
        <button
          type="button"
          key={number}
          class="once"
          title={what}
          aria-label={`Pull the card in the write, after command ${number}: ${what}`}
          aria-pressed={panel.slot.pullAfter === number}
          onClick={() =>
            void bench.act({
              type: 'card.pull-after',
              commands: panel.slot.pullAfter === number ? 0 : number,
            })
          }
        >
          {number}
        </button>
      ))}
    </p>
  </fieldset>
)

/** The usual script, power-card.md 8.2: the energy is on the card with the last of them. */
const scriptCommands = [
  { number: 1, what: 'the centre is authenticated' },
  { number: 2, what: 'the write-back is cleared' },
  { number: 3, what: 'the journal record is appended' },
  { number: 4, what: 'the purchase is on the card' },
]

const noteFaults: NoteFault[] = [
  'jam',
  'cash box full',
  'cash box removed',
  'silent',
  'swapped unit',
  'unplugged',
]

const NoteFaults = ({ bench, panel }: Props) => (
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
    <Once bench={bench} act={{ type: 'notes.power-cycle' }}>
      Blink its power
    </Once>
    <Once bench={bench} act={{ type: 'notes.empty-box' }}>
      Empty the box
    </Once>
  </fieldset>
)

const terminalFaults: TerminalFault[] = ['bank away', 'day not ended', 'silent', 'unplugged']

const TerminalFaults = ({ bench, panel }: Props) => (
  <fieldset>
    <legend>Bank terminal</legend>
    {terminalFaults.map((fault) => (
      <Switch
        key={fault}
        label={fault}
        on={panel.terminal.faults.includes(fault)}
        set={(on) => void bench.act({ type: 'terminal.fault', fault, on })}
      />
    ))}
    <Once bench={bench} act={{ type: 'terminal.power-cycle' }}>
      Blink its power
    </Once>
  </fieldset>
)

const printerFaults: PrinterFault[] = [
  'paper low',
  'paper out',
  'cover open',
  'offline',
  'unplugged',
]

const PrinterFaults = ({ bench, panel }: Props) => (
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
)

const Doors = ({ bench, panel: { serviceSwitch } }: Props) => (
  <fieldset>
    <legend>Doors and key switch</legend>
    <Switch
      label="cabinet open"
      on={serviceSwitch.open.cabinet}
      set={(on) => void bench.act({ type: 'door.open', which: 'cabinet', on })}
    />
    <Switch
      label="cash compartment open"
      on={serviceSwitch.open.cash}
      set={(on) => void bench.act({ type: 'door.open', which: 'cash', on })}
    />
    <Switch
      label="unplugged"
      on={!serviceSwitch.plugged}
      set={(on) => void bench.act({ type: 'service-switch.unplug', on })}
    />
  </fieldset>
)

/** Something that happens once, not a state that lasts. */
const Once = (props: { bench: Bench; act: Act; children: ComponentChildren }) => (
  <button type="button" class="once" onClick={() => void props.bench.act(props.act)}>
    {props.children}
  </button>
)

const Switch = ({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) => (
  <label class={on ? 'switch on' : 'switch'}>
    <input type="checkbox" role="switch" checked={on} onChange={() => set(!on)} />
    <i aria-hidden="true" />
    {label}
  </label>
)
