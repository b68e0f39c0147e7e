// What stands at kiosks and centre, who knows of it, and what of it is over.
import { z } from 'zod'
import type { Severity } from '../fleet/words.ts'
import { KioskNumber } from '../identifiers.ts'

export const AlarmNumber = z.coerce.number().int().positive()

export type AlarmTold = {
  alarm: number
  /** Null: of the centre itself. */
  kiosk: string | null
  place: string | null
  device: string
  code: string
  severity: Severity
  raisedAt: number
  lastSeen: number
  count: number
  clearedAt: number | null
  clearedBy: string | null
  acknowledged: { by: string; at: number; note: string | null } | null
  /** Somebody is there on a visit, and it is not told to people while it lasts. */
  muted: boolean
  /** How it ends: by itself when its cause does, or by a person who has looked into it. */
  ends: 'itself' | 'person'
}

export const AlarmsAsked = z.object({
  show: z.enum(['open', 'over']).default('open'),
  kiosk: KioskNumber.optional(),
  severity: z.coerce.number().int().min(1).max(4).optional(),
  /** `yes`: only what nobody has acknowledged. */
  unknown: z.enum(['yes', 'no']).default('no'),
  /** How many were shown. */
  from: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

export const AlarmAsked = z.object({ alarm: AlarmNumber })
export type AlarmHistory = {
  alarm: AlarmTold
  changes: {
    at: number
    what: 'raised' | 'cleared' | 'acknowledged'
    by: string | null
    note: string | null
  }[]
  /** When people were last told that it stands. */
  toldAt: number | null
}

const note = z.string().trim().max(400).default('')
export const AlarmDeed = z.object({ deedId: z.uuid(), alarm: AlarmNumber, note })

export type AlarmQuestions = {
  'fleet/alarms': {
    asked: z.input<typeof AlarmsAsked>
    told: { rows: AlarmTold[]; found: number; next: number | null }
  }
  'fleet/alarm': { asked: z.input<typeof AlarmAsked>; told: AlarmHistory }
}
export type AlarmDeeds = {
  'fleet/alarms/acknowledge': { asked: z.input<typeof AlarmDeed>; told: AlarmHistory }
  'fleet/alarms/clear': { asked: z.input<typeof AlarmDeed>; told: AlarmHistory }
}
