// All kiosks at a glance: how many stand how, and those that a person has to look at first.
import type { FleetAsked, FleetCounts, FleetRow, FleetTold } from '../../../domain/console/fleet.ts'
import type { KioskState } from '../../../domain/console/fleet-words.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { z } from 'zod'
import { readingFleet } from '../../fleet/fleet-tables.ts'
import { lastHeartbeat } from '../../fleet/heartbeats.ts'
import { isOnVisit } from '../../fleet/visits.ts'
import type { Reading } from '../../store.ts'
import { boxOf } from './box.ts'
import { byNeed, isQuiet, stateOf, troubleOf, type OpenAlert } from './standing.ts'

const pageLength = 50
const aboutCards = 'card'

type Asked = z.output<typeof FleetAsked>

/** What is read of every kiosk: no more than the counts and the order need. */
type Known = Awaited<ReturnType<typeof everyKiosk>>[number]
type Standing = Known & {
  state: KioskState
  trouble: ReturnType<typeof troubleOf>
  /** Devices with something that stands, and the gravest of it. */
  devices: Set<string>
  gravest: number
}

export const fleetAtAGlance = async (
  read: Reading,
  { now, asked }: { now: number; asked: Asked },
): Promise<FleetTold> => {
  const all = (await standings(read, now)).sort(byNeed)
  const names = new Map(
    (await read.selectFrom('areas').selectAll().execute()).map((it) => [it.area, it.name]),
  )
  const found = all.filter((each) => isAsked(each, asked))
  const page = found.slice(asked.from, asked.from + pageLength)
  const next = asked.from + pageLength
  return {
    at: now,
    counts: countsOf(all),
    rows: await rowsOf(read, page, { names, now }),
    found: found.length,
    next: next < found.length ? next : null,
    choices: { areas: areasOf(all, names), versions: versionsOf(all) },
  }
}

/** The numbers of all that the filters leave: whoever brings them a configuration types none. */
export const numbersAsked = async (
  read: Reading,
  { now, asked }: { now: number; asked: Asked },
): Promise<KioskNumber[]> =>
  (await standings(read, now))
    .filter((each) => isAsked(each, asked))
    .sort(byNeed)
    .map(({ kiosk }) => kiosk)

const standings = async (read: Reading, now: number): Promise<Standing[]> => {
  const alerts = new Map<KioskNumber, (OpenAlert & { kiosk: KioskNumber })[]>()
  for (const alert of await openAlerts(read)) {
    const known = alerts.get(alert.kiosk)
    if (known === undefined) alerts.set(alert.kiosk, [alert])
    else known.push(alert)
  }
  return (await everyKiosk(read)).map((known) => {
    const here = alerts.get(known.kiosk) ?? []
    const heard = heardOf(known)
    return {
      ...known,
      state: stateOf(heard, now),
      trouble: troubleOf(here, { heard, now }),
      devices: new Set(here.map(({ device }) => device)),
      gravest: Math.max(0, ...here.map(({ severity }) => severity)),
    }
  })
}

/** Terminals, and whatever else was ever heard: a point of sale that is a person has nothing that could be watched. */
const everyKiosk = (read: Reading) =>
  readingFleet(read)
    .selectFrom('kiosks')
    .leftJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'kiosks.kiosk')
    .select(['kiosks.kiosk', 'kiosks.place', 'kiosks.area'])
    .select(['st', 'st_since', 'heard_at', 'every', 'svc', 'version', 'visit_since'])
    .where((it) =>
      it.or([it('channel', '=', 'terminal'), it('fleet_kiosks.kiosk', 'is not', null)]),
    )
    .execute()

const openAlerts = async (read: Reading) => {
  const rows = await readingFleet(read)
    .selectFrom('alerts')
    .select(['kiosk', 'device', 'code', 'severity', 'raised_at', 'acknowledged_at'])
    .where('cleared_at', 'is', null)
    // Evidence about cards and meters was only seen there: nobody has to go to the kiosk for it.
    .where('device', '!=', aboutCards)
    .execute()
  return rows.flatMap(({ kiosk, ...of }) => (kiosk === null ? [] : [{ kiosk, ...of }]))
}

const heardOf = ({ st, st_since, heard_at, every, svc, visit_since }: Known) =>
  st === null || st_since === null || heard_at === null || every === null
    ? null
    : { st, st_since, heard_at, every, svc, visit_since }

const needsPerson = ({ trouble }: Standing): boolean => trouble !== null && !isQuiet(trouble)

const isAsked = (each: Standing, asked: Asked): boolean => {
  const { needed, state, severity, area, device, version, search } = asked
  if (needed === 'yes' && !needsPerson(each)) return false
  if (state !== undefined && each.state !== state) return false
  if (severity !== undefined && each.gravest < severity) return false
  if (area !== undefined && each.area !== area) return false
  if (device !== undefined && !each.devices.has(device)) return false
  if (version !== undefined && each.version !== version) return false
  if (search === undefined || search === '') return true
  const wanted = search.toLocaleLowerCase()
  return each.kiosk.includes(wanted) || each.place.toLocaleLowerCase().includes(wanted)
}

const countsOf = (all: readonly Standing[]): FleetCounts => {
  const first = all.filter(needsPerson).map(({ trouble }) => trouble?.need)
  const of = (state: KioskState): number => all.filter((each) => each.state === state).length
  return {
    kiosks: all.length,
    needed: first.length,
    states: {
      inService: of('inService'),
      degraded: of('degraded'),
      outOfService: of('outOfService'),
      maintenance: of('maintenance'),
      starting: of('starting'),
      silent: of('silent'),
      never: of('never'),
    },
    needs: {
      money: first.filter((need) => need === 'money').length,
      silence: first.filter((need) => need === 'silence').length,
      fault: first.filter((need) => need === 'fault').length,
      supplies: first.filter((need) => need === 'supplies').length,
    },
  }
}

const areasOf = (all: readonly Standing[], names: ReadonlyMap<number, string>) => {
  const kiosks = new Map<number, number>()
  for (const { area } of all) if (area !== null) kiosks.set(area, (kiosks.get(area) ?? 0) + 1)
  return Array.from(kiosks, ([area, count]) => ({
    area,
    name: names.get(area) ?? String(area),
    kiosks: count,
  })).sort((one, other) => one.area - other.area)
}

const versionsOf = (all: readonly Standing[]): string[] =>
  [...new Set(all.flatMap(({ version }) => version ?? []))].sort()

/** What only the kiosks of the page are asked for: their heartbeats are long. */
const rowsOf = async (
  read: Reading,
  page: readonly Standing[],
  { names, now }: { names: ReadonlyMap<number, string>; now: number },
): Promise<FleetRow[]> => {
  if (page.length === 0) return []
  const told = await readingFleet(read)
    .selectFrom('fleet_kiosks')
    .select(['kiosk', 'heartbeat'])
    .where(
      'kiosk',
      'in',
      page.map(({ kiosk }) => kiosk),
    )
    .execute()
  const heartbeats = new Map(told.map((row) => [row.kiosk, lastHeartbeat(row)]))
  return page.map((each) => {
    const heartbeat = heartbeats.get(each.kiosk) ?? null
    const box = boxOf(heartbeat)
    return {
      kiosk: each.kiosk,
      place: each.place,
      area: each.area === null ? null : (names.get(each.area) ?? String(each.area)),
      state: each.state,
      heardAt: each.heard_at,
      version: each.version,
      onVisit: isOnVisit(each, now),
      trouble: each.trouble,
      box: box === null ? null : { percent: box.percent, assumed: box.assumed },
      paper: heartbeat?.sup['paper'] ?? null,
    }
  })
}
