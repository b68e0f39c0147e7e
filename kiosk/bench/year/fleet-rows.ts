// What the fleet's tables have of the kiosks: a row for each day, and how each of them stands when the year is over.
import { createHash } from 'node:crypto'
import type { BirthMessage, HeartbeatMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { valueOfNotes } from '../../../domain/service/notes-counted.ts'
import { ownAlerts, theKiosk } from '../../../centre/alerts/own-alerts.ts'
import { boxHolds } from './cash-boxes.ts'
import { dayMs, dayOf } from './calendar.ts'
import { fail, wordsOf } from './faults.ts'
import { noDay, type Point, type World } from './world.ts'

const roles = ['cardReader', 'noteAcceptor', 'receiptPrinter', 'bankTerminal'] as const

/** The first wears out its note acceptor and fails; the second its line, and has not failed yet. Days before the end. */
const wearing = { begins: 45, fails: 3 } as const

/** Each kiosk's day is written when it is over. */
export const countDays = (world: World): void => {
  const { agenda, calendar } = world
  const [first, second] = wearingOf(world)
  const day = () => {
    const now = agenda.now()
    for (const point of world.points) {
      if (point.channel !== 'terminal') continue
      wearOn(world, point, { isFirst: point === first, isSecond: point === second })
      writeDay(world, point, dayOf(now))
    }
    agenda.plan(now + dayMs, day)
  }
  agenda.plan(calendar.from + dayMs - 1_000, day)
  if (first === undefined) return
  const jams = [14, 9, 7, 5, 4] as const
  for (const before of jams) {
    const at = calendar.until - before * dayMs
    const jam = { device: 'noteAcceptor', code: 'jam', stops: 'cash' } as const
    agenda.plan(at, () => fail(world, first, { ...jam, until: at + 5 * 3_600_000 }))
  }
  const broken = { device: 'noteAcceptor', code: 'broken', stops: 'cash' } as const
  agenda.plan(calendar.until - wearing.fails * dayMs, () =>
    fail(world, first, { ...broken, until: Infinity }),
  )
}

/** Busy terminals, so that it shows. */
export const wearingOf = ({ points }: Pick<World, 'points'>): Point[] =>
  points
    .filter(({ channel }) => channel === 'terminal')
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, 2)

export const wearBegan = ({ calendar }: Pick<World, 'calendar'>): string =>
  dayOf(calendar.until - wearing.begins * dayMs)
export const wearFailed = ({ calendar }: Pick<World, 'calendar'>): string =>
  dayOf(calendar.until - wearing.fails * dayMs)

/** Notes that the acceptor refused, and frames that came broken, of this day. */
const wearOn = (
  { chance, calendar, agenda }: World,
  point: Point,
  of: { isFirst: boolean; isSecond: boolean },
): void => {
  const { today } = point
  const daysLeft = (calendar.until - agenda.now()) / dayMs
  const worn = Math.max(0, (wearing.begins - daysLeft) / wearing.begins)
  const share = point.rejectShare + (of.isFirst ? 0.3 * worn ** 1.5 : 0)
  for (let note = 0; note < today.notes; note++) if (chance.happens(share)) today.rejects++
  const errors = point.lineErrors * chance.factor(0.5) + (of.isSecond ? 90 * worn ** 2 : 0)
  today.line_errors = Math.round(errors)
  today.retries = Math.round(errors * 0.7 + chance.fraction())
}

const writeDay = ({ books }: World, point: Point, day: string): void => {
  const { kiosk, today, rejected } = point
  point.rejected = rejected + today.rejects
  point.linkErrors += today.line_errors
  point.linkRetries += today.retries
  books.insert('fleet_days', {
    kiosk,
    day,
    ...today,
    unit: serialOf(point, 'noteAcceptor'),
    unit_rejected: point.rejected,
  })
  point.today = { ...noDay }
}

const serialOf = ({ kiosk }: Point, role: string): string =>
  createHash('sha256').update(`${kiosk}/${role}`).digest('hex').slice(0, 10)

const version = 'wattpoint 0.1.0'
const models = {
  cardReader: 'PC/SC reader',
  noteAcceptor: 'NV200',
  receiptPrinter: 'KP-247',
  bankTerminal: 'ZVT terminal',
} as const

/** As each stands now: heard a moment ago, or silent. */
export const writeFleet = (
  world: World,
  journals: ReadonlyMap<string, { sequence: number; hash: string }>,
): void => {
  for (const point of world.points) {
    if (point.channel === 'terminal') writeKiosk(world, point, journals.get(point.kiosk))
  }
}

