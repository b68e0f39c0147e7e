// Alarms as the console shows them: what stands, what is over, who knows of it, and its history.
import type { ExpressionBuilder } from 'kysely'
import type { z } from 'zod'
import type { AlarmHistory, AlarmsAsked, AlarmTold } from '../../../domain/console/fleet-alarms.ts'
import { kindOf } from '../../alerts/own-alerts.ts'
import {
  readingFleet,
  type Alerts,
  type FleetKiosks,
  type FleetTables,
} from '../../fleet/fleet-tables.ts'
import type { Reading } from '../../store.ts'
import { isMuted, severityOf } from './standing.ts'

const pageLength = 50

type Row = Alerts & { place: string | null } & Partial<Pick<FleetKiosks, 'visit_since'>>

/** `notes`: what was written by whoever acknowledged it, by the number of the alarm. */
export const alarmOf = (
  row: Row,
  { now, notes }: { now: number; notes: ReadonlyMap<number, string | null> },
): AlarmTold => {
  const { visit_since = null } = row
  return {
    alarm: row.alert,
    kiosk: row.kiosk,
    place: row.place,
    device: row.device,
    code: row.code,
    severity: severityOf(row.severity),
    raisedAt: row.raised_at,
    lastSeen: row.last_seen,
    count: row.count,
    clearedAt: row.cleared_at,
    clearedBy: row.cleared_by,
    acknowledged:
      row.acknowledged_at === null || row.acknowledged_by === null
        ? null
        : { by: row.acknowledged_by, at: row.acknowledged_at, note: notes.get(row.alert) ?? null },
    muted: row.cleared_at === null && isMuted(row.severity, { visit_since }, now),
    ends: kindOf(row)?.clears ?? 'itself',
  }
}

/** The gravest first while they stand; what is over, the latest first. */
export const alarmsOf = async (
  read: Reading,
  { now, asked }: { now: number; asked: z.output<typeof AlarmsAsked> },
): Promise<{ rows: AlarmTold[]; found: number; next: number | null }> => {
  const { show, kiosk, severity, unknown, from } = asked
  const isAsked = (it: ExpressionBuilder<FleetTables, 'alerts'>) =>
    it.and([
      it('alerts.cleared_at', show === 'open' ? 'is' : 'is not', null),
      ...(kiosk === undefined ? [] : [it('alerts.kiosk', '=', kiosk)]),
      ...(severity === undefined ? [] : [it('alerts.severity', '>=', severity)]),
      ...(unknown === 'yes' ? [it('alerts.acknowledged_at', 'is', null)] : []),
    ])
  const { found } = await readingFleet(read)
    .selectFrom('alerts')
    .select(({ fn }) => fn.countAll<number>().as('found'))
    .where(isAsked)
    .executeTakeFirstOrThrow()
  const rows = await alarmsIn(read)
    .where(isAsked)
    .selectAll('alerts')
    .select(['kiosks.place', 'fleet_kiosks.visit_since'])
    .$if(show === 'open', (it) => it.orderBy('alerts.severity', 'desc'))
    .orderBy('alerts.alert', 'desc')
    .limit(pageLength)
    .offset(from)
    .execute()
  const told = await withNotes(read, rows, now)
  return { rows: told, found, next: from + pageLength < found ? from + pageLength : null }
}

const alarmsIn = (read: Reading) =>
  readingFleet(read)
    .selectFrom('alerts')
    .leftJoin('kiosks', 'kiosks.kiosk', 'alerts.kiosk')
    .leftJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'alerts.kiosk')

export const withNotes = async (
  read: Reading,
  rows: readonly Row[],
  now: number,
): Promise<AlarmTold[]> => {
  const known = rows.filter(({ acknowledged_at }) => acknowledged_at !== null)
  const noted =
    known.length === 0
      ? []
      : await readingFleet(read)
          .selectFrom('alert_changes')
          .select(['alert', 'note'])
          .where(
            'alert',
            'in',
            known.map(({ alert }) => alert),
          )
          .where('what', '=', 'acknowledged')
          .orderBy('change')
          .execute()
  const notes = new Map(noted.map(({ alert, note }) => [alert, note]))
  return rows.map((row) => alarmOf(row, { now, notes }))
}

/** Null: there is no such alarm. */
export const historyOf = async (
  read: Reading,
  { now, alarm }: { now: number; alarm: number },
): Promise<AlarmHistory | null> => {
  const row = await alarmsIn(read)
    .selectAll('alerts')
    .select(['kiosks.place', 'fleet_kiosks.visit_since'])
    .where('alerts.alert', '=', alarm)
    .executeTakeFirst()
  if (row === undefined) return null
  const [told] = await withNotes(read, [row], now)
  if (told === undefined) return null
  const changes = await readingFleet(read)
    .selectFrom('alert_changes')
    .select(['at', 'what', 'by', 'note'])
    .where('alert', '=', alarm)
    .orderBy('change')
    .execute()
  return { alarm: told, changes, toldAt: row.told_at }
}
