// Alerts: one row for each time a fault stands at one kiosk; the same fault again while it stands is a count (fleet.md 10).
import type { FleetTurn } from './fleet-tables.ts'

/** What the centre itself sees of a kiosk has this for its device. */
export const theKiosk = 'kiosk'

/** What the centre finds out by itself, and how grave it is. */
export const ownAlerts = {
  down: 3,
  wedged: 3,
  stuck: 3,
  sequenceGap: 3,
  /** Two kiosks, or two disks, go by one number. */
  duplicateId: 4,
  moneyUnresolved: 4,
  clock: 1,
} as const
export type OwnAlert = keyof typeof ownAlerts

export type Fingerprint = { device: string; code: string }

const openOne = ({ work, kiosk }: FleetTurn, { device, code }: Fingerprint) =>
  work
    .selectFrom('fleet_alerts')
    .select(['alert', 'count', 'severity'])
    .where('kiosk', '=', kiosk)
    .where('device', '=', device)
    .where('code', '=', code)
    .where('cleared_at', 'is', null)
    .executeTakeFirst()

/** `count`: so many times, where repeats were merged on the way. */
export const raiseAlert = async (
  turn: FleetTurn,
  { device, code, severity, count = 1 }: Fingerprint & { severity: number; count?: number },
): Promise<void> => {
  const { work, now } = turn
  const open = await openOne(turn, { device, code })
  if (open === undefined) {
    await insert(turn, { device, code, severity, count, cleared: null })
    return
  }
  await work
    .updateTable('fleet_alerts')
    .set({
      last_seen: now,
      count: open.count + count,
      severity: Math.max(open.severity, severity),
    })
    .where('alert', '=', open.alert)
    .execute()
}

/** What clears without having been raised leaves a row that says so. */
export const clearAlert = async (
  turn: FleetTurn,
  { device, code, by }: Fingerprint & { by: string },
): Promise<void> => {
  const open = await openOne(turn, { device, code })
  await (open === undefined
    ? insert(turn, { device, code, severity: 1, count: 0, cleared: by })
    : turn.work
        .updateTable('fleet_alerts')
        .set({ cleared_at: turn.now, cleared_by: by })
        .where('alert', '=', open.alert)
        .execute())
}

const insert = async (
  { work, now, kiosk }: FleetTurn,
  alert: Fingerprint & { severity: number; count: number; cleared: string | null },
): Promise<void> => {
  const { device, code, severity, count, cleared } = alert
  const { last } = await work
    .selectFrom('fleet_alerts')
    .select((it) => it.fn.max('alert').as('last'))
    .executeTakeFirstOrThrow()
  await work
    .insertInto('fleet_alerts')
    .values({
      alert: (last ?? 0) + 1,
      kiosk,
      device,
      code,
      severity,
      raised_at: now,
      last_seen: now,
      count,
      cleared_at: cleared === null ? null : now,
      cleared_by: cleared,
    })
    .execute()
}

/** Raises it once while it stands, and clears it once it does not: for what is looked at again and again. */
export const setAlert = async (turn: FleetTurn, code: OwnAlert, stands: boolean): Promise<void> => {
  const fingerprint = { device: theKiosk, code }
  const open = await openOne(turn, fingerprint)
  if (stands && open === undefined) {
    await raiseAlert(turn, { ...fingerprint, severity: ownAlerts[code] })
  } else if (!stands && open !== undefined) await clearAlert(turn, { ...fingerprint, by: 'centre' })
}

/** The standing alerts of this kiosk. */
export const openAlerts = ({ work, kiosk }: FleetTurn) =>
  work
    .selectFrom('fleet_alerts')
    .select(['device', 'code'])
    .where('kiosk', '=', kiosk)
    .where('cleared_at', 'is', null)
    .execute()
