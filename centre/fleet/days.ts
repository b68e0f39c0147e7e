// What a kiosk did on a day and what wore on it, added up as it is told: one row for each kiosk and day (0019).
import type { HeartbeatMessage } from '../../domain/fleet/kiosk-messages.ts'
import { nothing } from '../../domain/money.ts'
import { localDayOf } from '../tariffs/tariff-calendar.ts'
import type { FleetDays, FleetTurn, FleetWork } from './fleet-tables.ts'

/** What grows over a day. */
export type DayCounts = Omit<FleetDays, 'kiosk' | 'day' | 'unit' | 'unit_rejected'>

export const noCounts: DayCounts = {
  notes: 0,
  taken: nothing,
  rejects: 0,
  receipts: 0,
  line_errors: 0,
  retries: 0,
  connections: 0,
  faults: 0,
}

/** `day`: `YYYY-MM-DD` of the town. What has not grown costs nothing. */
export const addToDay = async (
  { work, kiosk }: { work: FleetWork; kiosk: FleetDays['kiosk'] },
  day: string,
  grown: Partial<DayCounts>,
): Promise<void> => {
  const names = countNames.filter((name) => (grown[name] ?? 0) > 0)
  if (names.length === 0) return
  await work
    .insertInto('fleet_days')
    .values({ kiosk, day, ...noCounts, ...grown, unit: null, unit_rejected: null })
    .onConflict((it) =>
      it
        .columns(['kiosk', 'day'])
        .doUpdateSet((it) =>
          Object.fromEntries(
            names.map((name) => [
              name,
              it(it.ref(`fleet_days.${name}`), '+', it.ref(`excluded.${name}`)),
            ]),
          ),
        ),
    )
    .execute()
}

const countNames = [
  'notes',
  'taken',
  'rejects',
  'receipts',
  'line_errors',
  'retries',
  'connections',
  'faults',
] as const satisfies readonly (keyof DayCounts)[]

/** Of the day that it is at the centre: what came now was told now. */
export const addToToday = (turn: FleetTurn, grown: Partial<DayCounts>): Promise<void> =>
  addToDay(turn, localDayOf(new Date(turn.now), turn.timeZone), grown)

/**
 * What the lines of the devices have been through since the heartbeat before. They are counted from the start of the program:
 * after another start everything is new.
 */
export const grownOnLines = (
  hb: Pick<HeartbeatMessage, 'link' | 'up'>,
  before: Pick<HeartbeatMessage, 'link' | 'up'> | null,
): Pick<DayCounts, 'line_errors' | 'retries'> => {
  const same = before !== null && hb.up >= before.up ? before.link : undefined
  const grown = { line_errors: 0, retries: 0 }
  for (const [device, { broken, again }] of Object.entries(hb.link ?? {})) {
    const known = same?.[device]
    grown.line_errors += Math.max(0, broken - (known?.broken ?? 0))
    grown.retries += Math.max(0, again - (known?.again ?? 0))
  }
  return grown
}
