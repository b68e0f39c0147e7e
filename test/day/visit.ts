// One customer at one kiosk, from the card in to the card out: a wish, little patience, and an eye on the screen.
import { never } from '../../domain/never.ts'
import { townPin } from '../../kiosk/bench/town/bank-accounts.ts'
import type { Press, Screen, Tender } from '../../ui/kiosk/screen.ts'
import type { Chance } from './chance.ts'
import type { DayKiosk, Edition } from './kiosk.ts'
import type { Person } from './people.ts'

export type Wish = {
  for: 'energy' | 'enquiry' | 'deposit'
  by: 'money' | 'energy'
  tender: Tender
  /** Share of moments at which the mind is changed, in hundredths. */
  whim: number
}

export const someWish = (chance: Chance, edition: Edition): Wish => ({
  for: chance.weighted([
    [93, 'energy'],
    [3, 'enquiry'],
    [4, 'deposit'],
  ]),
  by: chance.percent(80) ? 'money' : 'energy',
  tender: chance.weighted([
    [62, 'cash'],
    [20, 'bank card'],
    [18, edition === 'bank' ? 'bank account' : 'account'],
  ]),
  whim: chance.percent(15) ? 12 : 0.7,
})

export type Deed =
  | { do: 'press'; press: Press }
  | { do: 'note'; value: number }
  | { do: 'pull note' }
  | { do: 'tap' }
  | { do: 'pin'; pin: string | null }
  | { do: 'card in' }
  | { do: 'card out' }
  | { do: 'wait'; ms: number }
  | { do: 'leave' }

const press = (type: Extract<Press, { type: string }>): Deed => ({ do: 'press', press: type })
const wait = (ms: number): Deed => ({ do: 'wait', ms })

/** A customer who has seen enough takes the card and goes; one who forgets it leaves it to the kiosk's patience. */
const whims: readonly (readonly [number, Deed])[] = [
  [4, { do: 'press', press: { type: 'cancel' } }],
  [3, { do: 'card out' }],
  [1, wait(30_000)],
  [1, wait(75_000)],
  [2, { do: 'press', press: { type: 'back' } }],
  [1, { do: 'press', press: { type: 'language', language: 'zh' } }],
  [1, { do: 'pull note' }],
  [1, { do: 'leave' }],
]

/** What somebody with this wish does in front of this screen. */
export const deedAt = (of: {
  screen: Screen
  wish: Wish
  kiosk: DayKiosk
  person: Person
  chance: Chance
}): Deed => {
  const { screen, wish, kiosk, person, chance } = of
  if (chance.percent(wish.whim)) return chance.weighted(whims)
  switch (screen.kind) {
    case 'attract':
    case 'out of service':
      return { do: 'leave' }
    case 'please wait':
    case 'writing':
      return wait(5_000)
    case 'account':
      if (wish.for === 'enquiry') return press({ type: 'enquire' })
      if (person.slips.length > 0 && chance.percent(30)) return press({ type: 'redeem' })
      return screen.canBuy ? press({ type: 'buy' }) : press({ type: 'cancel' })
    case 'enquiry':
      return press({ type: chance.percent(80) ? 'cancel' : 'back' })
    case 'refused':
      return screen.depositOffered && chance.percent(60)
        ? press({ type: 'deposit' })
        : { do: 'card out' }
    case 'choose amount':
      return amount(screen, wish, chance)
    case 'choose tender':
      return tender(screen, wish, chance)
    case 'paying by card':
      if (kiosk.terminal.wantsPin()) return { do: 'pin', pin: somePin(chance) }
      return kiosk.terminal.wantsCard() ? { do: 'tap' } : wait(2_000)
    case 'insert notes':
      return notes(screen, kiosk, chance)
    case 'more than chosen':
      return press({ type: 'rest', to: chance.pick(['energy', 'account']) })
    case 'confirm purchase':
    case 'confirm deposit':
      return press({ type: 'confirm' })
    case 'confirm cancel':
      return press({ type: chance.percent(50) ? 'cancel' : 'keep going' })
    case 'put card back':
      return chance.percent(75) ? { do: 'card in' } : { do: 'leave' }
    case 'open order':
      return press({
        type: screen.mayReturn && chance.percent(40) ? 'return order' : 'finish order',
      })
    case 'mishap':
      return chance.percent(10) ? press({ type: 'print again' }) : press({ type: 'done' })
    case 'take card':
      if (screen.undo === 'offered' && chance.percent(5)) return press({ type: 'take back' })
      return { do: 'card out' }
    case 'confirm undo':
      return press({ type: chance.percent(75) ? 'confirm' : 'back' })
    case 'healed':
    case 'claim told':
      return press({ type: 'done' })
    case 'interrupted':
      return screen.cardIn && chance.percent(50) ? { do: 'card out' } : press({ type: 'done' })
    case 'type claim':
      return claim(screen, person, chance)
    case 'thank you':
    // Nobody else is served meanwhile.
    case 'service':
      return { do: 'leave' }
    default:
      return never(screen)
  }
}

