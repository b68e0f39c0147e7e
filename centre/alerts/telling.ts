// Which alerts people are told of now: grave ones at once, the others in a digest, what stands again every hour.
//
// What is told and that it was told are one transaction: a notice that is on disk is sent until somebody has it.
import { isOnVisit } from '../fleet/visits.ts'
import type { AlertNotices, Alerts, FleetWork } from '../fleet/fleet-tables.ts'
import { change } from './alerts.ts'
import { atOnce, flapMs, repeatMs } from './bounds.ts'
import { kindOf } from './own-alerts.ts'
import type { Notice, NoticeAlarm } from './notice.ts'

export type Channel = AlertNotices['channel']

/** Below this severity a visit keeps an alarm quiet. */
export const neverMuted = 4
/** A fleet that is gone altogether is one notice, not one of megabytes. */
const mostNamed = 100

type Row = Alerts & { place: string | null; visit_since: number | null }
type Due = { row: Row; state: NoticeAlarm['state']; since: number }

export const tellAlerts = async (of: {
  work: FleetWork
  now: number
  channels: readonly Channel[]
  digestMs: number
  newId: () => string
}): Promise<void> => {
  const { work, now, channels, digestMs } = of
  // Where nobody is told, nobody counts as told: whoever is named later hears all that stands.
  if (channels.length === 0) return
  const due = (await candidates(work)).flatMap((row) => dueOf(row, now))
  const urgent = due.filter(({ row }) => row.severity >= atOnce)
  const others = due.filter(({ row }) => row.severity < atOnce)
  if (urgent.length > 0) await put(of, 'now', urgent)
  if (others.some(({ since }) => now - since >= digestMs)) await put(of, 'digest', others)
}

/** What stands, and what was told to stand and is over. */
const candidates = async (work: FleetWork): Promise<Row[]> => {
  const all = work
    .selectFrom('alerts')
    .leftJoin('kiosks', 'kiosks.kiosk', 'alerts.kiosk')
    .leftJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'alerts.kiosk')
    .selectAll('alerts')
    .select(['kiosks.place', 'fleet_kiosks.visit_since'])
  const standing = await all.where('alerts.cleared_at', 'is', null).execute()
  const over = await all
    .where('alerts.told_at', 'is not', null)
    .where('alerts.told_over_at', 'is', null)
    .where('alerts.cleared_at', 'is not', null)
    .execute()
  return [...standing, ...over].sort((one, other) => one.alert - other.alert)
}

/** Pure: whether this is to be told, as what, and since when it waits for that. */
export const dueOf = (row: Row, now: number): Due[] => {
  const { cleared_at, told_at, acknowledged_at, severity } = row
  const due = (state: Due['state'], since: number) => (since <= now ? [{ row, state, since }] : [])
  // What flaps is over when it has stayed away.
  if (cleared_at !== null) return due('cleared', cleared_at + flapMs)
  if (acknowledged_at !== null) return []
  if (severity < neverMuted && isOnVisit(row, now)) return []
  return told_at === null ? due('raised', row.raised_at) : due('stands', told_at + repeatMs)
}

const put = async (
  of: Parameters<typeof tellAlerts>[0],
  kind: Notice['kind'],
  due: readonly Due[],
): Promise<void> => {
  const { work, now, channels, newId } = of
  for (const channel of channels) {
    // Where the last notice still waits, the same again would only wait behind it.
    const isStuck = await waits(work, channel)
    const told = due.filter(({ state }) => !(isStuck && state === 'stands'))
    if (told.length === 0) continue
    const id = newId()
    const notice: Notice = {
      v: 1,
      id,
      at: now,
      kind,
      alarms: told.slice(0, mostNamed).map(({ row, state }) => ({ ...alarmOf(row), state })),
      more: Math.max(0, told.length - mostNamed),
    }
    await insert(work, { id, channel, at: now, content: JSON.stringify(notice) })
  }
  for (const { row, state } of due) {
    await change(
      { work },
      row.alert,
      state === 'cleared' ? { told_over_at: now } : { told_at: now },
    )
  }
}

const waits = async (work: FleetWork, channel: Channel): Promise<boolean> =>
  (await work
    .selectFrom('alert_notices')
    .select('notice')
    .where('sent_at', 'is', null)
    .where('set_aside_at', 'is', null)
    .where('channel', '=', channel)
    .limit(1)
    .executeTakeFirst()) !== undefined

const insert = async (
  work: FleetWork,
  of: Pick<AlertNotices, 'id' | 'channel' | 'at' | 'content'>,
): Promise<void> => {
  const { last } = await work
    .selectFrom('alert_notices')
    .select((it) => it.fn.max('notice').as('last'))
    .executeTakeFirstOrThrow()
  const fresh = { tries: 0, next_at: of.at, sent_at: null, set_aside_at: null }
  await work
    .insertInto('alert_notices')
    .values({ notice: (last ?? 0) + 1, ...fresh, ...of })
    .execute()
}

export const alarmOf = (row: Alerts & { place: string | null }): Omit<NoticeAlarm, 'state'> => ({
  alarm: row.alert,
  kiosk: row.kiosk,
  place: row.place,
  device: row.device,
  code: row.code,
  severity: row.severity,
  means: kindOf(row)?.means ?? null,
  raisedAt: row.raised_at,
  lastSeen: row.last_seen,
  count: row.count,
  clearedAt: row.cleared_at,
  clearedBy: row.cleared_by,
})
