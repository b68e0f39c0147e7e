// A kitchen with its meter on the wall: where the energy arrives, and where it is used.
import { energy } from '../../domain/energy.ts'
import { CardFace } from './card-face.tsx'
import { picksUp, takes } from './dragging.ts'
import type { Bench } from './model.ts'
import type { MeterPanel, Panel } from './panel.ts'
import { kWh, kWhParts, resultWords } from './words.ts'

export const Meters = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const meter = lookedAt(bench, panel)
  if (meter === undefined) return null
  return (
    <section class="home" aria-label="At home">
      <h2>
        At home
        <select
          aria-label="Whose kitchen"
          value={meter.number}
          onChange={(event) => bench.lookAt(event.currentTarget.value)}
        >
          {panel.meters.map(({ number, owner }) => (
            <option key={number} value={number}>
              {owner}
            </option>
          ))}
        </select>
      </h2>
      <Kitchen bench={bench} panel={panel} meter={meter} />
    </section>
  )
}

/** The home that was chosen; else of the card that is out; else the first. */
const lookedAt = (bench: Bench, panel: Panel): MeterPanel | undefined => {
  const out = panel.cards.find((card) => card.where !== 'rack')?.meter
  const wanted = bench.meter.value ?? out
  return panel.meters.find(({ number }) => number === wanted) ?? panel.meters[0]
}

const Kitchen = ({ bench, panel, meter }: { bench: Bench; panel: Panel; meter: MeterPanel }) => {
  const card = panel.cards.find((each) => each.id === meter.card)
  const [whole, hundredths] = kWhParts(meter.remaining)
  return (
    <div
      class={`kitchen ${meter.relay}`}
      {...takes('card', (id) => void bench.intoMeter(id, meter.number))}
    >
      <Bulb />
      <div class="meter">
        <p class="plate">No. {meter.number}</p>
        <div class="display">
          <output aria-label="Energy left">
            {whole}
            <small>.{hundredths}</small> <abbr title="kilowatt hours">kWh</abbr>
          </output>
          <p role="status">{wordsOf(meter)}</p>
        </div>
        <p class="relay">
          <i /> {meter.relay === 'closed' ? 'supply on' : 'supply off'}
        </p>
        <div class="mouth">
          {card !== undefined && (
            <button
              type="button"
              class="inside"
              {...picksUp('card', card.id)}
              onClick={() => void bench.take(card.id)}
            >
              <CardFace card={card} /> <span class="pull">take it out</span>
            </button>
          )}
        </div>
      </div>
      <div class="uses" role="group" aria-label="Use energy">
        {uses.map(({ what, amount }) => (
          <button
            type="button"
            key={what}
            title={`Uses ${kWh(amount)}`}
            onClick={() =>
              void bench.act({ type: 'meter.use', meter: meter.number, energy: amount })
            }
          >
            {what} <small>{kWh(amount)}</small>
          </button>
        ))}
      </div>
    </div>
  )
}

const wordsOf = ({ lastResult }: MeterPanel): string =>
  lastResult === null ? '' : (resultWords[lastResult] ?? `Code ${lastResult}`)

const uses = [
  { what: 'Make tea', amount: energy(20) },
  { what: 'Cook dinner', amount: energy(250) },
  { what: 'A cold week', amount: energy(8_000) },
]

const Bulb = () => (
  <svg class="bulb" viewBox="0 0 60 110" aria-hidden="true">
    <path d="M30 0v34" class="cord" />
    <path d="M22 34h16v10H22z" class="cap" />
    <path
      d="M30 44c-13 0-21 9-21 20 0 9 5 13 9 19 2 3 2 6 2 8h20c0-2 0-5 2-8 4-6 9-10 9-19 0-11-8-20-21-20z"
      class="glow"
    />
    <path d="M24 64l6 8 6-8v20" class="wire" />
  </svg>
)