/** Mostly the right one. */
const somePin = (chance: Chance): string | null =>
  chance.weighted([
    [90, townPin],
    [7, '9999'],
    [3, null],
  ])

/** Digit by digit from the slip; somebody without one tries any. */
const claim = (
  { typed, wrong }: Extract<Screen, { kind: 'type claim' }>,
  { slips }: Person,
  chance: Chance,
): Deed => {
  const next = slips.at(-1)?.replaceAll(/\D/g, '')[typed.length]
  if (wrong) return press({ type: chance.percent(50) ? 'erase' : 'cancel' })
  if (next !== undefined) return press({ type: 'digit', digit: Number(next) })
  if (typed.length === 12) return press({ type: 'continue' })
  return chance.percent(80)
    ? press({ type: 'digit', digit: chance.below(10) })
    : press({ type: 'cancel' })
}

const amount = (
  { typed, problem, by, suggestions }: Extract<Screen, { kind: 'choose amount' }>,
  wish: Wish,
  chance: Chance,
): Deed => {
  if (problem !== null) {
    return chance.percent(60)
      ? press({ type: 'suggestion', value: chance.pick([...suggestions, 20, 50]) })
      : press({ type: chance.percent(60) ? 'erase' : 'cancel' })
  }
  if (by !== wish.by) return press({ type: 'amount by', by: wish.by })
  if (typed === '') {
    return suggestions.length > 0 && chance.percent(75)
      ? press({ type: 'suggestion', value: chance.pick(suggestions) })
      : press({ type: 'digit', digit: 1 + chance.below(9) })
  }
  return chance.percent(40)
    ? press({ type: 'digit', digit: chance.below(10) })
    : press({ type: 'continue' })
}

const tender = (
  { tenders }: Extract<Screen, { kind: 'choose tender' }>,
  wish: Wish,
  chance: Chance,
): Deed => {
  const working = tenders.filter((offer) => offer.works).map((offer) => offer.tender)
  if (working.length === 0) return press({ type: 'cancel' })
  const wished = working.includes(wish.tender) ? wish.tender : chance.pick(working)
  return press({ type: 'tender', tender: wished })
}

const notes = (
  screen: Extract<Screen, { kind: 'insert notes' }>,
  kiosk: DayKiosk,
  chance: Chance,
): Deed => {
  const { target, inserted, denominations, canFinish } = screen
  if (canFinish && chance.percent(target === null ? 50 : 4)) return press({ type: 'finish paying' })
  if (!kiosk.acceptor.takes()) return wait(1_500)
  const left = target === null ? 5_000 : target - inserted
  const fitting = denominations.filter((value) => value <= left)
  const value =
    fitting.length > 0 && chance.percent(85)
      ? Math.max(...fitting)
      : chance.pick(denominations.length > 0 ? denominations : [1_000])
  return { do: 'note', value }
}
