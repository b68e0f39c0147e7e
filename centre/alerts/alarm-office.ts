// What stands, for people at the office: they see it, say that they know of it, and that they have looked into it.
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { AlertChanges, Alerts, FleetWork } from '../fleet/fleet-tables.ts'
import { lastHeartbeat } from '../fleet/heartbeats.ts'
import { isDown } from '../fleet/silence.ts'
import { momentOf } from '../turn.ts'
import { change, note } from './alerts.ts'
import { lineOf } from './notice.ts'
import { kindOf } from './own-alerts.ts'
import { alarmOf } from './telling.ts'

export type Office = { work: FleetWork; now: number }

/** `done` is what to print, line by line; `problem` names what is wrong and what to do. */
export type Said = { kind: 'done'; lines: string[] } | { kind: 'problem'; problem: string }

/** The gravest first; `all`: with what is over, and when each came and went. */
export const listAlarms = async (
  { work }: Office,
  { kiosk, all }: { kiosk: KioskNumber | null; all: boolean },
): Promise<Said> => {
  let asked = work
    .selectFrom('alerts')
    .leftJoin('kiosks', 'kiosks.kiosk', 'alerts.kiosk')
    .selectAll('alerts')
    .select('kiosks.place')
    .orderBy('alerts.severity', 'desc')
    .orderBy('alerts.alert')
  if (kiosk !== null) asked = asked.where('alerts.kiosk', '=', kiosk)
  if (!all) asked = asked.where('alerts.cleared_at', 'is', null)
  const rows = await asked.execute()
  if (rows.length === 0) return { kind: 'done', lines: ['No alarm stands.'] }
  const lines: string[] = []
  for (const row of rows) {
    lines.push(lineOfRow(row))
    if (all) lines.push(...(await historyOf(work, row.alert)).map(lineOfChange))
  }
  return { kind: 'done', lines }
}

const lineOfRow = (row: Alerts & { place: string | null }): string => {
  const known = row.acknowledged_by === null ? '' : `  acknowledged by ${row.acknowledged_by}`
  return `${lineOf(alarmOf(row))}${known}`
}

const historyOf = (work: FleetWork, alert: number) =>
  work
    .selectFrom('alert_changes')
    .selectAll()
    .where('alert', '=', alert)
    .orderBy('change')
    .execute()

const lineOfChange = ({ at, what, by }: AlertChanges): string =>
  `    ${momentOf(at)} ${what}${by === null ? '' : ` by ${by}`}`

/** It stands on, and is told no more. */
export const acknowledge = async (
  office: Office,
  { alarm, by, note: why = null }: { alarm: number; by: string; note?: string | null },
): Promise<Said> => {
  const row = await standing(office, alarm)
  if (typeof row === 'string') return { kind: 'problem', problem: row }
  if (row.acknowledged_by !== null) {
    const problem = `alarm ${alarm} is acknowledged by ${row.acknowledged_by} already`
    return { kind: 'problem', problem }
  }
  await change(office, alarm, { acknowledged_at: office.now, acknowledged_by: by })
  await note(office, { alert: alarm, what: 'acknowledged', by, note: why })
  return { kind: 'done', lines: [`Acknowledged; it is told no more while it stands.`] }
}

/** For what only a person can end, or nobody else any more: all else ends when its cause does. */
export const clearByPerson = async (
  office: Office,
  { alarm, by, note: why = null }: { alarm: number; by: string; note?: string | null },
): Promise<Said> => {
  const row = await standing(office, alarm)
  if (typeof row === 'string') return { kind: 'problem', problem: row }
  if (await endsByItself(office, row)) {
    const problem = `alarm ${alarm} ends by itself when ${row.device} is well again; to acknowledge it keeps it quiet`
    return { kind: 'problem', problem }
  }
  await change(office, alarm, { cleared_at: office.now, cleared_by: by })
  await note(office, { alert: alarm, what: 'cleared', by, note: why })
  return { kind: 'done', lines: ['Cleared; the history keeps it.'] }
}

/** Not where nothing is heard of its kiosk, nor where its device is no more among those that the kiosk tells of. */
const endsByItself = async ({ work, now }: Office, row: Alerts): Promise<boolean> => {
  const kind = kindOf(row)
  if (kind?.clears === 'person') return false
  const kiosk = await work
    .selectFrom('fleet_kiosks')
    .selectAll()
    .where('kiosk', '=', row.kiosk)
    .executeTakeFirst()
  if (kiosk === undefined) return true
  if (isDown(kiosk, { now })) return false
  const heartbeat = lastHeartbeat(kiosk)
  return kind !== null || heartbeat === null || heartbeat.dev[row.device] !== undefined
}

/** The row, or why there is nothing to be done with it. */
const standing = async ({ work }: Office, alarm: number): Promise<Alerts | string> => {
  const row = await work
    .selectFrom('alerts')
    .selectAll()
    .where('alert', '=', alarm)
    .executeTakeFirst()
  if (row === undefined) {
    return `alarm ${alarm} is not known here; must be a number that stands first in the list`
  }
  return row.cleared_at === null
    ? row
    : `alarm ${alarm} is over since ${momentOf(row.cleared_at)}, by ${row.cleared_by ?? 'nobody'}`
}
