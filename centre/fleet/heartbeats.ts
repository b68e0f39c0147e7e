// What a heartbeat says beyond that the kiosk lives: what hangs, what is stuck, what has cleared in silence.
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { clearAlert, openAlerts, setAlert, type OpenAlert } from '../alerts/alerts.ts'
import { kindOf, theKiosk } from '../alerts/own-alerts.ts'
import { changeRow, rowOf, type FleetKiosks, type FleetTurn } from './fleet-tables.ts'
import { addToToday, grownOnLines } from './days.ts'
import { noteLine } from './lines.ts'
import { behind, hangs, signsOf } from './signs.ts'

export const takeHeartbeat = async (turn: FleetTurn, hb: HeartbeatMessage): Promise<void> => {
  const row = await rowOf(turn)
  // What an earlier connection said is over. Within one the number decides: a clock may be set back (F8).
  if (hb.bd < row.bd) return
  const before = lastHeartbeat(row)
  if (before !== null && hb.bd === before.bd && hb.seq <= before.seq) return
  const { now } = turn
  const wedged = hangs(hb) ? Math.max(0, row.wedged) + 1 : Math.min(0, row.wedged) - 1
  const changed = {
    bd: hb.bd,
    heartbeat: JSON.stringify(hb),
    heard_at: now,
    svc: hb.svc,
    every: Math.min(hb.every ?? heartbeatSeconds.usual, heartbeatSeconds.most),
    wedged,
    ...behind(hb, { row, through: await linesHere(turn), now }),
    // Alive on this connection, whatever we have heard or missed of its state.
    ...(row.st === 'offline' && { st: 'online' as const, st_since: now, why: 'heartbeat' }),
  }
  await changeRow(turn, changed)
  if (row.st === 'offline') await noteLine(turn, { bd: hb.bd, st: 'online', why: 'heartbeat' })
  await addToToday(turn, grownOnLines(hb, before))
  const open = await openAlerts(turn)
  for (const sign of signsOf(hb, { row: { ...row, ...changed }, before, now })) {
    await setAlert(turn, { device: theKiosk, ...sign }, open)
  }
  // With nothing left to tell, what the kiosk does not name any more has cleared while it could not say so.
  if (hb.q.n === 0) await clearSilent(turn, hb, open)
}

/** Null too where an older centre kept what this one does not read. */
export const lastHeartbeat = ({
  heartbeat,
}: Pick<FleetKiosks, 'heartbeat'>): HeartbeatMessage | null =>
  heartbeat === null ? null : (HeartbeatMessage.safeParse(JSON.parse(heartbeat)).data ?? null)

/** Up to which line its journal is here. */
const linesHere = async ({ work, kiosk }: FleetTurn): Promise<number> => {
  const row = await work
    .selectFrom('journals')
    .select('through')
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()
  return row?.through ?? 0
}

const clearSilent = async (
  turn: FleetTurn,
  { dev }: HeartbeatMessage,
  open: readonly OpenAlert[],
): Promise<void> => {
  for (const { device, code } of open) {
    const told = dev[device]
    const isOfDevice = told !== undefined && kindOf({ device, code }) === null
    if (isOfDevice && !told.faults.includes(code)) {
      await clearAlert(turn, { device, code, by: 'heartbeat' })
    }
  }
}
