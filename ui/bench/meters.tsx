// The meters at home: where the energy arrives.
import { energy } from '../../domain/energy.ts'
import type { Bench } from './model.ts'
import type { MeterPanel, Panel } from './panel.ts'
import { kWh, resultWords } from './words.ts'

export const Meters = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const carried = panel.cards.find((card) => card.where !== 'rack')?.meter
  const shown = [
    ...panel.meters.filter((meter) => meter.card !== null || meter.number === carried),
    ...panel.meters.filter((meter) => meter.lastResult !== null),
    ...panel.meters,
  ].filter((meter, at, all) => all.indexOf(meter) === at)
  return (
    <section class="meters" aria-label="Meters at home">
      <h2>On the kitchen wall</h2>
      {shown.slice(0, 3).map((meter) => (
        <Meter key={meter.number} meter={meter} bench={bench} />
      ))}
    </section>
  )
}

const Meter = ({ meter, bench }: { meter: MeterPanel; bench: Bench }) => (
  <div
    class={`meter ${meter.relay}`}
    onDragOver={(event) => event.preventDefault()}
    onDrop={(event) => {
      const card = event.dataTransfer?.getData('text/card')
      if (card) void bench.act({ type: 'meter.insert', card, meter: meter.number })
    }}
  >
    <p class="owner">
      {meter.owner} <small>{meter.number}</small>
    </p>
    <p class="display">
      <output>{kWh(meter.remaining)}</output>
      <small>
        {meter.lastResult === null
          ? ''
          : (resultWords[meter.lastResult] ?? `Code ${meter.lastResult}`)}
      </small>
    </p>
    <p class="acts">
      <span class={`relay ${meter.relay}`}>
        {meter.relay === 'closed' ? 'light on' : 'light off'}
      </span>
      {meter.card !== null && (
        <button
          type="button"
          onClick={() => void bench.act({ type: 'meter.take', meter: meter.number })}
        >
          Take the card
        </button>
      )}
      <button
        type="button"
        onClick={() =>
          void bench.act({ type: 'meter.use', meter: meter.number, energy: energy(500) })
        }
      >
        Use 5 kWh
      </button>
    </p>
  </div>
)
