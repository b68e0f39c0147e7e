// What happened at a kiosk, one line of time from everything that tells of it, the latest first, a page at a time.
//
// Each source has a rank and numbers its own rows, so that moment, rank and number say of any two rows which comes first: the
// row that was shown last is where the next page of every source begins.
import { sql } from 'kysely'
import { timelineKinds, type TimelineKind } from '../../../domain/console/fleet-words.ts'
import type { TimelineRow } from '../../../domain/console/fleet.ts'
import { EventMessage, ResultMessage } from '../../../domain/fleet/kiosk-messages.ts'
import { timeOf, ulidOf, type KioskNumber } from '../../../domain/identifiers.ts'
import { ExchangeId } from '../../../domain/service/service-entries.ts'
import { kindOf } from '../../alerts/own-alerts.ts'
import { readingCommands } from '../../fleet/commands/command-tables.ts'
import { readingFleet } from '../../fleet/fleet-tables.ts'
import type { Reading } from '../../store.ts'
import { severityOf } from './standing.ts'

const pageLength = 60

/** Of a row: its moment, the rank of its source, and which one it is there. Rows of a moment: the higher comes first. */
type Place = { at: number; rank: number; within: string }
/** `row` null: it is told by another source, or says nothing to a reader; it takes its place all the same. */
type Placed = Place & { row: TimelineRow | null }

/** How a source is asked: rows of this kiosk at `at` or before it, `within` only for those at that very moment. */
type Before = { at: number; within: string | null }
type Source = {
  kinds: readonly TimelineKind[]
  rows: (
    read: Reading,
    of: { kiosk: KioskNumber; before: Before; rank: number },
  ) => Promise<Placed[]>
}

export const timelineOf = async (
  read: Reading,
  of: { kiosk: KioskNumber; kinds: readonly string[]; after: string | undefined },
): Promise<{ rows: TimelineRow[]; next: string | null }> => {
  const kinds = timelineKinds.filter((kind) => of.kinds.length === 0 || of.kinds.includes(kind))
  let after = of.after === undefined ? null : placeOf(of.after)
  // A stretch with nothing of what is asked for is no page.
  for (let looked = 0; ; looked++) {
    const { rows, next } = await stretch(read, { kiosk: of.kiosk, kinds, after })
    if (rows.length > 0 || next === null || looked === mostStretches) {
      return { rows, next: next === null ? null : nameOf(next) }
    }
    after = next
  }
}

const mostStretches = 20

const stretch = async (
  read: Reading,
  of: { kiosk: KioskNumber; kinds: readonly TimelineKind[]; after: Place | null },
): Promise<{ rows: TimelineRow[]; next: Place | null }> => {
  const { kiosk, kinds, after } = of
  const found: Placed[] = []
  for (const [rank, source] of sources.entries()) {
    if (!source.kinds.some((kind) => kinds.includes(kind))) continue
    found.push(...(await source.rows(read, { kiosk, before: beginning(after, rank), rank })))
  }
  const page = found.sort(laterFirst).slice(0, pageLength)
  return {
    rows: page.flatMap(({ row }) => (row !== null && kinds.includes(row.kind) ? [row] : [])),
    next: found.length > pageLength ? (page.at(-1) ?? null) : null,
  }
}

const beginning = (last: Place | null, rank: number): Before => {
  if (last === null) return { at: Number.MAX_SAFE_INTEGER, within: null }
  if (rank === last.rank) return { at: last.at, within: last.within }
  // Sources of a lower rank have shown none of that moment yet, those of a higher one all of it.
  return { at: rank < last.rank ? last.at : last.at - 1, within: null }
}

const laterFirst = (one: Place, other: Place): number =>
  other.at - one.at ||
  other.rank - one.rank ||
  (one.within < other.within ? 1 : one.within > other.within ? -1 : 0)

const nameOf = ({ at, rank, within }: Place): string => `${at}.${rank}.${within}`

const placeOf = (name: string): Place | null => {
  const [, at, rank, within] = /^(\d{1,16})\.(\d)\.(.*)$/.exec(name) ?? []
  return within === undefined ? null : { at: Number(at), rank: Number(rank), within }
}

