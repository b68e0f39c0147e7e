// A wallet of notes that never runs empty: press one, or drag it to the slot; and bank cards, to hold to the terminal or put in.
import { BankCardFace } from './bank-card-face.tsx'
import { picksUp } from './dragging.ts'
import { bankCards, type Bench } from './model.ts'
import { NoteFace } from './note-face.tsx'
import type { Panel } from './panel.ts'
import { noteFace } from './words.ts'

export const Wallet = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <section class="wallet" aria-label="Wallet">
    <h2>Wallet</h2>
    <div class="leather">
      {panel.notes.denominations.map((value) => (
        <button
          type="button"
          key={value}
          aria-label={`Put in a note of ${panel.currency.symbol} ${noteFace(value)}`}
          {...picksUp('note', String(value))}
          onClick={() => void bench.act({ type: 'note.insert', value })}
        >
          <NoteFace value={value} symbol={panel.currency.symbol} />
        </button>
      ))}
      <button
        type="button"
        aria-label="1? torn: put in a note that the acceptor cannot read"
        {...picksUp('note', 'torn')}
        onClick={() => void bench.act({ type: 'note.insert-bad' })}
      >
        <span class="note-face torn" aria-hidden="true">
          <b>1?</b> <i />
          <small>torn</small>
        </span>
      </button>
      <ul class="bank-cards" aria-label="Bank cards">
        {bankCards.map((card) => (
          <li key={card}>
            <span {...picksUp('bank-card', card)}>
              <BankCardFace card={card} />
            </span>
            <button
              type="button"
              aria-label={`hold the bank card to the terminal: ${card}`}
              onClick={() => void bench.present(card, 'tap')}
            >
              hold
            </button>
            <button
              type="button"
              aria-label={`put in the bank card: ${card}`}
              onClick={() => void bench.present(card, 'insert')}
            >
              put in
            </button>
          </li>
        ))}
      </ul>
    </div>
  </section>
)
