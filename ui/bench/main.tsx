// The bench: a drawn machine around the live screen, and the world around the machine.
import { render } from 'preact'
import { Cabinet } from './cabinet.tsx'
import { Faults } from './faults.tsx'
import { Meters } from './meters.tsx'
import { BenchModel, type Bench } from './model.ts'
import { Rack } from './rack.tsx'
import { Wallet } from './wallet.tsx'

const Page = ({ bench }: { bench: Bench }) => {
  const panel = bench.panel.value
  if (panel === null) return <p class="starting">One moment: the bench is starting.</p>
  return (
    <main class={bench.orientation.value}>
      <header>
        <h1>
          Watt<b>Point</b> <small>bench</small>
        </h1>
        <p>
          Everything here is real but the money: production drivers on pcscd, pseudo-terminals and
          HTTP. Put a card into the slot, pay, and carry it home to the meter.
        </p>
        <button type="button" onClick={bench.turn}>
          Turn the screen
        </button>
      </header>
      <Rack bench={bench} panel={panel} />
      <Cabinet bench={bench} panel={panel} />
      <aside class="world" aria-label="Wallet, home and faults">
        <Wallet bench={bench} panel={panel} />
        <Meters bench={bench} panel={panel} />
        <Faults bench={bench} panel={panel} />
      </aside>
      {bench.refused.value !== null && (
        <p class="refused" role="alert">
          {bench.refused.value}
          <button type="button" onClick={bench.hush}>
            Close
          </button>
        </p>
      )}
      {!bench.connected.value && <p class="refused">The bench has stopped.</p>}
    </main>
  )
}

const bench = new BenchModel()
bench.listen()
const root = document.getElementById('bench')
if (root !== null) render(<Page bench={bench} />, root)
