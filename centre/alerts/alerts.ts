// Alerts: one row for each time a fault stands, at one kiosk or at the centre; the same fault again while it stands is a
// count (fleet.md 10). What comes back soon is the same alert still; each raise and clear of it stays to be read.
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { AlertChanges, Alerts, FleetWork } from '../fleet/fleet-tables.ts'
import { atOnce, flapMs } from './bounds.ts'
import { ownAlerts, theKiosk, type OwnAlert } from './own-alerts.ts'

/** `kiosk`: null for what is of the centre itself. */
export type AlertTurn = { work: FleetWork; now: number; kiosk: KioskNumber | null }

export type Fingerprint = { device: string; code: string }

/** The last row of this fingerprint. */
export const lastAlert = ({ work, kiosk }: AlertTurn, { device, code }: Fingerprint) =>
  work
    .selectFrom('alerts')
    .selectAll()
    .where((it) => (kiosk === null ? it('kiosk', 'is', null) : it('kiosk', '=', kiosk)))
    .where('device', '=', device)
    .where('code', '=', code)
    .orderBy('alert', 'desc')
    .limit(1)
    .executeTakeFirst()

const isRecent = ({ now }: AlertTurn, { cleared_at }: Alerts): boolean =>
  cleared_at !== null && now - cleared_at < flapMs

/**
 * `count`: so many times, where repeats were merged on the way. `isNews`: another piece of evidence for people to look into:
 * whoever knows of the last one does not know of this one.
 */
export const raiseAlert = async (
  turn: AlertTurn,
  of: Fingerprint & { severity: number; count?: number; isNews?: boolean },
): Promise<void> => {
  const { now } = turn
  const { device, code, severity, count = 1, isNews = false } = of
  const last = await lastAlert(turn, of)
  if (last === undefined || (last.cleared_at !== null && !isRecent(turn, last))) {
    const alert = await insert(turn, { device, code, severity, count })
    return note(turn, { alert, what: 'raised', by: null })
  }
  await change(turn, last.alert, {
    last_seen: now,
    count: last.count + count,
    severity: Math.max(last.severity, severity),
    cleared_at: null,
    cleared_by: null,
    told_over_at: null,
    ...(isNews && isToBeToldAgain(last) && untold),
  })
  const isRaised = last.cleared_at !== null || (isNews && last.acknowledged_at !== null)
  if (isRaised) await note(turn, { alert: last.alert, what: 'raised', by: null })
}

/** Small things that nobody has acknowledged are told again with the others of the hour. */
const isToBeToldAgain = ({ acknowledged_at, severity }: Alerts): boolean =>
  acknowledged_at !== null || severity >= atOnce

const untold = { acknowledged_at: null, acknowledged_by: null, told_at: null }

/** What clears without having been raised leaves a row that says so. */
export const clearAlert = async (
  turn: AlertTurn,
  { device, code, by }: Fingerprint & { by: string },
): Promise<void> => {
  const last = await lastAlert(turn, { device, code })
  const isOpen = last?.cleared_at === null
  const alert =
    last !== undefined && (isOpen || isRecent(turn, last))
      ? last.alert
      : await insert(turn, { device, code, severity: 1, count: 0 })
  await change(turn, alert, { cleared_at: turn.now, cleared_by: by })
  await note(turn, { alert, what: 'cleared', by })
}

export const change = async (
  { work }: Pick<AlertTurn, 'work'>,
  alert: number,
  changed: Partial<Alerts>,
): Promise<void> => {
  await work.updateTable('alerts').set(changed).where('alert', '=', alert).execute()
}

/** One more line of the history of an alert. */
export const note = async (
  { work, now }: Pick<AlertTurn, 'work' | 'now'>,
  line: Pick<AlertChanges, 'alert' | 'what' | 'by'> & Partial<Pick<AlertChanges, 'note'>>,
): Promise<void> => {
  const { last } = await work
    .selectFrom('alert_changes')
    .select((it) => it.fn.max('change').as('last'))
    .executeTakeFirstOrThrow()
  await work
    .insertInto('alert_changes')
    .values({ change: (last ?? 0) + 1, at: now, note: null, ...line })
    .execute()
}

const insert = async (
  { work, now, kiosk }: AlertTurn,
  of: Fingerprint & { severity: number; count: number },
): Promise<number> => {
  const { last } = await work
    .selectFrom('alerts')
    .select((it) => it.fn.max('alert').as('last'))
    .executeTakeFirstOrThrow()
  const alert = (last ?? 0) + 1
  const nothing = { cleared_at: null, cleared_by: null, told_over_at: null }
  await work
    .insertInto('alerts')
    .values({
      ...of,
      alert,
      kiosk,
      raised_at: now,
      last_seen: now,
      ...untold,
      // That it is over without having begun is told like any end.
      told_at: of.count === 0 ? now : null,
      ...nothing,
    })
    .execute()
  return alert
}

/** The standing alerts of this kiosk. */
export const openAlerts = ({ work, kiosk }: AlertTurn) =>
  work
    .selectFrom('alerts')
    .select(['alert', 'device', 'code', 'severity'])
    .where((it) => (kiosk === null ? it('kiosk', 'is', null) : it('kiosk', '=', kiosk)))
    .where('cleared_at', 'is', null)
    .execute()
export type OpenAlert = Awaited<ReturnType<typeof openAlerts>>[number]

/** Raises it once while it stands, and clears it once it does not: for what is looked at again and again. */
export const setAlert = async (
  turn: AlertTurn,
  of: Fingerprint & { severity: number; stands: boolean },
  known?: readonly OpenAlert[],
): Promise<void> => {
  const { device, code, severity, stands } = of
  const open = (known ?? (await openAlerts(turn))).find(
    (each) => each.device === device && each.code === code,
  )
  if (stands && (open === undefined || open.severity < severity)) {
    await raiseAlert(turn, { device, code, severity })
  } else if (!stands && open !== undefined) {
    await clearAlert(turn, { device, code, by: 'centre' })
  }
}

/** The same for what the centre finds out of a kiosk. */
export const setOwn = (
  turn: AlertTurn,
  code: OwnAlert,
  stands: boolean,
  known?: readonly OpenAlert[],
): Promise<void> => {
  const { severity } = ownAlerts[code]
  return setAlert(turn, { device: theKiosk, code, severity, stands }, known)
}
