// The slots of the machine, from top to bottom where the configuration says they are: bank terminal, notes, card.
import { minor } from '../../domain/money.ts'
import { BankBooks, BankTerminal } from './bank-terminal.tsx'
import { CardFace } from './card-face.tsx'
import { picksUp, takes } from './dragging.ts'
import type { Bench } from './model.ts'
import { NoteFace } from './note-face.tsx'
import type { Panel } from './panel.ts'
import { noteFace } from './words.ts'

export const Slots = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <div class="slots">
    <BankBooks panel={panel} />
    <BankTerminal bench={bench} panel={panel} />
    <NoteSlot bench={bench} panel={panel} />
    <CardSlot bench={bench} panel={panel} />
    <CashBox panel={panel} />
  </div>
)

const NoteSlot = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const { state, inPath } = panel.notes
  return (
    <section
      class={`slot notes ${state}`}
      aria-label="Note slot"
      {...takes('note', (name) => {
        void bench.act(
          name === 'torn'
            ? { type: 'note.insert-bad' }
            : { type: 'note.insert', value: minor(Number(name)) },
        )
      })}
    >
      <p class="label">
        Notes <small>{lampWords[state]}</small>
      </p>
      <div class="mouth">
        {inPath !== null && (
          <span class={`passing ${inPath.where}`}>
            <NoteFace value={inPath.value} symbol={panel.currency.symbol} />
          </span>
        )}
      </div>
    </section>
  )
}

const lampWords = {
  off: 'no power',
  closed: 'closed',
  open: 'one at a time',
  busy: 'one moment',
} as const

/** A door with a window, which no real box has: what is physically in it. */
const CashBox = ({ panel }: { panel: Panel }) => {
  const { cashBox, faults } = panel.notes
  const isOut = faults.includes('cash box removed')
  return (
    <section class={`cash-box ${isOut ? 'out' : ''}`} aria-label="Cash box">
      <p class="label">
        Cash box <small>{isOut ? 'taken out' : cashBox.length === 0 ? 'empty' : ''}</small>
      </p>
      <dl>
        {cashBox.map(({ value, count }) => (
          <div key={value} class={`v${value}`}>
            <dt>{noteFace(value)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const CardSlot = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const card = panel.cards.find((each) => each.id === panel.slot.card)
  const { readerPresent } = panel.slot
  return (
    <section
      class={`slot card-slot ${card === undefined ? 'empty' : 'taken'} ${readerPresent ? '' : 'dead'}`}
      aria-label="Card slot"
      {...takes('card', (id) => void bench.intoKiosk(id))}
    >
      <p class="label">
        Card{' '}
        <small>{readerPresent ? (card === undefined ? 'insert here' : '') : 'unplugged'}</small>
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
    </section>
  )
}
