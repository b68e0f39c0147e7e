// Everything that goes wrong in a day, each kind with a name, a weight and what happens then.
import type { DeclineReason } from '../../drivers/bank-terminal/bank-terminal.ts'
import type { RejectReason } from '../../drivers/note-acceptor/note-acceptor.ts'
import type { Tender } from '../../ui/kiosk/screen.ts'
import type { NoteFault } from './acceptor.ts'
import type { BankFault } from './bank.ts'
import type { BankSide } from './bank-side.ts'
import { lostAt, type PaymentFault } from './bank-terminal.ts'
import type { DayCentre } from './centre.ts'
import type { Chance } from './chance.ts'
import type { LineFault } from './line.ts'
import type { DayKiosk, Edition } from './kiosk.ts'
import type { Person } from './people.ts'

/** `met` is called when it really happens, which may be later or never. */
export type Scene = {
  kiosk: DayKiosk
  centre: DayCentre
  /** Null in the authority's edition. */
  bankSide: BankSide | null
  person: Person
  chance: Chance
  met: () => void
}

const crash =
  (power: boolean) =>
  ({ kiosk, chance, met }: Scene): void => {
    const acts = 1 + chance.below(60)
    kiosk.crashAfter({ acts, when: chance.pick(['before', 'after']) }, power, met)
  }

const line =
  (fault: LineFault) =>
  ({ centre, chance, met }: Scene): void =>
    centre.meet(fault, 1 + chance.below(6), met)

const note =
  (fault: (chance: Chance) => NoteFault) =>
  ({ kiosk, chance, met }: Scene): void =>
    kiosk.acceptor.meet(fault(chance), met)

const payment =
  (fault: (chance: Chance) => PaymentFault) =>
  ({ kiosk, chance, met }: Scene): void =>
    kiosk.terminal.meet(fault(chance), met)

const bank =
  (fault: BankFault) =>
  ({ bankSide, chance, met }: Scene): void =>
    bankSide?.bank.meet(fault, 1 + chance.below(3), met)

const frontLine =
  (fault: LineFault) =>
  ({ bankSide, chance, met }: Scene): void =>
    bankSide?.front.meet(fault, 1 + chance.below(6), met)

/** What happens at once. */
const now =
  (happen: (scene: Scene) => void) =>
  (scene: Scene): void => {
    happen(scene)
    scene.met()
  }

const card =
  (happen: (card: NonNullable<Person['power']>['card'], scene: Scene) => void) =>
  (scene: Scene): void => {
    if (scene.person.power !== null) happen(scene.person.power.card, scene)
  }

/** A point that is let pass so many times first. */
const after = (times: number, met: () => void) => () => {
  if (times-- > 0) return false
  met()
  return true
}

const rejections: readonly RejectReason[] = [
  'not recognised',
  'not accepted now',
  'two notes',
  'cannot stack',
]
const declines: readonly DeclineReason[] = [
  'declined',
  'not enough money',
  'card not readable',
  'no connection',
]
const noteValues = [500, 1_000, 2_000, 5_000, 10_000]
const minuteMs = 60_000