/** Numbers as text of one length: they sort as they count. */
const numbered = (number: number): string => String(number).padStart(16, '0')

type Told<Row> = Row extends TimelineRow ? Omit<Row, 'id' | 'at'> : never

const placed = (place: Place, row: Told<TimelineRow>): Placed => ({
  ...place,
  row: { ...row, id: nameOf(place), at: place.at },
})

const boundOf = ({ within }: Before): number | null => (within === null ? null : Number(within))

/** What the kiosk told: faults of its devices, and what was done there. */
const events: Source = {
  kinds: ['fault', 'site', 'box'],
  rows: async (read, { kiosk, before, rank }) => {
    const { at } = before
    const seq = boundOf(before)
    const rows = await readingFleet(read)
      .selectFrom('fleet_records')
      .select(['at', 'seq', 'content'])
      .where('kiosk', '=', kiosk)
      .where('topic', '=', 'ev')
      .where('at', '<=', at)
      .$if(seq !== null, (it) => it.where((of) => of.or([of('at', '<', at), of('seq', '<', seq)])))
      .orderBy('at', 'desc')
      .orderBy('seq', 'desc')
      .limit(pageLength + 1)
      .execute()
    return rows.map((row) => {
      const event = EventMessage.safeParse(JSON.parse(row.content)).data
      const place = { at: row.at, rank, within: numbered(row.seq) }
      return event === undefined ? { ...place, row: null } : eventPlaced(place, event)
    })
  },
}

const eventPlaced = (place: Place, event: EventMessage): Placed => {
  const { kind, about, dev: device, code, sev: severity, n: times, off: offline } = event
  if (kind === 'note') {
    return placed(place, {
      kind: about === 'money' ? 'box' : 'site',
      what: 'done on site',
      device,
      code,
    })
  }
  const what = kind === 'raise' ? 'raised' : 'cleared'
  return placed(place, { kind: 'fault', what, device, code, severity, times, offline, by: null })
}

/** What the centre found out by itself, and what people know of. */
const findings: Source = {
  kinds: ['alarm'],
  rows: async (read, { kiosk, before, rank }) => {
    const { at } = before
    const change = boundOf(before)
    const rows = await readingFleet(read)
      .selectFrom('alerts')
      .innerJoin('alert_changes', 'alert_changes.alert', 'alerts.alert')
      .select(['change', 'at', 'what', 'by', 'note', 'device', 'code', 'severity', 'count'])
      .where('kiosk', '=', kiosk)
      .where('at', '<=', at)
      .$if(change !== null, (it) =>
        it.where((of) => of.or([of('at', '<', at), of('change', '<', change)])),
      )
      .orderBy('at', 'desc')
      .orderBy('change', 'desc')
      .limit(pageLength + 1)
      .execute()
    return rows.map((row) => {
      const { what, by, note, device, code } = row
      const place = { at: row.at, rank, within: numbered(row.change) }
      if (what === 'acknowledged') {
        return placed(place, { kind: 'alarm', what, device, code, by: by ?? '', note })
      }
      // The faults of devices stand in what the kiosk told.
      if (kindOf(row) === null && !isByPerson(by)) return { ...place, row: null }
      const severity = severityOf(row.severity)
      const once = { times: 1, offline: false }
      return placed(place, { kind: 'alarm', what, device, code, severity, ...once, by })
    })
  },
}

/** Whoever else clears is a device, a heartbeat or the centre. */
const isByPerson = (by: string | null): boolean =>
  by !== null && !['device', 'heartbeat', 'centre'].includes(by)

