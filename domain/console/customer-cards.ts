// Cards and meters of a customer, as the office changes them: block, replace, another meter (power-card.md 12.2, 12.3).
import { z } from 'zod'
import { CardSerial, MeterNumber } from '../identifiers.ts'
import type { Approval } from './approvals.ts'

/**
 * What a kiosk would say of it now. `not yet written`: it was ordered, and no kiosk has seen it; until a desk with a reader
 * has written it, it is an empty chip.
 */
export type CardVerdict =
  | 'sells'
  | 'replaced'
  | 'blocked'
  | 'not yet written'
  | 'not yet in meter'
  | 'unread purchase'
  | 'inquiry'
  | 'customer blocked'

export type CardInOffice = {
  serial: string
  issueNumber: number
  keyVersion: number
  verdict: CardVerdict
  /** Null unless it is blocked. */
  blocked: { why: string; at: number; who: string } | null
  count: number
  /** The purchase known to be on it; null for none. */
  orderNumber: string | null
  lastSeen: { at: number; kiosk: string } | null
  /** The order of the office to write it: what a desk needs. Null for a card that came otherwise. */
  toWrite: CardToWrite | null
}

/** All that goes onto the chip but the keys and the seal of its purchase, which only the desk at the keys can make. */
export type CardToWrite = {
  kind: 'replacement' | 'opening'
  replaces: string | null
  issueNumber: number
  /** The last purchase, image of which is sealed for the new serial: the same count and order (12.2). */
  count: number
  orderNumber: string | null
  /** EF01, 60 bytes as hex: written last. */
  ef01: string
  at: number
  proposedBy: string
  approvedBy: string
}

const reason = z.string().trim().min(3, 'must say why').max(400)
/** As people read it to each other: without what they put between the digits. */
const number = z
  .string()
  .max(40)
  .transform((typed) => typed.replaceAll(/[\s.·-]/g, '').toLowerCase())
const Serial = number.pipe(CardSerial)
const Meter = number.pipe(MeterNumber)

export const CardBlock = z.object({
  deedId: z.uuid(),
  serial: CardSerial,
  blocked: z.boolean(),
  reason,
})
export const CardReplacement = z.object({
  deedId: z.uuid(),
  serial: CardSerial,
  /** Of the new chip, 16 hex digits. */
  newSerial: Serial,
  reason,
})
export const MeterChange = z.object({
  deedId: z.uuid(),
  binding: z.string().max(40),
  newMeter: Meter,
  /** Read at the old meter, 0.01 kWh; null: it shows nothing any more, and the last write-back counts. */
  remaining: z.int().min(0).max(100_000_000).nullable(),
  /** The purchase count that the old meter shows: whether what was left holds the last purchase already. */
  count: z.int().min(0).nullable(),
  /** Of a new chip; null: the customer keeps the card, which a desk writes anew. */
  newSerial: Serial.nullable(),
  reason,
})

/** What a meter change would do, before anybody proposes it. */
export type MeterChangePreview = {
  remaining: number
  from: 'the old meter' | 'the last write-back' | 'nothing known'
  readAt: number | null
  unread: number
  makeUp: number
  /** The last purchase may be in the old meter already: its count has to be read there. */
  countNeeded: boolean
}
export const MeterChangeAsked = z.object({
  binding: z.string().max(40),
  remaining: z.coerce.number().int().min(0).optional(),
  count: z.coerce.number().int().min(0).optional(),
})

export type CardQuestions = {
  'customer/meter-preview': { asked: z.input<typeof MeterChangeAsked>; told: MeterChangePreview }
}
export type CardDeeds = {
  'customer/card-block': {
    asked: z.input<typeof CardBlock>
    told: { kind: 'done' }
  }
  'customer/card-replace': {
    asked: z.input<typeof CardReplacement>
    told: { kind: 'proposed'; approval: Approval }
  }
  'customer/meter-change': {
    asked: z.input<typeof MeterChange>
    told: { kind: 'proposed'; approval: Approval }
  }
}
