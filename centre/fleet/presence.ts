// Whether a kiosk is there: its births, its state and its will. What an earlier connection left behind says nothing (B4).
import {
  mostConnections,
  type BirthMessage,
  type StateMessage,
} from '../../domain/fleet/kiosk-messages.ts'
import { raiseAlert, setOwn } from '../alerts/alerts.ts'
import { backAndForthMs } from '../alerts/bounds.ts'
import { ownAlerts, theKiosk } from '../alerts/own-alerts.ts'
import { takeConnection } from './connections.ts'
import { addToToday } from './days.ts'
import { noteLine } from './lines.ts'
import { changeRow, rowOf, type FleetKiosks, type FleetTurn } from './fleet-tables.ts'

/** Takes a birth in; gives the connection that is now the latest one known. */
export const takeBirth = async (
  turn: FleetTurn,
  birth: BirthMessage,
  { retained }: { retained: boolean },
): Promise<number> => {
  const row = await rowOf(turn)
  const serials = serialsOf(birth)
  const isAnother = row.serials !== null && row.serials !== serials
  // A count that was at its end has begun anew.
  if (birth.bd < row.bd && row.bd < mostConnections) {
    // Its count was lost, or it is a second one; the answer brings it above the count we know.
    if (isAnother) await raiseDuplicate(turn)
    return row.bd
  }
  if (isAnother && (birth.bd === row.birth_bd || isBackAgain(row, serials, turn.now))) {
    await raiseDuplicate(turn)
  }
  await changeRow(turn, {
    bd: birth.bd,
    birth: JSON.stringify(birth),
    birth_bd: birth.bd,
    version: birth.sw.runtime,
    serials,
    ...(isAnother && { serials_before: row.serials, serials_changed_at: turn.now }),
    ...(!retained && { heard_at: turn.now }),
  })
  if (birth.bd > row.birth_bd && !retained) {
    await takeConnection(turn, row, birth.bd)
    await addToToday(turn, { connections: 1 })
    await setOwn(turn, 'down', false)
  }
  return birth.bd
}

const isBackAgain = (row: FleetKiosks, serials: string, now: number): boolean =>
  serials === row.serials_before &&
  row.serials_changed_at !== null &&
  now - row.serials_changed_at < backAndForthMs

const raiseDuplicate = (turn: FleetTurn): Promise<void> =>
  raiseAlert(turn, {
    device: theKiosk,
    code: 'duplicateId',
    severity: ownAlerts.duplicateId.severity,
  })

const serialsOf = ({ serials }: BirthMessage): string =>
  JSON.stringify(Object.entries(serials).sort(([one], [other]) => (one < other ? -1 : 1)))

/** Takes online and offline in. */
export const takeState = async (
  turn: FleetTurn,
  { st, bd, why }: StateMessage,
  { retained }: { retained: boolean },
): Promise<void> => {
  const row = await rowOf(turn)
  if (bd < row.bd) return
  // The broker says it again whenever we come: that it stands so for long is to be kept.
  const isNews = st !== row.st || bd !== row.bd
  await changeRow(turn, {
    bd,
    st,
    why,
    ...(isNews && { st_since: turn.now }),
    ...(!retained && st === 'online' && { heard_at: turn.now }),
  })
  if (isNews) await noteLine(turn, { bd, st, why })
}