const writeKiosk = (
  world: World,
  point: Point,
  head: HeartbeatMessage['head'] = { sequence: 0, hash: '' },
): void => {
  const { books, calendar, chance, alerts } = world
  const { kiosk, bd, st } = point
  const now = calendar.until
  const heard = st === 'offline' ? point.stSince : now - chance.whole(1_000, 55_000)
  const birth = birthOf(point, head, Math.max(point.stSince, now - 40 * dayMs))
  const hb = heartbeatOf(world, point, { at: heard, head })
  const serials = JSON.stringify(
    Object.entries(birth.serials).sort(([one], [other]) => (one < other ? -1 : 1)),
  )
  books.insert('fleet_kiosks', {
    kiosk,
    bd,
    st,
    st_since: point.stSince,
    why: st === 'offline' ? 'will' : 'birth',
    heard_at: heard,
    birth: JSON.stringify(birth),
    birth_bd: bd,
    serials,
    serials_before: null,
    serials_changed_at: null,
    heartbeat: JSON.stringify(hb),
    every: 60,
    wedged: -9,
    ev: point.ev,
    res: 0,
    gap_since: null,
    unreadable: 0,
    connections: JSON.stringify([[point.stSince, bd]]),
    behind_head: null,
    behind_since: null,
    visit_since: null,
    svc: hb.svc,
    version,
  })
  const percent = hb.cash?.pct ?? 0
  if (percent >= 85) {
    const { severity } = ownAlerts.boxNearly
    alerts.raise({ kiosk, device: theKiosk, code: 'boxNearly', severity, at: now - 3_600_000 })
  }
}

const birthOf = (point: Point, head: HeartbeatMessage['head'], ts: number): BirthMessage => ({
  v: 1,
  bd: point.bd,
  ts,
  kiosk: point.kiosk,
  serials: Object.fromEntries(['machine', ...roles].map((role) => [role, serialOf(point, role)])),
  sw: { runtime: version, node: 'v24.21.0', os: 'Debian 13' },
  cfg: createHash('sha256').update(point.kiosk).digest('hex'),
  devices: roles.map((role) => ({ role, model: models[role] })),
  locale: 'en',
  tz: 'Asia/Shanghai',
  state: 'commissioned',
  head,
})

const heartbeatOf = (
  { alerts, chance }: World,
  point: Point,
  of: { at: number; head: HeartbeatMessage['head'] },
): HeartbeatMessage => {
  const { box } = point
  const open = alerts.standing(point.kiosk)
  const isOut = open.some(({ device }) => device === 'cardReader' || device === 'centre')
  const isLess = open.some(({ device }) => device === 'noteAcceptor' || device === 'bankTerminal')
  const codesOf = (role: string) =>
    open.filter(({ device }) => device === role).map(({ code }) => code)
  const paper = codesOf('receiptPrinter')
  return {
    v: 1,
    bd: point.bd,
    seq: Math.max(1, Math.floor((of.at - point.stSince) / 60_000)),
    ts: of.at,
    up: Math.max(0, of.at - point.stSince),
    every: 60,
    svc: isOut ? 'outOfService' : isLess ? 'degraded' : 'inService',
    st: { name: isOut ? 'outOfService' : 'idle', for: chance.whole(5, 900) },
    ui: { age: 1, screen: isOut ? 'out of service' : 'attract' },
    dev: Object.fromEntries(
      roles.map((role) => {
        const faults = codesOf(role)
        const word = faults[0] === undefined ? 'online' : wordsOf(role, faults[0]).word
        return [role, { st: word, age: faults.length === 0 ? chance.whole(0, 3) : 40, faults }]
      }),
    ),
    cash: {
      n: box.count,
      value: valueOfNotes(box.notes),
      cur: 'CNY',
      acc: 'accurate',
      pct: Math.round((100 * box.count) / boxHolds),
    },
    sup: {
      paper: paper.includes('paper out') ? 'out' : paper.includes('paper low') ? 'low' : 'ok',
    },
    q: { n: 0, oldest: 0 },
    clk: { off: chance.whole(-400, 400) },
    sys: { disk: chance.whole(8, 40) * 1_000_000_000, mem: chance.whole(90, 130) * 1_000_000 },
    link: {
      noteAcceptor: { broken: point.linkErrors, again: point.linkRetries },
      bankTerminal: { broken: 0, again: chance.whole(0, 4) },
    },
    head: of.head,
    unresolved: point.unresolved,
  }
}