const kinds = {
  'kiosk killed': [8, crash(false)],
  'power cut': [8, crash(true)],
  'clock jump': [
    3,
    now(({ kiosk, chance }) =>
      kiosk.jumpClock((chance.percent(50) ? 1 : -1) * chance.pick([1, 10, 600, 1_500]) * minuteMs),
    ),
  ],
  'disk fails': [
    6,
    ({ kiosk, chance, met }) =>
      kiosk.disk.fail(chance.pick(['no write', 'half a write', 'no sync']), met),
  ],

  'centre away': [3, now(({ centre }) => centre.goAway())],
  'request lost': [4, line('request lost')],
  'answer lost': [6, line('answer lost')],
  'answer late': [4, line('answer late')],
  'request doubled': [3, line('doubled')],
  'request again later': [2, line('again later')],
  'centre ends before it is done': [3, line('ends before')],
  'centre ends after it is done': [3, line('ends after')],

  'card pulled': [
    9,
    ({ kiosk, chance, met }) =>
      kiosk.pullCard(
        { commands: chance.below(13), last: chance.pick(['answered', 'not answered']) },
        met,
      ),
  ],
  'card torn at a byte': [
    5,
    card((it, { chance, met }) =>
      it.tear({ at: 'byte', byte: chance.below(24), when: after(chance.below(10), met) }),
    ),
  ],
  'card torn at its commit': [
    5,
    card((it, { chance, met }) =>
      it.tear({
        at: chance.pick(['before commit', 'after commit', 'before answer']),
        when: after(chance.below(8), met),
      }),
    ),
  ],
  'card memory fails': [1, now(card((it, { chance }) => it.failMemory(1 + chance.below(2))))],
  'reader says an error': [
    3,
    now(({ kiosk, chance }) =>
      kiosk.reader.failNext({
        kind: chance.pick(['error before', 'error after']),
        code: chance.pick([0x80100066, 0x80100069, 0x8010002f, 0x80100017]),
      }),
    ),
  ],
  'reader answer cut short': [
    2,
    now(({ kiosk }) => kiosk.reader.failNext({ kind: 'short reply', bytes: Uint8Array.of(0x90) })),
  ],
  'reader hangs': [1, now(({ kiosk }) => kiosk.reader.failNext({ kind: 'hangs' }))],
  'reader unplugged': [2, now(({ kiosk }) => kiosk.reader.unplug())],
  'card service ends': [1, now(({ kiosk }) => kiosk.reader.stopDaemon())],
  'card mute': [1, now(({ kiosk, chance }) => kiosk.reader.beMute(1 + chance.below(3)))],

  'note refused': [4, note((chance) => ({ kind: 'refused', why: chance.pick(rejections) }))],
  'note jammed': [3, note((chance) => ({ kind: 'jam', credited: chance.percent(50) }))],
  'note told late': [3, note(() => ({ kind: 'late' }))],
  'note cannot be stacked': [2, note(() => ({ kind: 'cannot stack' }))],
  'acceptor without power': [
    6,
    note((chance) => ({
      kind: 'power',
      note: chance.pick(['in', 'back']),
      value: chance.percent(70) ? 'told' : 'not told',
    })),
  ],
  'command to stack lost': [3, note(() => ({ kind: 'command lost' }))],
  'note taken unasked': [3, note(() => ({ kind: 'taken unasked' }))],
  'note nobody knows of': [
    2,
    ({ kiosk, chance, met }) => {
      if (kiosk.acceptor.takeUnseen(chance.pick(noteValues), chance.percent(60))) met()
    },
  ],
  'note pulled back': [2, now(({ kiosk }) => kiosk.acceptor.pullBack())],
  'acceptor gone': [3, now(({ kiosk }) => kiosk.acceptor.goAway())],
  'cash box full': [
    1,
    now(({ kiosk }) => kiosk.acceptor.raise({ kind: 'cash box full', moneyAtRisk: 'no' })),
  ],
  'cash box removed': [
    1,
    now(({ kiosk }) => kiosk.acceptor.raise({ kind: 'cash box removed', moneyAtRisk: 'no' })),
  ],
  'note path open': [
    1,
    now(({ kiosk }) => kiosk.acceptor.raise({ kind: 'path open', moneyAtRisk: 'unknown' })),
  ],
  'attempt to cheat': [
    1,
    now(({ kiosk }) => kiosk.acceptor.raise({ kind: 'fraud attempt', moneyAtRisk: 'unknown' })),
  ],

  'payment declined': [3, payment((chance) => ({ kind: 'declined', why: chance.pick(declines) }))],
  'terminal lost': [8, payment((chance) => ({ kind: 'lost', at: chance.pick(lostAt) }))],
  'terminal reverses by itself': [3, payment(() => ({ kind: 'reverses by itself' }))],
  'terminal lost, and cannot say': [
    3,
    ({ kiosk, chance, met }) => {
      kiosk.terminal.meet({ kind: 'lost', at: chance.pick(lostAt) }, () => undefined)
      kiosk.terminal.meet({ kind: 'cannot say' }, met)
    },
  ],

  'paper out': [2, now(({ kiosk }) => kiosk.printer.fail('paper out'))],
  'printer gone': [1, now(({ kiosk }) => kiosk.printer.fail('not answering'))],
  'printed and not told': [2, ({ kiosk, met }) => kiosk.printer.meet('printed, not told', met)],
  'printer gone in the middle': [
    1,
    ({ kiosk, met }) => kiosk.printer.meet('gone in the middle', met),
  ],
} satisfies Kinds

