// What nobody tells: kiosks that have gone silent, and numbers that never came. Looked for again and again.
import { sql } from 'kysely'
import type { Work } from '../store.ts'
import { lastAlert, setOwn, type AlertTurn } from '../alerts/alerts.ts'
import { gapMs, graceMs, silentMs } from '../alerts/bounds.ts'
import { endLoops } from './connections.ts'
import { theCentre, theKiosk, type OwnAlert } from '../alerts/own-alerts.ts'
import { withFleet, type FleetKiosks } from './fleet-tables.ts'

/**
 * `listeningSince`: since when the centre hears its broker without a break. What was said before that is no measure of
 * silence.
 */
export const lookForSilence = async (
  { work, now }: { work: Work; now: number },
  listeningSince: number,
): Promise<void> => {
  const fleet = withFleet(work)
  const rows = await fleet
    .selectFrom('fleet_kiosks')
    .select(['kiosk', 'st', 'st_since', 'heard_at', 'every', 'gap_since'])
    .where((it) =>
      it.or([
        it('st', '=', 'offline'),
        it('heard_at', '<', sql<number>`${now} - ${silentMs(1)} * every`),
        it('gap_since', 'is not', null),
      ]),
    )
    .execute()
  for (const row of rows) {
    const { kiosk, gap_since } = row
    const turn = { work: fleet, now, kiosk }
    // Both end with what comes from the kiosk, not here.
    if (isDown(row, { now, listeningSince })) await unlessGivenUp(turn, row, 'down')
    const isMissing = gap_since !== null && now - gap_since > gapMs
    if (isMissing) await unlessGivenUp(turn, row, 'sequenceGap')
  }
  await endLoops({ work: fleet, now })
}

/** Gone for longer than a kiosk that comes back by itself, or silent for longer than its heartbeats leave it. */
export const isDown = (
  row: Pick<FleetKiosks, 'st' | 'st_since' | 'heard_at' | 'every'>,
  { now, listeningSince = 0 }: { now: number; listeningSince?: number },
): boolean => {
  const { st, st_since, heard_at, every } = row
  const isGone = st === 'offline' && now - st_since > graceMs
  return isGone || now - Math.max(heard_at, listeningSince) > silentMs(every)
}

/** What a person has cleared since the kiosk was last heard stays so until it is heard: it may never be again. */
const unlessGivenUp = async (
  turn: AlertTurn,
  { heard_at }: Pick<FleetKiosks, 'heard_at'>,
  code: OwnAlert,
): Promise<void> => {
  const last = await lastAlert(turn, { device: theKiosk, code })
  const { cleared_at = null, cleared_by = null } = last ?? {}
  const isByPerson = cleared_by !== null && cleared_by !== theCentre
  if (isByPerson && cleared_at !== null && cleared_at > heard_at) return
  await setOwn(turn, code, true)
}
