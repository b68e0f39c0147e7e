// The face of a card as it was printed.
import type { RackCard } from './panel.ts'

export const CardFace = ({ card }: { card: RackCard }) => (
  <span class={`face ${card.look}`}>
    <span class="chip" />
    <span class="title">{card.title}</span> <span class="number">{card.number}</span>{' '}
    <span class="name">{card.name}</span>
  </span>
)
