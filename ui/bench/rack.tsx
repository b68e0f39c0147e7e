// The rack of sample cards: each tells a story. The one used last is at hand on top.
import { formatMoney } from '../../domain/money.ts'
import { CardFace } from './card-face.tsx'
import { picksUp, takes } from './dragging.ts'
import type { Bench, Group } from './model.ts'
import type { Panel, RackCard } from './panel.ts'
import { groupWords } from './words.ts'

export const Rack = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const found = panel.cards.filter((card) => isFound(card, bench.search.value))
  const groups = groupsOf(found).filter(
    ([look]) => bench.group.value === 'all' || look === bench.group.value,
  )
  return (
    <section class="rack" aria-label="Cards" {...takes('card', (id) => void bench.take(id))}>
      <Hand bench={bench} panel={panel} />
      <Finding bench={bench} panel={panel} />
      <div class="pockets">
        {groups.map(([look, cards]) => (
          <section key={look} aria-label={groupWords[look]}>
            <h2>
              {groupWords[look]} <small>{cards.length}</small>
            </h2>
            <ul>
              {cards.map((card) => (
                <li key={card.id}>
                  <Pocket bench={bench} card={card} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p class="none">No card says that.</p>}
      </div>
    </section>
  )
}

const looks: RackCard['look'][] = ['customer', 'opening', 'service', 'foreign', 'blank']

const groupsOf = (cards: RackCard[]): [RackCard['look'], RackCard[]][] =>
  looks
    .map((look): [RackCard['look'], RackCard[]] => [
      look,
      cards.filter((card) => card.look === look),
    ])
    .filter(([, all]) => all.length > 0)

const isFound = ({ title, name, number, story }: RackCard, words: string): boolean => {
  const text = `${title} ${name} ${number} ${story}`.toLowerCase()
  return words
    .toLowerCase()
    .split(' ')
    .every((word) => text.includes(word))
}

const Finding = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const there = groupsOf(panel.cards).map(([look]) => look)
  return (
    <div class="finding" role="search">
      <input
        type="search"
        placeholder={`Find among ${panel.cards.length} cards`}
        aria-label="Find a card by name, number or story"
        value={bench.search.value}
        onInput={(event) => bench.find(event.currentTarget.value)}
      />
      <div class="groups" role="group" aria-label="Kinds of cards">
        {(['all', ...there] satisfies Group[]).map((group) => (
          <button
            type="button"
            key={group}
            aria-pressed={bench.group.value === group}
            onClick={() => bench.show(group)}
          >
            {group === 'all' ? 'All' : groupWords[group]}
          </button>
        ))}
      </div>
    </div>
  )
}

/** A pocket of the rack: the card looks out of it, the story stands on it. */
const Pocket = ({ bench, card }: { bench: Bench; card: RackCard }) => {
  const { id, name, story, meter, where } = card
  if (where !== 'rack') {
    return (
      <article class="pocket empty">
        <p class="away">
          {name} {where === 'slot' ? 'is in the kiosk' : 'is in the meter at home'}
        </p>
        <p class="story">{story}</p>
      </article>
    )
  }
  return (
    <article class="pocket">
      <button
        type="button"
        class="out"
        {...picksUp('card', id)}
        onClick={() => void bench.intoKiosk(id)}
      >
        <CardFace card={card} /> <span class="unseen">put it into the kiosk</span>
      </button>
      <p class="story">
        {story}
        {meter !== null && (
          <button type="button" class="home" onClick={() => void bench.intoMeter(id, meter)}>
            into its meter
          </button>
        )}
      </p>
    </article>
  )
}

const Hand = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const card = panel.cards.find((each) => each.id === bench.hand.value)
  if (card === undefined) return null
  const { id, where, meter } = card
  return (
    <article class={`hand at-${where}`} aria-label="The card at hand">
      <h2>{handWords[where]}</h2>
      <div {...picksUp('card', id)}>
        <CardFace card={card} />
      </div>
      <AtTheBank panel={panel} card={id} />
      <p class="acts">
        {where !== 'slot' && (
          <button type="button" onClick={() => void bench.intoKiosk(id)}>
            Into the kiosk
          </button>
        )}
        {where !== 'meter' && meter !== null && (
          <button type="button" onClick={() => void bench.intoMeter(id, meter)}>
            Into the meter
          </button>
        )}
        {where !== 'rack' && (
          <button type="button" onClick={() => void bench.take(id)}>
            Take it out
          </button>
        )}
      </p>
    </article>
  )
}

/** The bank account that is linked to a card, in the edition of a bank. */
const AtTheBank = ({ panel, card }: { panel: Panel; card: string }) => {
  if (panel.bank === null) return null
  const account = panel.bank.accounts.find((each) => each.card === card)
  return (
    <p class="at-bank">
      {account === undefined
        ? 'No bank account is linked to it.'
        : `At the bank: ${panel.currency.symbol} ${formatMoney(account.balance)}, PIN ${account.pin ?? 'none'}${account.pinTriesLeft === 0 ? ', blocked' : ''}`}
    </p>
  )
}

const handWords = {
  rack: 'In your hand',
  slot: 'In the kiosk',
  meter: 'In the meter',
} as const
