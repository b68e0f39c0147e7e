// The rack of sample cards: each tells a story.
import type { Bench } from './model.ts'
import type { Panel, RackCard } from './panel.ts'

export const Rack = ({ bench, panel }: { bench: Bench; panel: Panel }) => (
  <section class="rack" aria-label="Cards">
    <h2>Cards</h2>
    <ul>
      {panel.cards.map((card) => (
        <li key={card.id}>
          <Card card={card} bench={bench} slotTaken={panel.slot.card !== null} />
        </li>
      ))}
    </ul>
  </section>
)

const Card = ({ card, bench, slotTaken }: { card: RackCard; bench: Bench; slotTaken: boolean }) => {
  const { id, meter } = card
  return (
    <article
      class={`card ${card.look} ${card.where}`}
      draggable={card.where === 'rack'}
      onDragStart={(event) => event.dataTransfer?.setData('text/card', id)}
    >
      <CardFace card={card} />
      <p class="story">{card.story}</p>
      <p class="acts">
        {card.where === 'rack' ? (
          <>
            <button
              type="button"
              disabled={slotTaken}
              onClick={() => void bench.act({ type: 'card.insert', card: id })}
            >
              Into the kiosk
            </button>
            {meter !== null && (
              <button
                type="button"
                onClick={() => void bench.act({ type: 'meter.insert', card: id, meter })}
              >
                Into the meter
              </button>
            )}
          </>
        ) : (
          <em>{card.where === 'slot' ? 'in the kiosk' : 'in the meter at home'}</em>
        )}
      </p>
    </article>
  )
}

export const CardFace = ({ card }: { card: RackCard }) => (
  <div class="face" aria-hidden="true">
    <span class="chip" />
    <span class="title">{card.title}</span>
    <span class="number">{card.number}</span>
    <span class="name">{card.name}</span>
  </div>
)
