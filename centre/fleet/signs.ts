// Pure: what a heartbeat is a sign of, and of what it is a sign no more.
import type { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { renewAt } from '../../domain/enrolment/enrolment-messages.ts'
import { isAtRest } from '../../domain/fleet/words.ts'
import {
  boxFullPercent,
  boxNearlyPercent,
  certificateLateMs,
  clockFarOffMs,
  clockFreeSeconds,
  clockOffMs,
  diskLeastBytes,
  journalLateMs,
  queueLineMs,
  queueOldSeconds,
  stuckSeconds,
  wedgedInARow,
  wedgedSeconds,
} from '../alerts/bounds.ts'
import { ownAlerts, type OwnAlert } from '../alerts/own-alerts.ts'
import type { FleetKiosks } from './fleet-tables.ts'

/** What is not named stays as it is. */
export type Sign = { code: OwnAlert; stands: boolean; severity: number }

export const hangs = ({ ui, dev }: HeartbeatMessage): boolean =>
  [ui.age, ...Object.values(dev).map(({ age }) => age)].some(
    (age) => age !== null && age > wedgedSeconds,
  )

/** `row`: as it is after this heartbeat. `before`: the heartbeat before it. */
export const signsOf = (
  hb: HeartbeatMessage,
  of: { row: FleetKiosks; before: HeartbeatMessage | null; now: number },
): Sign[] => {
  const { row, before, now } = of
  const percent = hb.cash?.pct
  const isLate = row.behind_since !== null && now - row.behind_since > journalLateMs
  // A line that has just come up still has the records of the time without.
  const waits = hb.q.oldest > queueOldSeconds && now - row.st_since > queueLineMs
  return [
    sign('down', false),
    ...(Math.abs(row.wedged) >= wedgedInARow ? [sign('wedged', row.wedged > 0)] : []),
    sign('stuck', !isAtRest(hb.st.name) && hb.st.for >= stuckSeconds),
    sign('moneyUnresolved', hb.unresolved > 0),
    ...clockSigns(hb),
    ...machineSigns(hb, now),
    ...(percent === undefined
      ? []
      : [
          sign('boxFull', percent >= boxFullPercent),
          sign('boxNearly', percent >= boxNearlyPercent && percent < boxFullPercent),
        ]),
    sign('queueOld', waits),
    sign('journalLate', isLate),
    sign('disk', hb.sys.disk < diskLeastBytes),
    // It never becomes good again by itself: what is there now is another journal.
    ...(before !== null && hb.head.sequence < before.head.sequence
      ? [sign('chainBroken', true)]
      : []),
  ]
}

const sign = (
  code: OwnAlert,
  stands: boolean,
  severity: number = ownAlerts[code].severity,
): Sign => ({ code, stands, severity })

/** Off from ours, or held by no time server for a day; where neither is known, nothing is said. */
const clockSigns = ({ clk: { off, free } }: HeartbeatMessage): Sign[] => {
  if (off === null && free === undefined) return []
  const offMs = Math.abs(off ?? 0)
  const stands = offMs > clockOffMs || (free ?? 0) > clockFreeSeconds
  return [sign('clock', stands, offMs > clockFarOffMs ? 2 : 1)]
}

/** What the kiosk says of the machine under it; what it does not name stays as it is. */
const machineSigns = ({ sys, drift, cert }: HeartbeatMessage, now: number): Sign[] => [
  ...(sys.ro === undefined ? [] : [sign('readOnly', sys.ro)]),
  ...(drift === undefined
    ? []
    : [sign('drift', drift.n > 0), sign('firewallMissing', drift.firewall)]),
  ...(cert === undefined
    ? []
    : [
        sign(
          'certificate',
          now > renewAt(cert) + certificateLateMs || now >= cert.to,
          now >= cert.to ? 3 : 2,
        ),
      ]),
]

/** Which line of the journal we wait for, and since when. `through`: the last one that is here. */
export const behind = (
  { head }: HeartbeatMessage,
  of: { row: FleetKiosks; through: number; now: number },
): Pick<FleetKiosks, 'behind_head' | 'behind_since'> => {
  const { row, through, now } = of
  if (head.sequence <= through) return { behind_head: null, behind_since: null }
  const { behind_head, behind_since } = row
  const isSame = behind_head !== null && behind_head > through
  return isSame ? { behind_head, behind_since } : { behind_head: head.sequence, behind_since: now }
}
