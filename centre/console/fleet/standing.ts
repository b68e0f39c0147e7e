// Pure: how a kiosk stands, what of it somebody has to look at, and what comes before what.
import { needs, type KioskState } from '../../../domain/console/fleet-words.ts'
import type { FleetTrouble } from '../../../domain/console/fleet.ts'
import { Severity } from '../../../domain/fleet/words.ts'
import type { Alerts, FleetKiosks } from '../../fleet/fleet-tables.ts'
import { isDown } from '../../fleet/silence.ts'
import { isOnVisit } from '../../fleet/visits.ts'
import { needOf } from '../../alerts/needs.ts'
import { neverMuted } from '../../alerts/telling.ts'

/** How it was heard last; null where it never was. */
export type Heard = Pick<
  FleetKiosks,
  'st' | 'st_since' | 'heard_at' | 'every' | 'svc' | 'visit_since'
>

export const stateOf = (heard: Heard | null, now: number): KioskState => {
  if (heard === null) return 'never'
  return isDown(heard, { now }) ? 'silent' : (heard.svc ?? 'starting')
}

export type OpenAlert = Pick<
  Alerts,
  'device' | 'code' | 'severity' | 'raised_at' | 'acknowledged_at'
>

/** While somebody is there, only what is never muted is told to people. */
export const isMuted = (
  severity: number,
  heard: Pick<FleetKiosks, 'visit_since'> | null,
  now: number,
): boolean => severity < neverMuted && heard !== null && isOnVisit(heard, now)

/** What nobody knows of yet stands before what somebody knows; then the graver, then money before the rest, then the older. */
const before = (one: FleetTrouble, other: FleetTrouble): number =>
  Number(isQuiet(one)) - Number(isQuiet(other)) ||
  other.severity - one.severity ||
  needs.indexOf(one.need) - needs.indexOf(other.need) ||
  one.since - other.since

/** Nobody has to be told of it now. */
export const isQuiet = ({ acknowledged, muted }: FleetTrouble): boolean => acknowledged || muted

/** What stands first at a kiosk; null where nothing does. */
export const troubleOf = (
  alerts: readonly OpenAlert[],
  { heard, now }: { heard: Pick<FleetKiosks, 'visit_since'> | null; now: number },
): FleetTrouble | null => {
  const [first] = alerts
    .map((alert): FleetTrouble => ({
      need: needOf(alert),
      severity: severityOf(alert.severity),
      device: alert.device,
      code: alert.code,
      since: alert.raised_at,
      more: alerts.length - 1,
      acknowledged: alert.acknowledged_at !== null,
      muted: isMuted(alert.severity, heard, now),
    }))
    .toSorted(before)
  return first ?? null
}

/** Kiosks in the order in which somebody has to look at them; those that are well by their number. */
export const byNeed = (
  one: { kiosk: string; trouble: FleetTrouble | null },
  other: { kiosk: string; trouble: FleetTrouble | null },
): number => {
  if (one.trouble !== null && other.trouble !== null) {
    return before(one.trouble, other.trouble) || (one.kiosk < other.kiosk ? -1 : 1)
  }
  if (one.trouble !== null) return -1
  if (other.trouble !== null) return 1
  return one.kiosk < other.kiosk ? -1 : 1
}

export const severityOf = (severity: number): Severity => Severity.safeParse(severity).data ?? 4
