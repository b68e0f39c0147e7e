// What the centre tells the fleet: that it is there, what it has stored, and commands (fleet.md 4).
import { z } from 'zod'
import { KioskNumber } from '../identifiers.ts'
import { ConnectionNumber, RecordId, wire } from './kiosk-messages.ts'

const v = z.literal(wire)
const ms = z.int().nonnegative()
const count = z.int().nonnegative()

/** Retained, and the centre's own will (B6). */
export const HostMessage = z.object({
  v,
  st: z.enum(['online', 'offline']),
  ts: ms,
  why: z.enum(['birth', 'shutdown', 'will']),
})
export type HostMessage = z.infer<typeof HostMessage>

/** Seconds between heartbeats; the host may ask for another interval within these. */
export const heartbeatSeconds = { usual: 60, least: 15, most: 300 } as const

/** The answer to a birth. A rejected kiosk is not known; it goes on selling what it may (B3). */
const BirthAnswer = z.object({
  /** The highest connection number the centre knows; a kiosk that has a lower one has lost its counter. */
  bd: ConnectionNumber,
  accept: z.enum(['accepted', 'pending', 'rejected']),
  hb: z.int().min(heartbeatSeconds.least).max(heartbeatSeconds.most),
})

export const AckMessage = z.object({
  v,
  /** The centre's clock. */
  ts: ms,
  /** The highest numbers stored durably without a gap: what is up to there leaves the outbox (O3). */
  ev: count,
  res: count,
  /** Of the records with these numbers: a kiosk that has another one there is not the only one of its number. */
  ids: z.object({ ev: RecordId.optional(), res: RecordId.optional() }).optional(),
  birth: BirthAnswer.optional(),
})
export type AckMessage = z.infer<typeof AckMessage>

/** `body` is a string, so that nobody has to agree on how JSON is written before a signature is checked. */
export const CommandMessage = z.object({
  v,
  kid: z.string().min(1).max(64),
  body: z.string().max(3_000),
  /** Ed25519 over the bytes of `body`, as lower-case hex. Whatever else stands here is answered as badly signed. */
  sig: z.string().max(128),
})
export type CommandMessage = z.infer<typeof CommandMessage>

export const CommandBody = z.object({
  id: RecordId,
  kiosk: KioskNumber,
  op: z.string().min(1).max(40),
  args: z.record(z.string(), z.unknown()),
  /** Only for the run of the program that has this connection; absent where any will do (C1). */
  bd: ConnectionNumber.optional(),
  /** Not before and not after, ms since 1970. */
  nbf: ms,
  exp: ms,
  when: z.enum(['now', 'onIdle']),
})
export type CommandBody = z.infer<typeof CommandBody>
