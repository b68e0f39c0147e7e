// What nobody tells: kiosks that have gone silent, and numbers that never came. Looked for again and again.
import { sql } from 'kysely'
import type { Work } from '../store.ts'
import { setOwn } from '../alerts/alerts.ts'
import { gapMs, graceMs, silentMs } from '../alerts/bounds.ts'
import { endLoops } from './connections.ts'
import { withFleet } from './fleet-tables.ts'

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
  for (const { kiosk, st, st_since, heard_at, every, gap_since } of rows) {
    const turn = { work: fleet, now, kiosk }
    const isGone = st === 'offline' && now - st_since > graceMs
    const isSilent = now - Math.max(heard_at, listeningSince) > silentMs(every)
    // It ends with the next sign of life, not here.
    if (isGone || isSilent) await setOwn(turn, 'down', true)
    if (gap_since !== null && now - gap_since > gapMs) await setOwn(turn, 'sequenceGap', true)
  }
  await endLoops({ work: fleet, now })
}
