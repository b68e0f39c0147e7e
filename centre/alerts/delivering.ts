// Sends what waits: in order, as often as it takes, with pauses that grow; what is not reached is an alarm of the centre.
import type { Logger } from 'pino'
import { whyOf } from '../../server/config-file.ts'
import { readingFleet, withFleet, type AlertNotices } from '../fleet/fleet-tables.ts'
import type { Store } from '../store.ts'
import { setAlert } from './alerts.ts'
import { Notice } from './notice.ts'
import { centreAlerts, theCentre } from './own-alerts.ts'
import type { Channel } from './telling.ts'

export type Senders = Partial<Record<Channel, (notice: Notice) => Promise<void>>>

/** So many tries in vain, and the alarms go out another way too. */
export const triesBeforeAlarm = 3
const firstPauseMs = 20_000
const longestPauseMs = 15 * 60_000
/** In one go. */
const most = 20

type Delivering = { store: Store; now: () => number; senders: Senders; log: Logger }

/** Resolves when each channel has nothing left or does not take any more. Rejects only where the store does. */
export const deliver = async (of: Delivering): Promise<void> => {
  const { senders } = of
  await Promise.all(
    (['webhook', 'mail'] as const).map(async (channel) => {
      const send = senders[channel]
      if (send === undefined) return
      for (let sent = 0; sent < most; sent++) {
        if (!(await deliverNext(of, channel, send))) return
      }
    }),
  )
}

/** Whether there may be another one to send. */
const deliverNext = async (
  of: Delivering,
  channel: Channel,
  send: NonNullable<Senders[Channel]>,
): Promise<boolean> => {
  const { store, now, log } = of
  const next = await firstWaiting(store, channel)
  if (next === undefined || next.next_at > now()) return false
  const { notice, tries } = next
  try {
    await send(Notice.parse(JSON.parse(next.content)))
  } catch (error) {
    // Whoever has not the one must not get the next before it.
    log.warn({ channel, tries: tries + 1, why: whyOf(error) }, 'alarms are not delivered')
    await settle(of, channel, { notice, tries: tries + 1, sent: false })
    return false
  }
  await settle(of, channel, { notice, tries: tries + 1, sent: true })
  return true
}

const firstWaiting = ({ read }: Store, channel: Channel): Promise<AlertNotices | undefined> =>
  readingFleet(read)
    .selectFrom('alert_notices')
    .selectAll()
    .where('sent_at', 'is', null)
    .where('channel', '=', channel)
    .orderBy('notice')
    .limit(1)
    .executeTakeFirst()

export const pauseAfter = (tries: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1))

const settle = async (
  { store, now }: Delivering,
  channel: Channel,
  of: { notice: number; tries: number; sent: boolean },
): Promise<void> => {
  const { notice, tries, sent } = of
  const at = now()
  await store.transact(async (work) => {
    const fleet = withFleet(work)
    await fleet
      .updateTable('alert_notices')
      .set({ tries, next_at: at + pauseAfter(tries), ...(sent && { sent_at: at }) })
      .where('notice', '=', notice)
      .execute()
    if (!sent && tries < triesBeforeAlarm) return
    const code = `${channel} not reached` as const
    const { severity } = centreAlerts[code]
    const turn = { work: fleet, now: at, kiosk: null }
    await setAlert(turn, { device: theCentre, code, severity, stands: !sent })
  })
}
