// Kiosks that connect again and again: a program that dies at every start, or a line that does not hold (fleet.md 10).
import { z } from 'zod'
import { setOwn } from '../alerts/alerts.ts'
import { loopConnections, loopOverMs, loopWithinMs } from '../alerts/bounds.ts'
import { changeRow, type FleetKiosks, type FleetTurn, type FleetWork } from './fleet-tables.ts'

const Connections = z.array(z.tuple([z.int(), z.int()]))

/** A birth with a higher count came in. */
export const takeConnection = async (
  turn: FleetTurn,
  row: FleetKiosks,
  bd: number,
): Promise<void> => {
  const { now } = turn
  const known = [...connectionsOf(row), [now, bd] as const].slice(-1 - loopConnections)
  await changeRow(turn, { connections: JSON.stringify(known) })
  const lowest = known.find(([at]) => now - at <= loopWithinMs)
  if (lowest !== undefined && bd - lowest[1] >= loopConnections) {
    await setOwn(turn, 'rebootLoop', true)
  }
}

/** Clears what has not connected anew for long enough. */
export const endLoops = async (of: { work: FleetWork; now: number }): Promise<void> => {
  const rows = await of.work
    .selectFrom('alerts')
    .innerJoin('fleet_kiosks', 'fleet_kiosks.kiosk', 'alerts.kiosk')
    .selectAll('fleet_kiosks')
    .where('alerts.code', '=', 'rebootLoop')
    .where('alerts.cleared_at', 'is', null)
    .execute()
  for (const row of rows) {
    const last = connectionsOf(row).at(-1)?.[0] ?? 0
    if (of.now - last > loopOverMs) await setOwn({ ...of, kiosk: row.kiosk }, 'rebootLoop', false)
  }
}

const connectionsOf = ({ connections }: FleetKiosks) => Connections.parse(JSON.parse(connections))
