// The machine: the live screen in its frame, and every slot where the configuration says it is.
import { noteFace } from './words.ts'
import type { Bench } from './model.ts'
import type { Panel } from './panel.ts'
import { CardFace } from './rack.tsx'

/** The size the kiosk's page is laid out for; the frame scales it down to fit the machine. */
const screens = { portrait: [1080, 1920], landscape: [1280, 800] } as const

export const Cabinet = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const [width, height] = screens[bench.orientation.value]
  return (
    <section class="cabinet" aria-label="The kiosk">
      <div class="crown">
        <span class={`lamp ${panel.programs.kiosk}`} /> kiosk {panel.programs.kiosk}
        <span class={`lamp ${panel.centreAway ? 'stopped' : panel.programs.centre}`} /> centre{' '}
        {panel.centreAway ? 'out of reach' : panel.programs.centre}
      </div>
      <div class="front">
        <div class="glass" style={`--w:${width};--h:${height}`}>
          <iframe
            title="The customer's screen"
            src={panel.kioskUrl}
            width={width}
            height={height}
          />
        </div>
        <div class="slots">
          <div class="bank-terminal" aria-label="Bank terminal, not part of this edition">
            <span />
            <i />
          </div>
          <NoteSlot bench={bench} panel={panel} />
          <CardSlot bench={bench} panel={panel} />
        </div>
      </div>
      <ReceiptMouth bench={bench} panel={panel} />
    </section>
  )
}

const NoteSlot = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <div
    class={`slot notes ${panel.notes.state}`}
    onDragOver={(event) => event.preventDefault()}
    onDrop={(event) => {
      const value = Number(event.dataTransfer?.getData('text/note'))
      const note = panel.notes.denominations.find((each) => each === value)
      if (note !== undefined) void bench.act({ type: 'note.insert', value: note })
    }}
  >
    <span class="mouth" />
    <p>
      Notes <small>{lampWords[panel.notes.state]}</small>
    </p>
    <p class="box">
      {panel.notes.cashBox.length === 0
        ? 'box empty'
        : panel.notes.cashBox.map(({ value, count }) => `${count} × ${noteFace(value)}`).join('  ')}
    </p>
  </div>
)

const lampWords = {
  off: 'no power',
  closed: 'closed',
  open: 'insert one by one',
  busy: 'one moment',
} as const

const CardSlot = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const card = panel.cards.find((each) => each.id === panel.slot.card)
  return (
    <div
      class={`slot card-slot ${card === undefined ? 'empty' : 'taken'}`}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const id = event.dataTransfer?.getData('text/card')
        if (id) void bench.act({ type: 'card.insert', card: id })
      }}
    >
      <span class="mouth" />
      {card === undefined ? (
        <p>
          Card <small>{panel.slot.readerPresent ? 'drop one here' : 'reader unplugged'}</small>
        </p>
      ) : (
        <>
          <button
            type="button"
            class="inside"
            onClick={() => void bench.act({ type: 'card.take' })}
          >
            <CardFace card={card} />
            Take the card out
          </button>
        </>
      )}
    </div>
  )
}

const ReceiptMouth = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <div class="receipts" aria-label="Receipts">
    <span class="mouth" />
    <div class="paper">
      {panel.printer.receipts.map((receipt) => (
        <figure key={receipt.id} class={receipt.torn ? 'torn' : 'hanging'}>
          <a href={receipt.picture} target="_blank" rel="noreferrer">
            <img src={receipt.picture} alt="A printed receipt" width={receipt.widthPx / 2} />
          </a>
          {!receipt.torn && (
            <button
              type="button"
              onClick={() => void bench.act({ type: 'receipt.tear-off', receipt: receipt.id })}
            >
              Tear off
            </button>
          )}
        </figure>
      ))}
    </div>
  </div>
)
