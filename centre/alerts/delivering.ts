// Sends what waits: in order, as often as it takes, with pauses that grow; what is not reached is an alarm of the centre.
import type { Logger } from 'pino'
import { whyOf } from '../../server/config-file.ts'
import { readingFleet, withFleet, type AlertNotices } from '../fleet/fleet-tables.ts'
import type { Store } from '../store.ts'
import { raiseAlert, setAlert } from './alerts.ts'
import { Notice } from './notice.ts'
import { centreAlerts, theCentre } from './own-alerts.ts'
import type { Channel } from './telling.ts'

export const everyChannel = ['webhook', 'mail'] as const satisfies Channel[]

/** `refused`: it says that it will never take this one. Rejects where another time may do. */
export type Sent = { kind: 'taken' } | { kind: 'refused'; why: string }

export type Senders = Partial<Record<Channel, (notice: Notice) => Promise<Sent>>>

/** So many tries in vain, and the alarms go out another way too. */
export const triesBeforeAlarm = 3
/** A notice that was refused so often, over ten minutes, is set aside: it must not hold up those behind it. */
export const triesBeforeSetAside = 6
const firstPauseMs = 20_000
const longestPauseMs = 15 * 60_000
/** In one go. */
const most = 20

type Delivering = { store: Store; now: () => number; senders: Senders; log: Logger }

/** Resolves when each channel has nothing left or does not take any more. Rejects only where the store does. */
export const deliver = async (of: Delivering): Promise<void> => {
  const { senders } = of
  await Promise.all(
    everyChannel.map(async (channel) => {
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
  const { notice, id } = next
  const tries = next.tries + 1
  const sent = await sendOnce(next, send)
  const isOver = sent.kind === 'refused' && tries >= triesBeforeSetAside
  if (sent.kind !== 'taken') {
    const { kind, why } = sent
    log.warn({ channel, tries, kind, why }, 'alarms are not delivered')
    if (isOver) log.error({ channel, id, why }, 'a notice of alarms is set aside')
  }
  const end = sent.kind === 'taken' ? 'sent_at' : isOver ? 'set_aside_at' : null
  await settle(of, channel, { notice, tries, end })
  // Whoever has not the one must not get the next before it.
  return end !== null
}

const sendOnce = async (
  { content }: AlertNotices,
  send: NonNullable<Senders[Channel]>,
): Promise<Sent | { kind: 'failed'; why: string }> => {
  try {
    return await send(Notice.parse(JSON.parse(content)))
  } catch (error) {
    return { kind: 'failed', why: whyOf(error) }
  }
}

const firstWaiting = ({ read }: Store, channel: Channel): Promise<AlertNotices | undefined> =>
  readingFleet(read)
    .selectFrom('alert_notices')
    .selectAll()
    .where('sent_at', 'is', null)
    .where('set_aside_at', 'is', null)
    .where('channel', '=', channel)
    .orderBy('notice')
    .limit(1)
    .executeTakeFirst()

export const pauseAfter = (tries: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1))

const settle = async (
  { store, now }: Delivering,
  channel: Channel,
  of: { notice: number; tries: number; end: 'sent_at' | 'set_aside_at' | null },
): Promise<void> => {
  const { notice, tries, end } = of
  const at = now()
  await store.transact(async (work) => {
    const fleet = withFleet(work)
    await fleet
      .updateTable('alert_notices')
      .set({ tries, next_at: at + pauseAfter(tries), ...(end !== null && { [end]: at }) })
      .where('notice', '=', notice)
      .execute()
    const turn = { work: fleet, now: at, kiosk: null }
    if (end === 'set_aside_at') {
      const code = `${channel} refuses a notice` as const
      await raiseAlert(turn, { device: theCentre, code, severity: centreAlerts[code].severity })
    }
    const isSent = end === 'sent_at'
    if (!isSent && tries < triesBeforeAlarm) return
    const code = `${channel} not reached` as const
    const { severity } = centreAlerts[code]
    await setAlert(turn, { device: theCentre, code, severity, stands: !isSent })
  })
}
