// Everything that goes wrong in a day, each kind with a name, a weight and what happens then.
import type { RejectReason } from '../../drivers/note-acceptor/note-acceptor.ts'
import type { DayCentre, LineFault } from './centre.ts'
import type { Chance } from './chance.ts'
import type { DayKiosk } from './kiosk.ts'
import type { Person } from './people.ts'

export type Scene = { kiosk: DayKiosk; centre: DayCentre; person: Person; chance: Chance }

const crash =
  (power: boolean) =>
  ({ kiosk, chance }: Scene): void => {
    if (chance.percent(40)) {
      if (power) kiosk.cutPower()
      else kiosk.crash()
      return
    }
    const acts = 1 + chance.below(60)
    kiosk.crashAfter({ acts, when: chance.pick(['before', 'after']) }, power)
  }

const line =
  (fault: LineFault) =>
  ({ centre, chance }: Scene): void =>
    centre.meet(fault, 1 + chance.below(6))

const card =
  (happen: (card: NonNullable<Person['power']>['card'], scene: Scene) => void) =>
  (scene: Scene): void => {
    if (scene.person.power !== null) happen(scene.person.power.card, scene)
  }

const rejections: readonly RejectReason[] = [
  'not recognised',
  'not accepted now',
  'two notes',
  'cannot stack',
]
const noteValues = [500, 1_000, 2_000, 5_000, 10_000]
const minuteMs = 60_000

const kinds = {
  'kiosk killed': [8, crash(false)],
  'power cut': [8, crash(true)],
  'clock jump': [
    3,
    ({ kiosk, chance }) =>
      kiosk.jumpClock((chance.percent(50) ? 1 : -1) * chance.pick([1, 10, 600, 1_500]) * minuteMs),
  ],
  'disk fails': [
    3,
    ({ kiosk, chance }) => kiosk.disk.fail(chance.pick(['no write', 'half a write', 'no sync'])),
  ],

  'centre away': [3, ({ centre }) => centre.goAway()],
  'request lost': [4, line('request lost')],
  'answer lost': [6, line('answer lost')],
  'answer late': [4, line('answer late')],
  'request doubled': [3, line('doubled')],
  'request again later': [2, line('again later')],
  'centre ends before it is done': [3, line('centre ends before')],
  'centre ends after it is done': [3, line('centre ends after')],

  'card pulled': [
    9,
    ({ kiosk, chance }) =>
      kiosk.reader.pullAfter(chance.below(24), chance.pick(['answered', 'not answered'])),
  ],
  'card torn at a byte': [
    5,
    card((it, { chance }) =>
      it.tear({ at: 'byte', byte: chance.below(80), skip: chance.below(12) }),
    ),
  ],
  'card torn at its commit': [
    5,
    card((it, { chance }) =>
      it.tear({
        at: chance.pick(['before commit', 'after commit', 'before answer']),
        skip: chance.below(8),
      }),
    ),
  ],
  'card memory fails': [1, card((it, { chance }) => it.failMemory(1 + chance.below(2)))],
  'reader says an error': [
    3,
    ({ kiosk, chance }) =>
      kiosk.reader.failNext({
        kind: chance.pick(['error before', 'error after']),
        code: chance.pick([0x80100066, 0x80100069, 0x8010002f, 0x80100017]),
      }),
  ],
  'reader answer cut short': [
    2,
    ({ kiosk }) => kiosk.reader.failNext({ kind: 'short reply', bytes: Uint8Array.of(0x90) }),
  ],
  'reader hangs': [1, ({ kiosk }) => kiosk.reader.failNext({ kind: 'hangs' })],
  'reader unplugged': [2, ({ kiosk }) => kiosk.reader.unplug()],
  'card service ends': [1, ({ kiosk }) => kiosk.reader.stopDaemon()],
  'card mute': [1, ({ kiosk, chance }) => kiosk.reader.beMute(1 + chance.below(3))],

  'note refused': [
    4,
    ({ kiosk, chance }) => kiosk.acceptor.meet({ kind: 'refused', why: chance.pick(rejections) }),
  ],
  'note jammed': [
    3,
    ({ kiosk, chance }) => kiosk.acceptor.meet({ kind: 'jam', credited: chance.percent(50) }),
  ],
  'note told late': [3, ({ kiosk }) => kiosk.acceptor.meet({ kind: 'late' })],
  'note cannot be stacked': [2, ({ kiosk }) => kiosk.acceptor.meet({ kind: 'cannot stack' })],
  'acceptor without power': [
    6,
    ({ kiosk, chance }) =>
      kiosk.acceptor.meet({
        kind: 'power',
        note: chance.pick(['in', 'back']),
        value: chance.percent(70) ? 'told' : 'not told',
      }),
  ],
  'command to stack lost': [3, ({ kiosk }) => kiosk.acceptor.meet({ kind: 'command lost' })],
  'note taken unasked': [3, ({ kiosk }) => kiosk.acceptor.meet({ kind: 'taken unasked' })],
  'note nobody knows of': [
    2,
    ({ kiosk, chance }) =>
      void kiosk.acceptor.takeUnseen(chance.pick(noteValues), chance.percent(60)),
  ],
  'note pulled back': [2, ({ kiosk }) => kiosk.acceptor.pullBack()],
  'acceptor gone': [3, ({ kiosk }) => kiosk.acceptor.goAway()],
  'cash box full': [
    1,
    ({ kiosk }) => kiosk.acceptor.raise({ kind: 'cash box full', moneyAtRisk: 'no' }),
  ],
  'cash box removed': [
    1,
    ({ kiosk }) => kiosk.acceptor.raise({ kind: 'cash box removed', moneyAtRisk: 'no' }),
  ],
  'note path open': [
    1,
    ({ kiosk }) => kiosk.acceptor.raise({ kind: 'path open', moneyAtRisk: 'unknown' }),
  ],
  'attempt to cheat': [
    1,
    ({ kiosk }) => kiosk.acceptor.raise({ kind: 'fraud attempt', moneyAtRisk: 'unknown' }),
  ],

  'paper out': [2, ({ kiosk }) => kiosk.printer.fail('paper out')],
  'printer gone': [1, ({ kiosk }) => kiosk.printer.fail('not answering')],
  'printed and not told': [2, ({ kiosk }) => kiosk.printer.meet('printed, not told')],
  'printer gone in the middle': [1, ({ kiosk }) => kiosk.printer.meet('gone in the middle')],
} satisfies Record<string, readonly [number, (scene: Scene) => void]>

export type FaultKind = keyof typeof kinds
export const faultKinds = Object.keys(kinds) as FaultKind[]
const weighted = faultKinds.map((kind) => [kinds[kind][0], kind] as const)

export const someFault = (chance: Chance): FaultKind => chance.weighted(weighted)

export const strike = (kind: FaultKind, scene: Scene): void => kinds[kind][1](scene)

/** Everything that can be mended is mended; what was taken, written and lost stays so. */
export const mendAll = ({ kiosk, centre, person }: Omit<Scene, 'chance'>): void => {
  centre.mend()
  person.power?.card.tear(null)
  person.power?.card.failMemory(0)
  kiosk.reader.answerLate()
  kiosk.reader.beMute(0)
  kiosk.reader.startDaemon()
  kiosk.reader.plugIn()
  kiosk.reader.forgetFaults()
  kiosk.acceptor.mend()
  kiosk.printer.mend()
  kiosk.disk.fail(null)
  kiosk.setClock()
}