const orders: Source = {
  kinds: ['command'],
  rows: async (read, { kiosk, before: { at, within }, rank }) => {
    const rows = await readingCommands(read)
      .selectFrom('fleet_commands')
      .select(['command', 'op', 'ordered_by', 'ordered_at'])
      .where('kiosk', '=', kiosk)
      .where('ordered_at', '<=', at)
      .$if(within !== null, (it) =>
        it.where((of) => of.or([of('ordered_at', '<', at), of('command', '<', within ?? '')])),
      )
      .orderBy('ordered_at', 'desc')
      .orderBy('command', 'desc')
      .limit(pageLength + 1)
      .execute()
    return rows.map(({ command, op, ordered_by: by, ordered_at }) =>
      placed(
        { at: ordered_at, rank, within: command },
        { kind: 'command', what: 'ordered', op, by, command },
      ),
    )
  },
}

const answers: Source = {
  kinds: ['command'],
  rows: async (read, { kiosk, before, rank }) => {
    const { at } = before
    const seq = boundOf(before)
    const rows = await readingFleet(read)
      .selectFrom('fleet_records')
      .select(['at', 'seq', 'content'])
      .where('kiosk', '=', kiosk)
      .where('topic', '=', 'res')
      .where('at', '<=', at)
      .$if(seq !== null, (it) => it.where((of) => of.or([of('at', '<', at), of('seq', '<', seq)])))
      .orderBy('at', 'desc')
      .orderBy('seq', 'desc')
      .limit(pageLength + 1)
      .execute()
    const told = rows.map(({ content, ...row }) => ({
      place: { at: row.at, rank, within: numbered(row.seq) },
      answer: ResultMessage.safeParse(JSON.parse(content)).data,
    }))
    const ops = await opsOf(
      read,
      told.flatMap(({ answer }) => answer?.command ?? []),
    )
    return told.map(({ place, answer }) => {
      // Of a text in parts the first one tells that it came.
      if (answer === undefined || (answer.data?.part ?? 1) > 1) return { ...place, row: null }
      const { command, st, code = null } = answer
      const op = ops.get(command) ?? ''
      return placed(place, { kind: 'command', what: 'answered', op, st, code, command })
    })
  },
}

const opsOf = async (read: Reading, commands: readonly string[]): Promise<Map<string, string>> => {
  if (commands.length === 0) return new Map()
  const rows = await readingCommands(read)
    .selectFrom('fleet_commands')
    .select(['command', 'op'])
    .where('command', 'in', commands)
    .execute()
  return new Map(rows.map(({ command, op }) => [command, op]))
}

const lines: Source = {
  kinds: ['line'],
  rows: async (read, { kiosk, before: { at, within }, rank }) => {
    const name = sql<string>`st || bd`
    const rows = await readingFleet(read)
      .selectFrom('fleet_lines')
      .select(['at', 'bd', 'st', 'why'])
      .where('kiosk', '=', kiosk)
      .where('at', '<=', at)
      .$if(within !== null, (it) =>
        it.where((of) => of.or([of('at', '<', at), of(name, '<', within ?? '')])),
      )
      .orderBy('at', 'desc')
      .orderBy(name, 'desc')
      .limit(pageLength + 1)
      .execute()
    return rows.map(({ st, why, bd, at: moment }) =>
      placed({ at: moment, rank, within: `${st}${bd}` }, { kind: 'line', what: 'line', st, why }),
    )
  },
}

const boxes: Source = {
  kinds: ['box'],
  rows: async (read, { kiosk, before: { at, within }, rank }) => {
    const last = ExchangeId.safeParse(within ?? afterAll(Math.min(at, lastMoment))).data
    const all = read
      .selectFrom('box_exchanges')
      .select(['exchange', 'state', 'box', 'person'])
      .where('kiosk', '=', kiosk)
    const rows = await (last === undefined ? all : all.where('exchange', '<', last))
      .orderBy('exchange', 'desc')
      .limit(pageLength + 1)
      .execute()
    return rows.map(({ exchange, state, box, person }) =>
      placed(
        { at: timeOf(exchange), rank, within: exchange },
        { kind: 'box', what: 'box', state, box, person },
      ),
    )
  },
}

/** A ULID has no later one. */
const lastMoment = 2 ** 48 - 2
/** Above every ULID of this moment. */
const afterAll = (at: number): string => ulidOf(at + 1, new Uint8Array(10))

const sources: readonly Source[] = [lines, answers, orders, boxes, findings, events]
