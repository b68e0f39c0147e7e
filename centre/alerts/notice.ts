// What people are told of alarms: the same for a webhook, a mail and the command line.
import { z } from 'zod'
import { KioskNumber } from '../../domain/identifiers.ts'
import { momentOf } from '../turn.ts'

const ms = z.int().nonnegative()

export const NoticeAlarm = z.object({
  alarm: z.int().positive(),
  /** Null for what is of the centre itself. */
  kiosk: KioskNumber.nullable(),
  place: z.string().nullable(),
  device: z.string(),
  code: z.string(),
  severity: z.int(),
  /** In a sentence, where the centre found it; the faults of devices speak for themselves. */
  means: z.string().nullable(),
  state: z.enum(['raised', 'stands', 'cleared']),
  raisedAt: ms,
  lastSeen: ms,
  /** 0: it cleared without ever having been raised. */
  count: z.int().nonnegative(),
  clearedAt: ms.nullable(),
  clearedBy: z.string().nullable(),
})
export type NoticeAlarm = z.infer<typeof NoticeAlarm>

/** `id` stays the same however often it is sent: whoever gets it drops what comes twice. Moments in ms since 1970. */
export const Notice = z.object({
  v: z.literal(1),
  id: z.string(),
  at: ms,
  kind: z.enum(['now', 'digest']),
  alarms: z.array(NoticeAlarm),
  /** So many more in the same moment than are named. */
  more: z.int().nonnegative(),
})
export type Notice = z.infer<typeof Notice>

/** In one line, for people. */
export const lineOf = (
  it: Pick<NoticeAlarm, 'alarm' | 'kiosk' | 'place' | 'device' | 'code' | 'severity' | 'means'> &
    Pick<NoticeAlarm, 'raisedAt' | 'count' | 'clearedAt' | 'clearedBy'>,
): string =>
  [
    `${it.alarm}`,
    `severity ${it.severity}`,
    it.kiosk === null ? 'centre' : `kiosk ${it.kiosk}${it.place === null ? '' : ` ${it.place}`}`,
    `${it.device}: ${it.code}${it.means === null ? '' : ` (${it.means})`}`,
    it.count === 0 ? 'cleared without having been raised' : `since ${momentOf(it.raisedAt)}`,
    ...(it.count > 1 ? [`${it.count} times`] : []),
    ...(it.clearedAt === null
      ? []
      : [`cleared ${momentOf(it.clearedAt)} by ${it.clearedBy ?? 'nobody'}`]),
  ].join('  ')
