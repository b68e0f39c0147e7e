// What people on site do at a kiosk, as entries of its journal: each act under the number of the person (money-safety.md 10, T8).
import { z } from 'zod'
import { NoteId } from '../identifiers.ts'
import { Money } from '../schema.ts'
import { PersonNumber, Role } from './person.ts'

/** ULIDs, made by the kiosk and journalled before they are used. */
export const VisitId = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  .brand<'visit id'>()
export type VisitId = z.infer<typeof VisitId>
export const ExchangeId = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  .brand<'exchange id'>()
export type ExchangeId = z.infer<typeof ExchangeId>

/** Notes of each value, the smallest first. */
export const NotesCounted = z
  .array(z.object({ value: Money, count: z.int().nonnegative() }))
  .max(24)
export type NotesCounted = z.infer<typeof NotesCounted>

/** A number printed on a seal or on a cash box. */
export const SealNumber = z
  .string()
  .regex(/^\d{1,12}$/, 'must be the number of a seal, 1 to 12 digits')

/** Who closed or opened the kiosk: a person on site by number, or a command of the office by its id. */
const by = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: PersonNumber }),
  z.object({ kind: z.literal('command'), command: z.string() }),
])
export type ClosedBy = z.infer<typeof by>

/** `finish only`: whoever is being served is served to the end, nobody after. */
export const Closing = z.enum(['out of service', 'finish only'])
export type Closing = z.infer<typeof Closing>

export const ClosedReason = z.enum([
  'maintenance',
  'cash box',
  'by the office',
  'fault',
  'closed for the day',
])
export type ClosedReason = z.infer<typeof ClosedReason>

export const serviceEntries = [
  /** Somebody proved who they are, and is in the maintenance mode. */
  z.object({
    type: z.literal('service.begun'),
    visitId: VisitId,
    person: PersonNumber,
    role: Role,
    by: z.enum(['card', 'key']),
  }),
  /** A number or PIN that was wrong; `failures` in a row for this person. `person` null: no such number. */
  z.object({
    type: z.literal('service.refused'),
    person: PersonNumber.nullable(),
    failures: z.int().nonnegative(),
    lockedMs: z.int().nonnegative(),
  }),
  /** One act of the visit and how it ended: a test, a setting, a slip. */
  z.object({
    type: z.literal('service.done'),
    visitId: VisitId,
    person: PersonNumber,
    act: z.string().max(60),
    result: z.string().max(200),
  }),
  /** Intent: a note that a test of the acceptor let in goes back to the person. It pays for nothing. */
  z.object({ type: z.literal('note.testing'), visitId: VisitId, noteId: NoteId, value: Money }),
  /** Outcome. `kept`: it went into the cash box all the same; `note.unexpected` stands beside this, and is what counts. */
  z.object({
    type: z.literal('note.tested'),
    visitId: VisitId,
    noteId: NoteId,
    end: z.enum(['returned', 'kept', 'unknown']),
  }),
  z.object({
    type: z.literal('service.ended'),
    visitId: VisitId,
    person: PersonNumber,
    why: z.enum(['left', 'nobody there', 'restart']),
  }),

  /** Nobody is served any more until it is opened; stands over restarts. */
  z.object({ type: z.literal('kiosk.closed'), by, how: Closing, reason: ClosedReason }),
  z.object({ type: z.literal('kiosk.opened'), by }),

  /** Intent: the cash box is changed. What the journal had in it at this moment stands here and is shown to nobody before the count. */
  z.object({
    type: z.literal('box.exchanging'),
    exchangeId: ExchangeId,
    visitId: VisitId,
    person: PersonNumber,
    /** The number of the count that ends with this exchange; the first box of a kiosk is number 1. */
    period: z.int().positive(),
    expected: NotesCounted,
    unknownValue: z.int().nonnegative(),
    accuracy: z.enum(['accurate', 'inaccurate', 'unknown']),
    /** Notes of a fate nobody knows, which may be in this box. */
    open: z.array(NoteId).max(50),
    /** Faults of the cash box that stand: a person's count that agrees clears them. */
    faults: z.array(z.string()).max(8),
  }),
  /** What the person counted before seeing what was expected; null: the box goes sealed to the office, which counts. */
  z.object({
    type: z.literal('box.counted'),
    exchangeId: ExchangeId,
    person: PersonNumber,
    notes: NotesCounted.nullable(),
  }),
  /** The full box is out, under this seal. Notes of `open` are in it, wherever they turn up later, if they were taken at all. */
  z.object({
    type: z.literal('box.removed'),
    exchangeId: ExchangeId,
    box: SealNumber,
    seal: SealNumber,
    open: z.array(NoteId).max(50),
  }),
  /** Outcome: done. The new box is in, empty, and the count begins at nothing. `witness`: the second person, where two are asked for. */
  z.object({
    type: z.literal('box.exchanged'),
    exchangeId: ExchangeId,
    person: PersonNumber,
    witness: PersonNumber.nullable(),
    box: SealNumber,
    seal: SealNumber,
  }),
  /** Outcome: not done. The old box is in as before. */
  z.object({ type: z.literal('box.not-exchanged'), exchangeId: ExchangeId, person: PersonNumber }),
  /** Paper of the exchange, copy by copy. A print decides nothing. */
  z.object({
    type: z.literal('box.slip'),
    exchangeId: ExchangeId,
    jobId: z.string(),
    copy: z.int().positive(),
    printed: z.enum(['queued', 'yes', 'no']),
    number: z.int(),
  }),
] as const
