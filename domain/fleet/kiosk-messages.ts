// What a kiosk tells the fleet: state, birth, heartbeat, event and the answer to a command (fleet.md 4).
//
// Unknown members are ignored, so that kiosk and centre may be of different ages. `ts` is ms since 1970 by the kiosk's own
// clock, `up` ms since its program started; `bd` counts its connections and is raised before each (B1). Nothing here says
// who a customer is, and no member takes free text but what a command asked for, redacted: what is not sent cannot leak (F21).
import { z } from 'zod'
import { KioskNumber, SaleId } from '../identifiers.ts'
import { Money } from '../schema.ts'
import {
  AccuracyWord,
  ActionWord,
  DeviceWord,
  EventAbout,
  MoneyAtRisk,
  ServiceWord,
  Severity,
  StartWord,
  SupplyWord,
} from './words.ts'

export const wire = 1
const v = z.literal(wire)
const ms = z.int().nonnegative()
const count = z.int().nonnegative()
/** Of something seen last so many seconds ago; null when it was never seen. */
const age = z.int().nonnegative().nullable()
/** A count that is told to be there begins anew: no message that somebody forged leaves it without a next number. */
export const mostConnections = 2 ** 31
export const ConnectionNumber = z.int().positive().max(mostConnections)
const bd = ConnectionNumber
const word = z.string().min(1).max(40)
const version = z.string().max(60)
const hash = z.string().regex(/^([0-9a-f]{64})?$/, 'must be a SHA-256 as lower-case hex, or empty')
/** The last line of the journal: that it never goes back is money-safety.md P6. */
const head = z.object({ sequence: count, hash })

export const RecordId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be a ULID')

/** Retained, and the will: whoever comes later learns it too. */
export const StateMessage = z.object({
  v,
  st: z.enum(['online', 'offline']),
  bd,
  ts: ms,
  why: z.enum(['birth', 'shutdown', 'restart', 'will']),
})
export type StateMessage = z.infer<typeof StateMessage>

/** The whole description, told at every connection. */
export const BirthMessage = z.object({
  v,
  bd,
  ts: ms,
  kiosk: KioskNumber,
  /** Of the machine and its devices: what tells two kiosks of one number apart (B8). */
  serials: z.record(word, z.string().max(60)),
  sw: z.object({ runtime: version, node: version, os: version }),
  /** SHA-256 of the configuration. */
  cfg: hash,
  devices: z.array(z.object({ role: word, model: version })).max(20),
  locale: z.string().max(35),
  tz: z.string().max(60),
  state: z.enum(['commissioned', 'pending']),
  /** Why the program was started; absent where nothing watches it. */
  start: StartWord.optional(),
  head,
})
export type BirthMessage = z.infer<typeof BirthMessage>

const HeartbeatDevice = z.object({
  st: DeviceWord,
  /** Seconds since the last good poll: a loop that hangs shows here and nowhere else. */
  age,
  faults: z.array(word).max(20),
})

export const HeartbeatMessage = z.object({
  v,
  bd,
  /** Of this connection, from 1. */
  seq: z.int().positive(),
  ts: ms,
  up: ms,
  /** Seconds to the next heartbeat where nothing else is told before; absent where it is as the centre answered. */
  every: z.int().positive().optional(),
  svc: ServiceWord,
  /** What the kiosk is doing, and for how many seconds. */
  st: z.object({ name: word, for: count }),
  /** Seconds since the page last answered, and what it shows. */
  ui: z.object({ age, screen: word }),
  dev: z.record(word, HeartbeatDevice),
  cash: z
    .object({
      n: count,
      value: Money,
      cur: z.string().regex(/^[A-Z]{3}$/),
      acc: AccuracyWord,
      /** How full the cash box is, in percent of what it holds; absent where nobody knows. */
      pct: count.optional(),
      /** How many notes the cash box holds; absent where the kiosk was not told. */
      cap: z.int().positive().optional(),
    })
    .nullable(),
  sup: z.record(word, SupplyWord),
  /** The outbox: records in it, and how long the oldest has waited, in seconds. */
  q: z.object({ n: count, oldest: count }),
  clk: z.object({
    /** The centre's clock minus ours in ms, as last seen; null before the first answer. */
    off: z.int().nullable(),
    /** Seconds since the machine's clock was last seen held by a time server; 0 while it is, absent where nobody knows. */
    free: count.optional(),
  }),
  sys: z.object({
    /** Bytes free on the disk of the records, and taken of the memory. */
    disk: count,
    mem: count,
    /** Bytes of that disk in all; absent where it does not say. */
    size: count.optional(),
    /** Whether that disk takes no more writes; absent where nobody knows. */
    ro: z.boolean().optional(),
  }),
  /** Of the machine as it is from how it was set up, at the last check; absent where none was made. */
  drift: z
    .object({
      /** Differences; 0 = none. */
      n: count,
      /** Seconds since the check. */
      age: count,
      /** One of them is in the firewall. */
      firewall: z.boolean(),
    })
    .optional(),
  /** From when to when the certificate of the kiosk is good, ms since 1970; absent where it has none. */
  cert: z.object({ from: ms, to: ms }).optional(),
  /** Of each device's line since the program started: frames that came broken, questions that were asked again. */
  link: z.record(word, z.object({ broken: count, again: count })).optional(),
  head,
  /** Open acts of the journal that a person may have to look at (P4). */
  unresolved: count,
})
export type HeartbeatMessage = z.infer<typeof HeartbeatMessage>

/** What happened, before it has an id and a number. */
export const FleetEvent = z.object({
  kind: z.enum(['raise', 'clear', 'note']),
  about: EventAbout,
  sev: Severity,
  dev: word,
  /** The fault in the words of its device, or what was done. */
  code: word,
  act: ActionWord.optional(),
  risk: MoneyAtRisk.optional(),
  sale: SaleId.optional(),
})
export type FleetEvent = z.infer<typeof FleetEvent>

const numberedMembers = {
  v,
  id: RecordId,
  /** Per topic from 1, without a gap, over all starts (O2). */
  seq: z.int().positive(),
  ts: ms,
  up: ms,
}

export const EventMessage = FleetEvent.extend({
  ...numberedMembers,
  /** It arose while there was no connection. */
  off: z.boolean(),
  /** Of so many, of which this is the last; more than 1 where repeats were merged or records dropped. */
  n: z.int().positive(),
})
export type EventMessage = z.infer<typeof EventMessage>

/** Nobody is sent more than this in answer to one command: it takes room that records need. */
export const mostParts = 60

/** A part of a text, of so many; `gz`: its piece of the packed text, which is gzip as base64 (`packed.ts`). */
export const TextPart = z.object({
  part: z.int().positive().max(mostParts),
  of: z.int().positive().max(mostParts),
  gz: z.string().max(3_000),
})
export type TextPart = z.infer<typeof TextPart>

/** How a command stands. `obsolete`: it was for another boot. */
export const CommandAnswer = z.object({
  command: RecordId,
  st: z.enum([
    'accepted',
    'waiting',
    'running',
    'done',
    'failed',
    'refused',
    'expired',
    'obsolete',
  ]),
  code: word.optional(),
  /** Text that was asked for, redacted: a part of it (`packed.ts`). */
  data: TextPart.optional(),
})
export type CommandAnswer = z.infer<typeof CommandAnswer>

export const ResultMessage = CommandAnswer.extend(numberedMembers)
export type ResultMessage = z.infer<typeof ResultMessage>
