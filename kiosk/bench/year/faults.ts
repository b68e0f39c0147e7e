// Faults of the kiosks and their repairs, as each kiosk told them and as they stood among the alerts.
import { allFaults, type FaultyPart } from '../../../domain/faults/device-faults.ts'
import type { FaultWords } from '../../../domain/faults/words.ts'
import { RecordId, type EventMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { ownAlerts, theKiosk } from '../../../centre/alerts/own-alerts.ts'
import { dayMs, hourMs } from './calendar.ts'
import { after, idAt, type Point, type World } from './world.ts'

type Fault = {
  device: FaultyPart
  code: string
  /** So often in a year, and how many hours until it is over. */
  perYear: number
  hours: readonly [least: number, most: number]
  /** What cannot be done meanwhile. */
  stops: 'nothing' | 'cash' | 'bank' | 'all'
}

const usualFaults: readonly Fault[] = [
  { device: 'receiptPrinter', code: 'paper low', perYear: 9, hours: [3, 30], stops: 'nothing' },
  { device: 'receiptPrinter', code: 'paper out', perYear: 2.5, hours: [1, 9], stops: 'nothing' },
  { device: 'receiptPrinter', code: 'cutter', perYear: 0.4, hours: [4, 60], stops: 'nothing' },
  { device: 'noteAcceptor', code: 'jam', perYear: 2.6, hours: [1, 16], stops: 'cash' },
  { device: 'noteAcceptor', code: 'path open', perYear: 0.6, hours: [1, 5], stops: 'cash' },
  { device: 'bankTerminal', code: 'no connection', perYear: 7, hours: [0.1, 1.5], stops: 'bank' },
  { device: 'bankTerminal', code: 'not answering', perYear: 0.7, hours: [2, 30], stops: 'bank' },
  { device: 'cardReader', code: 'no reader', perYear: 0.3, hours: [3, 30], stops: 'all' },
  { device: 'centre', code: 'away', perYear: 4, hours: [0.05, 0.8], stops: 'all' },
]

/** Somebody has to come to these. */
const standing: readonly Omit<Fault, 'perYear' | 'hours'>[] = [
  { device: 'receiptPrinter', code: 'paper out', stops: 'nothing' },
  { device: 'noteAcceptor', code: 'jam', stops: 'cash' },
  { device: 'bankTerminal', code: 'not answering', stops: 'bank' },
  { device: 'cardReader', code: 'no reader', stops: 'all' },
]

export const wordsOf = (device: string, code: string): FaultWords => {
  const found = Object.entries<Record<string, FaultWords>>(allFaults).find(
    ([name]) => name === device,
  )?.[1][code]
  if (found === undefined) throw new RangeError(`there is no fault ${code} of ${device}`)
  return found
}

/** Faults by chance, all year; power cuts; and what needs a person now at one kiosk of twenty. */
export const letFail = (world: World): void => {
  const { agenda, chance, calendar } = world
  const terminals = world.points.filter(({ channel }) => channel === 'terminal')
  const years = (calendar.until - calendar.from) / (365 * dayMs)
  for (const point of terminals) {
    for (const fault of usualFaults) {
      for (const at of moments(world, fault.perYear * years)) {
        const [least, most] = fault.hours
        const hours = least + (most - least) * chance.fraction() ** 2
        agenda.plan(at, () =>
          fail(world, point, { ...fault, until: at + Math.round(hours * hourMs) }),
        )
      }
    }
    for (const at of moments(world, 2.5 * years)) {
      const hours = 0.1 + 7 * chance.fraction() ** 3
      agenda.plan(at, () => loseLine(world, point, at + Math.round(hours * hourMs)))
    }
  }
  const needed = Math.max(1, Math.round(terminals.length * 0.04))
  for (let each = 0; each < needed; each++) {
    const point = terminals[(each * 7 + 3) % terminals.length]
    const fault = standing[each % standing.length]
    if (point === undefined || fault === undefined) continue
    const at = calendar.until - chance.whole(20, 300) * 60_000
    agenda.plan(at, () => fail(world, point, { ...fault, until: Infinity }))
  }
}

/** So many on average, at any time. */
const moments = ({ chance, calendar }: World, average: number): number[] => {
  const count = Math.floor(average) + (chance.happens(average % 1) ? 1 : 0)
  return Array.from({ length: count }, () => chance.whole(calendar.from, calendar.until - hourMs))
}

/** One fault from its beginning to its end. What stands already is not raised again. */
export const fail = (
  world: World,
  point: Point,
  of: Omit<Fault, 'perYear' | 'hours'> & { until: number },
): void => {
  const { agenda, alerts, chance, people } = world
  const { device, code, until } = of
  const now = agenda.now()
  const { kiosk } = point
  if (alerts.standing(kiosk).some((each) => each.device === device && each.code === code)) return
  const { sev } = wordsOf(device, code)
  tell(world, point, { kind: 'raise', device, code })
  const raised = { type: 'fault.raised', device, fault: code, detail: '' } as const
  world.diary.write({ kiosk, at: now, entry: raised })
  alerts.raise({ kiosk, device, code, severity: sev, at: now })
  point.today.faults++
  if (of.stops === 'all') point.outUntil = Math.max(point.outUntil, until)
  if (of.stops === 'cash') point.noCashUntil = Math.max(point.noCashUntil, until)
  if (of.stops === 'bank') point.noBankUntil = Math.max(point.noBankUntil, until)
  if (sev >= 3 && until - now > 2 * hourMs) {
    const noteOf = { by: chance.pick(people.office), note: 'technician called' }
    after(world, chance.whole(10, 50) * 60_000, () =>
      alerts.acknowledge({ kiosk, device, code, at: agenda.now(), ...noteOf }),
    )
  }
  if (!Number.isFinite(until)) return
  agenda.plan(until, () => {
    tell(world, point, { kind: 'clear', device, code })
    const entry = { type: 'fault.cleared', device, fault: code } as const
    world.diary.write({ kiosk, at: agenda.now(), entry })
    alerts.clear({ kiosk, device, code, at: agenda.now(), by: 'device' })
  })
}

/** Power or line is gone, and comes back: the centre notices by itself. */
const loseLine = (world: World, point: Point, until: number): void => {
  const { agenda, alerts, books } = world
  const { kiosk } = point
  if (point.st === 'offline') return
  const now = agenda.now()
  point.st = 'offline'
  point.stSince = now
  point.outUntil = Math.max(point.outUntil, until)
  books.insert('fleet_lines', { kiosk, at: now, bd: point.bd, st: 'offline', why: 'will' })
  const down = { kiosk, device: theKiosk, code: 'down' }
  if (until - now > 130_000) {
    after(world, 125_000, () =>
      alerts.raise({ ...down, severity: ownAlerts.down.severity, at: agenda.now() }),
    )
  }
  agenda.plan(until, () => {
    point.boot++
    world.diary.write({
      kiosk,
      at: agenda.now() - 20_000,
      entry: { type: 'kiosk.started', boot: point.boot, version: 'wattpoint 0.1.0' },
    })
    point.st = 'online'
    point.stSince = agenda.now()
    point.bd++
    point.today.connections++
    alerts.clear({ ...down, at: agenda.now(), by: 'centre' })
    const at = agenda.now()
    books.insert('fleet_lines', { kiosk, at, bd: point.bd, st: 'online', why: 'birth' })
  })
}

/** A record of the kiosk, numbered and kept. */
const tell = (
  world: World,
  point: Point,
  of: { kind: 'raise' | 'clear'; device: string; code: string },
): void => {
  const { agenda, books } = world
  const now = agenda.now()
  const { about, sev, act, risk } = wordsOf(of.device, of.code)
  const id = RecordId.parse(idAt(world, now))
  const seq = ++point.ev
  const message: EventMessage = {
    v: 1,
    id,
    seq,
    ts: now,
    up: now - point.stSince,
    kind: of.kind,
    about,
    sev,
    dev: of.device,
    code: of.code,
    act,
    risk,
    off: false,
    n: 1,
  }
  books.insert('fleet_records', {
    kiosk: point.kiosk,
    topic: 'ev',
    seq,
    id,
    at: now + 300,
    content: JSON.stringify(message),
  })
}
