// What was planted in a town, so that whoever looks for it can be judged. It stands in a file beside the database, never in it.
import { z } from 'zod'
import { InnocentReason, LossPattern } from '../../../domain/console/losses.ts'

/** One thing that was planted. Numbers are those of the database; null where it is about something else. */
export const Label = z.strictObject({
  pattern: LossPattern,
  /** Null: somebody loses by it. Else it only looks like that, and this is why. */
  innocent: InnocentReason.nullable(),
  /** In a sentence. */
  story: z.string(),
  /** `YYYY-MM-DD`: from when on. */
  since: z.iso.date(),
  binding: z.string().nullable(),
  customer: z.string().nullable(),
  kiosk: z.string().nullable(),
  /** Who works at the kiosks. */
  person: z.string().nullable(),
})
export type Label = z.infer<typeof Label>

export const disputes = [
  'paid, and the card was pulled',
  'note not credited',
  'receipt missing',
  'paid twice',
  'meter refuses',
] as const

/** A complaint that somebody calls with, and by what it is found. */
export const Dispute = z.strictObject({
  dispute: z.enum(disputes),
  /** What the caller says. */
  says: z.string(),
  /** What is so. */
  truth: z.string(),
  sale: z.string(),
  /** As on the slip: twelve digits, and four words. */
  reference: z.string(),
  words: z.string(),
  order: z.string().nullable(),
  customer: z.string().nullable(),
  serial: z.string().nullable(),
  kiosk: z.string(),
  at: z.int(),
})
export type Dispute = z.infer<typeof Dispute>

/** A kiosk that wears out before it fails. */
export const Wear = z.strictObject({
  kiosk: z.string(),
  wear: z.enum(['rejects rise', 'line errors rise']),
  since: z.iso.date(),
  failed: z.iso.date().nullable(),
})
export type Wear = z.infer<typeof Wear>

export const Planted = z.strictObject({
  seed: z.int(),
  labels: z.array(Label),
  disputes: z.array(Dispute),
  wear: z.array(Wear),
})
export type Planted = z.infer<typeof Planted>
