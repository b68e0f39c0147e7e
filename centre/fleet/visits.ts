// Visits of people who look after a kiosk: while one lasts, what they do there alarms nobody.
import type { EventMessage } from '../../domain/fleet/kiosk-messages.ts'
import { visitLongestMs } from '../alerts/bounds.ts'
import { theKiosk } from '../alerts/own-alerts.ts'
import { changeRow, type FleetKiosks, type FleetTurn } from './fleet-tables.ts'

export const visitBegun = 'visit begun'
export const visitEnded = 'visit ended'

/** Takes in that somebody has come or gone; any other note says nothing here. */
export const takeVisit = async (
  turn: Pick<FleetTurn, 'work' | 'now' | 'kiosk'>,
  { about, dev, code }: Pick<EventMessage, 'about' | 'dev' | 'code'>,
): Promise<void> => {
  if (about !== 'maintenance' || dev !== theKiosk) return
  if (code === visitBegun) await changeRow(turn, { visit_since: turn.now })
  if (code === visitEnded) await changeRow(turn, { visit_since: null })
}

export const isOnVisit = (
  { visit_since }: Pick<FleetKiosks, 'visit_since'>,
  now: number,
): boolean => visit_since !== null && now - visit_since < visitLongestMs
