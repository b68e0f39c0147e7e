// The bench: a drawn machine around the live screen, and the world around the machine.
import { render } from 'preact'
import { Cabinet } from './cabinet.tsx'
import { Faults } from './faults.tsx'
import { Meters } from './meters.tsx'
import { BenchModel, type Bench } from './model.ts'
import { Rack } from './rack.tsx'
import { Reading } from './receipts.tsx'
import { Wallet } from './wallet.tsx'

const Page = ({ bench }: { bench: Bench }) => {
  const panel = bench.panel.value
  if (panel === null) return <p class="starting">One moment: the bench is starting.</p>
  return (
    <main>
      <div class="start-side">
        <h1>
          Watt<b>Point</b> <small>bench</small>
        </h1>
        <p class="about">
          Put a card into the kiosk, pay in notes or by bank card, take the receipt, and carry the
          card home to its meter.
        </p>
        {panel.consoleUrl !== null && (
          <p class="about">
            <a href={panel.consoleUrl} target="_blank" rel="noreferrer">
              The office’s console
            </a>{' '}
            sees every sale: sign in as <b>amina</b>, <b>bo</b>, <b>olga</b>, <b>chen</b> or{' '}
            <b>root</b>, password <b>a quiet current flows</b>.
          </p>
        )}
        <Rack bench={bench} panel={panel} />
      </div>
      <Cabinet bench={bench} panel={panel} />
      <aside class="world" aria-label="Wallet, home and faults">
        {panel.missing.map((sentence) => (
          <p key={sentence} class="missing">
            {sentence}
          </p>
        ))}
        <Wallet bench={bench} panel={panel} />
        <Meters bench={bench} panel={panel} />
        <Faults bench={bench} panel={panel} />
      </aside>
      <Reading bench={bench} panel={panel} />
      <Refused bench={bench} />
    </main>
  )
}

const Refused = ({ bench }: { bench: Bench }) => {
  if (!bench.connected.value) {
    return (
      <p class="refused" role="alert">
        The bench has stopped. Start it again with npm start; this page goes on by itself.
      </p>
    )
  }
  if (bench.refused.value === null) return null
  return (
    <p class="refused" role="alert">
      {bench.refused.value}
      <button type="button" onClick={bench.hush}>
        Close
      </button>
    </p>
  )
}

const bench = new BenchModel()
bench.listen()
const root = document.getElementById('bench')
if (root !== null) render(<Page bench={bench} />, root)