/** What there is only where a bank sells. */
const kindsOfBank = {
  'bank away': [3, now(({ bankSide }) => bankSide?.bank.goAway())],
  'question to the bank lost': [4, bank('question lost')],
  'answer of the bank lost': [5, bank('answer lost')],
  'answer of the bank late': [4, bank('answer late')],
  'bank asked twice': [3, bank('doubled')],
  'answer of the bank changed': [3, bank('wrong MAC')],
  'front machine killed': [
    10,
    ({ bankSide, chance, met }) =>
      bankSide?.front.crashAfter(
        { acts: 1 + chance.below(25), when: chance.pick(['before', 'after']) },
        met,
      ),
  ],
  'request to the front machine lost': [3, frontLine('request lost')],
  'answer of the front machine lost': [5, frontLine('answer lost')],
  'answer of the front machine late': [3, frontLine('answer late')],
  'front machine asked twice': [3, frontLine('doubled')],
  'front machine asked again later': [2, frontLine('again later')],
  'front machine ends before it is done': [3, frontLine('ends before')],
  'front machine ends after it is done': [3, frontLine('ends after')],
} satisfies Kinds

type Kinds = Record<string, readonly [number, (scene: Scene) => void]>

export type FaultKind = keyof typeof kinds | keyof typeof kindsOfBank
const allKinds: Record<FaultKind, Kinds[string]> = { ...kinds, ...kindsOfBank }
export const faultKinds = Object.keys(allKinds) as FaultKind[]
const weightedIn = (of: readonly FaultKind[]) =>
  of.map((kind) => [allKinds[kind][0], kind] as const)
const weighted = {
  authority: weightedIn(Object.keys(kinds) as FaultKind[]),
  bank: weightedIn(faultKinds),
}

export const someFault = (chance: Chance, edition: Edition): FaultKind =>
  chance.weighted(weighted[edition])

/** At which deed of a visit it is due: what a note or a card is to meet is there before it is moved or written. */
export const momentOf = (kind: FaultKind, chance: Chance): number =>
  metByMoney.has(kind) ? chance.below(5) : chance.below(kind.startsWith('card') ? 9 : 14)

/** By which tender it can be met; a customer who is to meet it pays like that. */
export const tenderOf = (kind: FaultKind): Tender | null => {
  if (kind in kindsOfBank) return 'bank account'
  if (!metByMoney.has(kind)) return null
  return paymentFaults.has(kind) ? 'bank card' : 'cash'
}

const paymentFaults = new Set<FaultKind>([
  'payment declined',
  'terminal lost',
  'terminal reverses by itself',
  'terminal lost, and cannot say',
])

const metByMoney = new Set<FaultKind>([
  ...paymentFaults,
  'note refused',
  'note jammed',
  'note told late',
  'note cannot be stacked',
  'acceptor without power',
  'command to stack lost',
  'note taken unasked',
])

export const strike = (kind: FaultKind, scene: Scene): void => allKinds[kind][1](scene)

/** Everything that can be mended is mended; what was taken, written and lost stays so. */
export const mendAll = ({
  kiosk,
  centre,
  bankSide,
  person,
}: Omit<Scene, 'chance' | 'met'>): void => {
  centre.mend()
  bankSide?.mend()
  person.power?.card.tear(null)
  person.power?.card.failMemory(0)
  kiosk.reader.answerLate()
  kiosk.reader.beMute(0)
  kiosk.reader.startDaemon()
  kiosk.reader.plugIn()
  kiosk.reader.forgetFaults()
  kiosk.acceptor.mend()
  kiosk.terminal.mend()
  kiosk.printer.mend()
  kiosk.disk.mend()
  kiosk.setClock()
}
