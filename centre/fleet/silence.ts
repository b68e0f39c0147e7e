// What nobody tells: kiosks that have gone silent, and numbers that never came. Looked for again and again.
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'
import type { Work } from '../store.ts'
import { setAlert } from './alerts.ts'
import { withFleet } from './fleet-tables.ts'

/** Three heartbeats that did not come (fleet.md 7). */
export const silentMs = 3 * heartbeatSeconds.usual * 1000
/** After a will or a leave: a kiosk that comes back by itself alarms nobody. */
export const graceMs = 120_000
/** A number may be late, but not longer than this. */
export const gapMs = 5 * 60_000

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
    .select(['kiosk', 'st', 'st_since', 'heard_at', 'gap_since'])
    .where((it) =>
      it.or([
        it('st', '=', 'offline'),
        it('heard_at', '<', now - silentMs),
        it('gap_since', 'is not', null),
      ]),
    )
    .execute()
  for (const { kiosk, st, st_since, heard_at, gap_since } of rows) {
    const turn = { work: fleet, now, kiosk }
    const isGone = st === 'offline' && now - st_since > graceMs
    const isSilent = now - Math.max(heard_at, listeningSince) > silentMs
    // It ends with the next sign of life, not here.
    if (isGone || isSilent) await setAlert(turn, 'down', true)
    if (gap_since !== null && now - gap_since > gapMs) await setAlert(turn, 'sequenceGap', true)
  }
}
