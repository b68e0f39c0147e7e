// What a heartbeat says beyond that the kiosk lives: what hangs, what is stuck, what has cleared in silence.
import type { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { isAtRest } from '../../domain/fleet/words.ts'
import { clearAlert, openAlerts, setAlert } from './alerts.ts'
import { changeRow, rowOf, type FleetTurn } from './fleet-tables.ts'

/** Seconds without a sign of life of a page or a device; twice in a row it hangs (fleet.md 7). */
const wedgedSeconds = 90
const inARow = 2
/** Seconds in one step of a sale. */
const stuckSeconds = 7 * 60
const clockOffMs = 60_000

export const takeHeartbeat = async (turn: FleetTurn, hb: HeartbeatMessage): Promise<void> => {
  const row = await rowOf(turn)
  // What an earlier connection said is over.
  if (hb.bd < row.bd) return
  const ages = [hb.ui.age, ...Object.values(hb.dev).map(({ age }) => age)]
  const hangs = ages.some((age) => age !== null && age > wedgedSeconds)
  const wedged = hangs ? Math.max(0, row.wedged) + 1 : Math.min(0, row.wedged) - 1
  await changeRow(turn, {
    bd: hb.bd,
    heartbeat: JSON.stringify(hb),
    heard_at: turn.now,
    wedged,
    // Alive on this connection, whatever we have heard or missed of its state.
    ...(row.st === 'offline' && { st: 'online', st_since: turn.now, why: 'heartbeat' }),
  })
  await setAlert(turn, 'down', false)
  if (Math.abs(wedged) >= inARow) await setAlert(turn, 'wedged', hangs)
  await setAlert(turn, 'stuck', !isAtRest(hb.st.name) && hb.st.for >= stuckSeconds)
  await setAlert(turn, 'moneyUnresolved', hb.unresolved > 0)
  if (hb.clk.off !== null) await setAlert(turn, 'clock', Math.abs(hb.clk.off) > clockOffMs)
  // With nothing left to tell, what the kiosk does not name any more has cleared while it could not say so.
  if (hb.q.n === 0) await clearSilent(turn, hb)
}

const clearSilent = async (turn: FleetTurn, { dev }: HeartbeatMessage): Promise<void> => {
  for (const { device, code } of await openAlerts(turn)) {
    const told = dev[device]
    if (told !== undefined && !told.faults.includes(code)) {
      await clearAlert(turn, { device, code, by: 'heartbeat' })
    }
  }
}
