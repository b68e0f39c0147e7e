// One kiosk as it stands now: its line, its devices, its cash and paper, and what stands there.
import type { DeviceTold, KioskTold } from '../../../domain/console/fleet.ts'
import { BirthMessage, type HeartbeatMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { timeOf, type KioskNumber } from '../../../domain/identifiers.ts'
import { wordsOfFault } from '../../alerts/needs.ts'
import { readingFleet, type Alerts, type FleetKiosks } from '../../fleet/fleet-tables.ts'
import { lastHeartbeat } from '../../fleet/heartbeats.ts'
import { isOnVisit } from '../../fleet/visits.ts'
import type { Reading } from '../../store.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import { withNotes } from './alarms.ts'
import { boxOf } from './box.ts'
import { dayAfter } from './calendar.ts'
import { forecastOf, paceDays, usedOn, type Used } from './forecast.ts'
import { paperOf } from './paper.ts'
import { severityOf, stateOf } from './standing.ts'

type Looking = { now: number; timeZone: string; seesCash: boolean }

/** Screens that may stand while money is between a customer and the books. */
const screensWithMoney = new Set([
  'insert notes',
  'more than chosen',
  'confirm purchase',
  'confirm deposit',
  'confirm cancel',
  'confirm undo',
  'paying by card',
  'please wait',
  'put card back',
  'writing',
])

/** Null: there is no such kiosk. */
export const kioskInDepth = async (
  read: Reading,
  kiosk: KioskNumber,
  { now, timeZone, seesCash }: Looking,
): Promise<KioskTold | null> => {
  const place = await placeOf(read, kiosk)
  if (place === undefined) return null
  const fleet = readingFleet(read)
  const row =
    (await fleet
      .selectFrom('fleet_kiosks')
      .selectAll()
      .where('kiosk', '=', kiosk)
      .executeTakeFirst()) ?? null
  const heartbeat = row === null ? null : lastHeartbeat(row)
  const birth = row === null ? null : birthOf(row)
  const open = await openHere(read, kiosk)
  const today = localDayOf(new Date(now), timeZone)
  const used = await usedHere(read, { kiosk, today })
  const box = boxOf(heartbeat)
  const paper = heartbeat?.sup['paper'] ?? null
  const visitSince = row !== null && isOnVisit(row, now) ? row.visit_since : null
  return {
    at: now,
    kiosk,
    place: place.place,
    area: place.area,
    state: stateOf(row, now),
    line: lineOf(row),
    visitSince,
    now: heartbeat === null ? null : nowOf(heartbeat),
    unresolved: heartbeat?.unresolved ?? 0,
    devices: devicesOf({ heartbeat, birth, open, over: await lastOver(read, kiosk) }),
    cash:
      box === null
        ? null
        : {
            ...box,
            value: seesCash ? box.value : null,
            full: forecastOf({ today, room: box.capacity - box.notes, used: used.notes }),
            lastExchange: await lastExchange(read, kiosk),
          },
    paper: {
      word: paper,
      ...(await paperOf(read, { kiosk, today, timeZone, used: used.receipts, word: paper })),
    },
    system: systemOf({ row, heartbeat, birth, journal: await journalOf(read, kiosk) }),
    alarms: await withNotes(
      read,
      open.map((alert) => ({ ...alert, place: place.place, visit_since: visitSince })),
      now,
    ),
  }
}

const placeOf = (read: Reading, kiosk: KioskNumber) =>
  read
    .selectFrom('kiosks')
    .leftJoin('areas', 'areas.area', 'kiosks.area')
    .select(['kiosks.place', 'areas.name as area'])
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()

const birthOf = ({ birth }: FleetKiosks): BirthMessage | null =>
  birth === null ? null : (BirthMessage.safeParse(JSON.parse(birth)).data ?? null)

const lineOf = (row: FleetKiosks | null): KioskTold['line'] =>
  row === null
    ? { st: 'offline', since: 0, why: 'never', heardAt: null, every: 0 }
    : {
        st: row.st,
        since: row.st_since,
        why: row.why,
        heardAt: row.heard_at,
        every: row.every,
      }

const nowOf = ({ st, ui }: HeartbeatMessage): NonNullable<KioskTold['now']> => ({
  activity: st.name,
  forSeconds: st.for,
  screen: ui.screen,
  screenAge: ui.age,
  moneyAtRisk: screensWithMoney.has(ui.screen),
})

const openHere = (read: Reading, kiosk: KioskNumber) =>
  readingFleet(read)
    .selectFrom('alerts')
    .selectAll()
    .where('kiosk', '=', kiosk)
    .where('cleared_at', 'is', null)
    .orderBy('severity', 'desc')
    .orderBy('alert')
    .execute()

/** So many ended alarms are looked back on for the last fault of each device. */
const lookedBack = 200

const lastOver = async (read: Reading, kiosk: KioskNumber): Promise<Map<string, Alerts>> => {
  const rows = await readingFleet(read)
    .selectFrom('alerts')
    .selectAll()
    .where('kiosk', '=', kiosk)
    .where('cleared_at', 'is not', null)
    .where('count', '>', 0)
    .orderBy('alert', 'desc')
    .limit(lookedBack)
    .execute()
  return new Map(rows.toReversed().map((row) => [row.device, row]))
}

const devicesOf = (of: {
  heartbeat: HeartbeatMessage | null
  birth: BirthMessage | null
  open: readonly Alerts[]
  over: ReadonlyMap<string, Alerts>
}): DeviceTold[] => {
  const { heartbeat, birth, open, over } = of
  const models = new Map(birth?.devices.map(({ role, model }) => [role, model]))
  return Object.entries(heartbeat?.dev ?? {}).map(([role, device]): DeviceTold => {
    const last = over.get(role)
    return {
      role,
      model: models.get(role) ?? null,
      word: device.st,
      age: device.age,
      faults: device.faults.map((code) => {
        const words = wordsOfFault(role, code)
        const alert = open.find((each) => each.device === role && each.code === code)
        return {
          code,
          severity: severityOf(alert?.severity ?? words?.sev ?? 1),
          act: words?.act ?? null,
          moneyAtRisk: words?.risk ?? 'unknown',
          since: alert?.raised_at ?? null,
        }
      }),
      line: heartbeat?.link?.[role] ?? null,
      last:
        last === undefined || last.cleared_at === null
          ? null
          : { code: last.code, raisedAt: last.raised_at, clearedAt: last.cleared_at },
    }
  })
}

const usedHere = async (
  read: Reading,
  { kiosk, today }: { kiosk: KioskNumber; today: string },
): Promise<{ notes: Used; receipts: Used }> => {
  const from = dayAfter(today, -paceDays)
  const days = readingFleet(read).selectFrom('fleet_days').where('kiosk', '=', kiosk)
  const { since } = await days
    .select(({ fn }) => fn.min<string | null>('day').as('since'))
    .executeTakeFirstOrThrow()
  const rows = await days.select(['day', 'notes', 'receipts']).where('day', '>=', from).execute()
  const of = { from, today, since }
  return {
    notes: usedOn(
      rows.map(({ day, notes }) => ({ day, count: notes })),
      of,
    ),
    receipts: usedOn(
      rows.map(({ day, receipts }) => ({ day, count: receipts })),
      of,
    ),
  }
}

const lastExchange = async (read: Reading, kiosk: KioskNumber): Promise<number | null> => {
  const row = await read
    .selectFrom('box_exchanges')
    .select('exchange')
    .where('kiosk', '=', kiosk)
    .where('state', '=', 'exchanged')
    .orderBy('exchange', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : timeOf(row.exchange)
}

const journalOf = (read: Reading, kiosk: KioskNumber) =>
  read
    .selectFrom('journals')
    .select(['through', 'head_sequence'])
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()

const systemOf = (of: {
  row: FleetKiosks | null
  heartbeat: HeartbeatMessage | null
  birth: BirthMessage | null
  journal: { through: number; head_sequence: number } | undefined
}): KioskTold['system'] => {
  const { row, heartbeat, birth, journal } = of
  return {
    version: birth?.sw.runtime ?? row?.version ?? null,
    node: birth?.sw.node ?? null,
    os: birth?.sw.os ?? null,
    configuration: birth?.cfg ?? null,
    serials: birth?.serials ?? {},
    clockOffMs: heartbeat?.clk.off ?? null,
    clockFreeSeconds: heartbeat?.clk.free ?? null,
    diskFree: heartbeat?.sys.disk ?? null,
    diskSize: heartbeat?.sys.size ?? null,
    readOnly: heartbeat?.sys.ro ?? false,
    drift: heartbeat?.drift ?? null,
    certificateEnds: heartbeat?.cert?.to ?? null,
    startedBy: birth?.start ?? null,
    memory: heartbeat?.sys.mem ?? null,
    upSeconds: heartbeat === null ? null : Math.floor(heartbeat.up / 1000),
    waiting:
      heartbeat === null ? null : { records: heartbeat.q.n, oldestSeconds: heartbeat.q.oldest },
    unreadable: row?.unreadable ?? 0,
    journalThrough: journal?.through ?? null,
    journalHead: journal?.head_sequence ?? null,
  }
}
