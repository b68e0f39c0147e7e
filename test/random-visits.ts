// What people may do at a kiosk, in any order and at any moment: arbitrary acts for fast-check, done at a kiosk in a box.
import * as fc from 'fast-check'
import { never } from '../domain/never.ts'
import type { Press, Screen, View } from '../ui/kiosk/screen.ts'
import type { KioskInABox } from './kiosk-in-a-box.ts'

/** Cards of the sample town that customers come with; whoever is served afterwards comes with another. */
const cards = [
  'plain-sale',
  'rich-account',
  'account-frozen',
  'unread-purchase',
  'order-open',
  'order-loaded',
  'imitation',
  'bank-card',
] as const
type Card = (typeof cards)[number]

export type Act =
  /** Something that the screen offers, the n-th of it: what takes a visit forward. */
  | { do: 'go on'; how: number }
  /** Whatever can be pressed anywhere. */
  | { do: 'press'; press: Press }
  /** Pressed on a view that has gone. */
  | { do: 'press late'; press: Press }
  | { do: 'note'; value: number }
  | { do: 'bad note'; value: number }
  | { do: 'pull note' }
  | { do: 'card in'; card: Card }
  | { do: 'card out' }
  /** The card is pulled after so many more commands to it. */
  | { do: 'pull card'; after: number; last: 'answered' | 'not answered' }
  | { do: 'wait'; ms: number }
  | Fault

type Fault =
  | { do: 'restart kiosk' }
  | { do: 'centre away' }
  | { do: 'centre back' }
  | { do: 'lose answer'; of: 'insertion' | 'quote' | 'order' | 'script' | 'proof' | 'closing' }
  | { do: 'acceptor'; meets: AcceptorFault }
  | { do: 'unplug'; line: 'notes' | 'printer' }
  | { do: 'plug in' }
  | { do: 'paper out' }
  | { do: 'paper in' }

type AcceptorFault = (typeof acceptorFaults)[number]
const acceptorFaults = [
  'power cycle',
  'no power',
  'silence',
  'jam',
  'box taken out',
  'open path',
  'all well again',
] as const

const constant = <const Value>(value: Value) => fc.constant(value)

/** Every press there is. */
const anyPress: fc.Arbitrary<Press> = fc.oneof(
  fc
    .constantFrom(
      'buy',
      'enquire',
      'redeem',
      'back',
      'cancel',
      'keep going',
      'more time',
      'erase',
      'continue',
      'finish paying',
      'confirm',
      'deposit',
      'finish order',
      'return order',
      'print again',
      'take back',
      'done',
    )
    .map((type): Press => ({ type })),
  fc.record({ type: constant('digit'), digit: fc.nat({ max: 9 }) }),
  fc.record({
    type: constant('suggestion'),
    value: fc.oneof(fc.constantFrom(1, 20, 50, 100), fc.integer({ min: 1, max: 99_999 })),
  }),
  fc.record({ type: constant('amount by'), by: fc.constantFrom('money', 'energy') }),
  fc.record({ type: constant('tender'), tender: fc.constantFrom('cash', 'bank card', 'account') }),
  fc.record({ type: constant('rest'), to: fc.constantFrom('energy', 'account') }),
  fc.record({ type: constant('language'), language: fc.constantFrom('en', 'zh', 'ar') }),
  fc.record({ type: constant('theme'), theme: fc.constantFrom('day', 'night', 'contrast') }),
)

const notes = fc.constantFrom(500, 1000, 2000, 5000, 10_000)

const peoplesActs = [
  { weight: 60, arbitrary: fc.record({ do: constant('go on'), how: fc.nat({ max: 11 }) }) },
  { weight: 8, arbitrary: fc.record({ do: constant('press'), press: anyPress }) },
  { weight: 2, arbitrary: fc.record({ do: constant('press late'), press: anyPress }) },
  { weight: 5, arbitrary: fc.record({ do: constant('note'), value: notes }) },
  { weight: 1, arbitrary: fc.record({ do: constant('bad note'), value: notes }) },
  { weight: 1, arbitrary: fc.record({ do: constant('pull note') }) },
  { weight: 6, arbitrary: fc.record({ do: constant('card in'), card: fc.constantFrom(...cards) }) },
  { weight: 1, arbitrary: fc.record({ do: constant('card out') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: constant('pull card'),
      after: fc.nat({ max: 9 }),
      last: fc.constantFrom('answered', 'not answered'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: constant('wait'),
      ms: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(50, 300, 800, 1500, 3000) },
        { weight: 1, arbitrary: fc.constantFrom(8000, 30_000, 70_000) },
      ),
    }),
  },
] satisfies fc.WeightedArbitrary<Act>[]

