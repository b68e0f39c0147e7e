// Alarms and alerts of the year, by the rules by which the centre keeps them: one row while it stands, each change a line.
import type { Alarm } from '../../../centre/alarms.ts'
import { flapMs } from '../../../centre/alerts/bounds.ts'
import { standsAs } from '../../../centre/alerts/own-alerts.ts'
import type { KioskNumber } from '../../../domain/identifiers.ts'
import type { Books, Row } from './books.ts'

export type AlertBook = {
  raise: (of: Raised) => void
  /** What does not stand is left as it is. */
  clear: (of: Fingerprint & { at: number; by: string; note?: string }) => void
  acknowledge: (of: Fingerprint & { at: number; by: string; note: string }) => void
  /** Evidence is kept, and stands among the alerts until it has been looked into. */
  alarm: (of: Alarm) => void
  open: () => readonly Row<'alerts'>[]
  /** Those that stand at a kiosk. */
  standing: (kiosk: KioskNumber | null) => readonly Row<'alerts'>[]
}

export type Fingerprint = { kiosk: KioskNumber | null; device: string; code: string }
type Raised = Fingerprint & { at: number; severity: number }

export const alertBook = (books: Books): AlertBook => {
  const last = new Map<string, Row<'alerts'>>()
  let alerts = 0
  let changes = 0
  const nameOf = ({ kiosk, device, code }: Fingerprint) => `${kiosk ?? ''}/${device}/${code}`
  const note = (row: Row<'alerts'>, of: Omit<Row<'alert_changes'>, 'change' | 'alert'>): void =>
    books.insert('alert_changes', { change: ++changes, alert: row.alert, ...of })
  const change = (row: Row<'alerts'>, to: Partial<Row<'alerts'>>): void => {
    Object.assign(row, to)
    books.change('alerts', { alert: row.alert }, to)
  }

  const raise = (of: Raised): void => {
    const { at, kiosk, device, code, severity } = of
    const known = last.get(nameOf(of))
    const isSame =
      known !== undefined && (known.cleared_at === null || at - known.cleared_at < flapMs)
    if (isSame) {
      const isBack = known.cleared_at !== null
      change(known, {
        last_seen: at,
        count: known.count + 1,
        severity: Math.max(known.severity, severity),
        cleared_at: null,
        cleared_by: null,
        told_over_at: null,
      })
      if (isBack) note(known, { at, what: 'raised', by: null, note: null })
      return
    }
    const row: Row<'alerts'> = {
      alert: ++alerts,
      kiosk,
      device,
      code,
      severity,
      raised_at: at,
      last_seen: at,
      count: 1,
      cleared_at: null,
      cleared_by: null,
      acknowledged_at: null,
      acknowledged_by: null,
      told_at: at,
      told_over_at: null,
    }
    last.set(nameOf(of), row)
    books.insert('alerts', row)
    note(row, { at, what: 'raised', by: null, note: null })
  }

  return {
    raise,
    clear: ({ at, by, note: why = null, ...of }) => {
      const row = last.get(nameOf(of))
      if (row === undefined || row.cleared_at !== null) return
      change(row, { cleared_at: at, cleared_by: by, told_over_at: at })
      note(row, { at, what: 'cleared', by, note: why })
    },
    acknowledge: ({ at, by, note: why, ...of }) => {
      const row = last.get(nameOf(of))
      if (row === undefined || row.cleared_at !== null || row.acknowledged_at !== null) return
      change(row, { acknowledged_at: at, acknowledged_by: by })
      note(row, { at, what: 'acknowledged', by, note: why })
    },
    alarm: (of) => {
      const { kiosk = null, serial = null, binding = null, orderNumber = null } = of
      books.insert('alarms', {
        alarm: books.next('alarm'),
        at: of.at,
        kind: of.kind,
        kiosk,
        serial,
        binding,
        order_number: orderNumber,
        evidence: JSON.stringify(of.evidence),
      })
      const { device, code, severity } = standsAs[of.kind]
      raise({ kiosk, device, code, severity, at: of.at })
    },
    open: () => [...last.values()].filter((row) => row.cleared_at === null),
    standing: (kiosk) =>
      [...last.values()].filter((row) => row.kiosk === kiosk && row.cleared_at === null),
  }
}
