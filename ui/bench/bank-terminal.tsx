// The bank terminal: its little display, its keys, the card that looks out of it; and its books, which no real one shows.
import { formatMoney } from '../../domain/money.ts'
import { BankCardFace } from './bank-card-face.tsx'
import { takes } from './dragging.ts'
import { bankCards, type Bench } from './model.ts'
import type { BookedState, Panel } from './panel.ts'

type Props = { bench: Bench; panel: Panel }

export const BankTerminal = ({ bench, panel }: Props) => {
  const { display, asks, cardInside, faults } = panel.terminal
  const isDead = display.length === 0 || faults.includes('silent') || faults.includes('unplugged')
  return (
    <section
      class={`bank-terminal ${asks === null ? '' : 'asking'} ${isDead ? 'dead' : ''}`}
      aria-label="Bank terminal"
      {...takes('bank-card', (name) => {
        const card = bankCards.find((each) => each === name)
        if (card !== undefined) void bench.present(card, 'insert')
      })}
    >
      <output class="little-screen">
        {display.map((line, at) => (
          <span key={line}>
            {line}
            {at === 0 && asks === 'pin' && <b> {'•'.repeat(bench.pin.value.length)}</b>}
          </span>
        ))}
      </output>
      <Keys bench={bench} asks={asks} />
      {cardInside && (
        <button
          type="button"
          class="bank-card-inside"
          onClick={() => void bench.act({ type: 'bank-card.take' })}
        >
          <BankCardFace card={bench.bankCard.value} /> <span class="pull">take it out</span>
        </button>
      )}
    </section>
  )
}

const Keys = ({ bench, asks }: { bench: Bench; asks: Panel['terminal']['asks'] }) => (
  <div class="keys">
    {['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].map((digit) => (
      <button
        type="button"
        key={digit}
        disabled={asks !== 'pin'}
        class={digit === '0' ? 'zero' : ''}
        onClick={() => bench.typeDigit(digit)}
      >
        {digit}
      </button>
    ))}
    <button
      type="button"
      class="stop"
      aria-label="Stop key of the bank terminal"
      onClick={() => void bench.act({ type: 'terminal.stop' })}
    >
      ✕
    </button>
    <button
      type="button"
      class="ok"
      aria-label="OK key of the bank terminal"
      disabled={asks !== 'pin'}
      onClick={() => void bench.enterPin()}
    >
      ✓
    </button>
  </div>
)

const stateWords: Record<BookedState, string> = {
  authorised: 'agreed, not final',
  stored: 'charged',
  reversed: 'reversed',
  'reversal pending': 'to be reversed',
}

/** A window into terminal and bank: what is so, whatever the kiosk has been told. */
export const BankBooks = ({ panel }: Pick<Props, 'panel'>) => {
  const { books, charged } = panel.terminal
  return (
    <section class="bank-books" aria-label="Books of the bank terminal">
      <p class="label">
        Bank's books{' '}
        <small>
          {books.length === 0 ? 'empty' : `${panel.currency.symbol} ${formatMoney(charged)}`}
        </small>
      </p>
      <ol>
        {books.map(({ receiptNumber, amount, state }) => (
          <li key={receiptNumber} data-state={state}>
            <span>{String(receiptNumber).padStart(4, '0')}</span>
            <b>{formatMoney(amount)}</b>
            <small>{stateWords[state]}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}