const faults = [
  { weight: 2, arbitrary: fc.record({ do: constant('restart kiosk') }) },
  { weight: 2, arbitrary: fc.record({ do: constant('centre away') }) },
  { weight: 4, arbitrary: fc.record({ do: constant('centre back') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: constant('lose answer'),
      of: fc.constantFrom('insertion', 'quote', 'order', 'script', 'proof', 'closing'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: constant('acceptor'),
      meets: fc.oneof(fc.constantFrom(...acceptorFaults), fc.constant('all well again' as const)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: constant('unplug'), line: fc.constantFrom('notes', 'printer') }),
  },
  { weight: 4, arbitrary: fc.record({ do: constant('plug in') }) },
  { weight: 1, arbitrary: fc.record({ do: constant('paper out') }) },
  { weight: 1, arbitrary: fc.record({ do: constant('paper in') }) },
] satisfies fc.WeightedArbitrary<Act>[]

export const actsOfPeople: fc.Arbitrary<Act> = fc.oneof(...peoplesActs)
export const actsAndFaults: fc.Arbitrary<Act> = fc.oneof(...peoplesActs, ...faults)

type Deed = Exclude<Act, { do: 'press late' | 'go on' }>

/** What a screen offers, with what takes a visit forward more than once. `card` was in the slot last. */
const offers = (screen: Screen, card: Card): Deed[] => {
  const press = (...presses: Press[]): Deed[] => presses.map((one) => ({ do: 'press', press: one }))
  switch (screen.kind) {
    case 'attract':
      return cards.map((each) => ({ do: 'card in', card: each }))
    case 'out of service':
    case 'please wait':
    case 'writing':
      return [{ do: 'wait', ms: 800 }]
    case 'account':
      return press({ type: 'buy' }, { type: 'buy' }, { type: 'buy' }, { type: 'enquire' })
    case 'enquiry':
      return press({ type: 'buy' }, { type: 'back' }, { type: 'cancel' })
    case 'refused':
      return press({ type: 'deposit' }, { type: 'deposit' }, { type: 'cancel' })
    case 'choose amount':
      return press({ type: 'suggestion', value: 50 }, { type: 'suggestion', value: 20 })
    case 'choose tender':
      return press(
        { type: 'tender', tender: 'cash' },
        { type: 'tender', tender: 'cash' },
        { type: 'tender', tender: 'account' },
        { type: 'back' },
      )
    case 'insert notes':
      return [
        { do: 'note', value: 2000 },
        { do: 'note', value: 5000 },
        { do: 'note', value: 2000 },
        { do: 'note', value: 10_000 },
        { do: 'note', value: 1000 },
        ...press({ type: 'finish paying' }, { type: 'cancel' }),
      ]
    case 'more than chosen':
      return press({ type: 'rest', to: 'energy' }, { type: 'rest', to: 'account' })
    case 'confirm purchase':
    case 'confirm deposit':
      return [
        ...press({ type: 'confirm' }, { type: 'confirm' }, { type: 'confirm' }),
        { do: 'pull card', after: 4, last: 'answered' },
        ...press({ type: 'cancel' }),
      ]
    case 'confirm cancel':
      return press({ type: 'keep going' }, { type: 'cancel' })
    case 'paying by card':
      return press({ type: 'cancel' })
    case 'put card back':
      return [{ do: 'card in', card }, ...press({ type: 'done' })]
    case 'open order':
      return press({ type: 'finish order' }, { type: 'return order' })
    case 'type claim':
      return press({ type: 'digit', digit: 7 }, { type: 'back' }, { type: 'cancel' })
    case 'claim told':
    case 'mishap':
    case 'interrupted':
      return press({ type: 'done' })
    case 'take card':
      return screen.undo === 'offered'
        ? [...press({ type: 'take back' }), { do: 'card out' }, { do: 'card out' }]
        : [{ do: 'card out' }]
    case 'confirm undo':
      return [
        ...press({ type: 'confirm' }, { type: 'confirm' }, { type: 'back' }),
        { do: 'pull card', after: 2, last: 'answered' },
      ]
    case 'healed':
      return press({ type: 'continue' }, { type: 'continue' }, { type: 'done' })
    case 'thank you':
    case 'service':
      return [{ do: 'card out' }]
    default:
      return never(screen)
  }
}

/** Does acts one by one; one that is not possible at the moment does nothing. */
export const peopleAt = (box: KioskInABox) => {
  /** A view of the screen before the one that is shown. */
  let gone: View | null = null
  let card: Card = 'plain-sale'
  return async (act: Act): Promise<void> => {
    const before = box.view()
    if (act.do === 'press late') pressLate(box, act.press, gone)
    else if (act.do === 'go on') {
      const possible = offers(before.screen, card)
      const chosen = possible[act.how % possible.length]
      if (chosen === undefined) return
      if (chosen.do === 'card in') ({ card } = chosen)
      await perform(box, chosen)
      await box.pass(chosen.do === 'note' ? 2_000 : 400)
    } else {
      if (act.do === 'card in') ({ card } = act)
      await perform(box, act)
    }
    if (box.view().screen.kind !== before.screen.kind) gone = before
  }
}

const pressLate = (box: KioskInABox, press: Press, gone: View | null): void => {
  if (gone === null || gone.screen.kind === box.view().screen.kind) return
  const taken = box.pressOn(gone.number, press)
  if (taken && press.type !== 'language' && press.type !== 'theme') {
    throw new Error(`"${press.type}" of the screen ${gone.screen.kind} was taken afterwards`)
  }
}

const perform = async (box: KioskInABox, act: Deed): Promise<void> => {
  switch (act.do) {
    case 'press':
      box.press(act.press)
      return box.pass(50)
    case 'note':
    case 'bad note':
      box.notes.insert(act.value, act.do === 'note' ? {} : { refusedFor: 0x01 })
      return box.pass(50)
    case 'pull note':
      box.notes.pullBack()
      return
    case 'card in':
      if (box.reader.present()) return
      box.insert(act.card)
      return box.pass(300)
    case 'card out':
      box.reader.remove()
      return box.pass(50)
    case 'pull card':
      if (box.reader.present()) box.reader.pullAfter(act.after, act.last)
      return
    case 'wait':
      return box.pass(act.ms)
    case 'restart kiosk':
      return box.restart()
    case 'centre away':
      return box.centre.goAway()
    case 'centre back':
      return box.centre.comeBack()
    case 'lose answer':
      return box.centre.fail(act.of, 'answer lost')
    case 'acceptor':
      return meet(box, act.meets)
    case 'unplug':
      return box.unplug(act.line)
    case 'plug in':
      return box.plugIn()
    case 'paper out':
      return box.printer.runOutOfPaper()
    case 'paper in':
      return box.printer.insertPaper()
    default:
      never(act)
  }
}

const meet = ({ notes: acceptor }: KioskInABox, fault: AcceptorFault): void => {
  switch (fault) {
    case 'power cycle':
      return acceptor.powerCycle()
    case 'no power':
      return acceptor.powerOff()
    case 'silence':
      return acceptor.goSilent()
    case 'jam':
      return acceptor.jam('safe')
    case 'box taken out':
      return acceptor.removeCashBox()
    case 'open path':
      return acceptor.openPath()
    case 'all well again':
      return mend(acceptor)
    default:
      never(fault)
  }
}

const mend = (acceptor: KioskInABox['notes']): void => {
  const { cashBox, jam, pathOpen } = acceptor.truth()
  if (jam !== null) acceptor.clearJam()
  if (pathOpen) acceptor.closePath()
  if (!cashBox.in) acceptor.replaceCashBox()
  acceptor.speakAgain()
  acceptor.powerOn()
}

/** A card may be waited for, then a mishap be shown, and a device that was plugged in again has to find that out. */
const allPatienceMs = 150_000

/** Everybody has left, whatever was broken is mended, and the kiosk has had the time to notice. */
export const afterwards = async (box: KioskInABox): Promise<void> => {
  box.centre.comeBack()
  box.centre.mend()
  box.plugIn()
  box.printer.insertPaper()
  box.reader.remove()
  mend(box.notes)
  await box.pass(allPatienceMs)
}
