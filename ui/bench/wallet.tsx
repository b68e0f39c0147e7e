// A wallet of notes: press one, or drag it to the slot.
import type { Bench } from './model.ts'
import type { Panel } from './panel.ts'
import { noteFace } from './words.ts'

export const Wallet = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <section class="wallet" aria-label="Wallet">
    <h2>Wallet</h2>
    <div class="notes">
      {panel.notes.denominations.map((value) => (
        <button
          type="button"
          key={value}
          class={`note v${value}`}
          draggable
          onDragStart={(event) => event.dataTransfer?.setData('text/note', String(value))}
          onClick={() => void bench.act({ type: 'note.insert', value })}
        >
          <b>{noteFace(value)}</b>
          <small>{panel.currency.symbol}</small>
        </button>
      ))}
      <button
        type="button"
        class="note bad"
        onClick={() => void bench.act({ type: 'note.insert-bad' })}
      >
        <b>?</b>
        <small>torn note</small>
      </button>
    </div>
  </section>
)
