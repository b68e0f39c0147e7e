// What waits in the outbox, what of it may be lost, and how it looks on the wire.
import { z } from 'zod'
import { encode } from '../../domain/fleet/codec.ts'
import { CommandAnswer, FleetEvent, RecordId, wire } from '../../domain/fleet/kiosk-messages.ts'
import type { Numbered } from '../../domain/fleet/topics.ts'

const members = {
  id: RecordId,
  /** Given when it is first sent, and on disk before; what has none may still be thinned without leaving a gap. */
  seq: z.int().positive().nullable(),
  ts: z.int().nonnegative(),
  up: z.int().nonnegative(),
}

export const OutboxRecord = z.discriminatedUnion('topic', [
  z.object({
    topic: z.literal('ev'),
    ...members,
    off: z.boolean(),
    n: z.int().positive(),
    event: FleetEvent,
  }),
  z.object({ topic: z.literal('res'), ...members, answer: CommandAnswer }),
])
export type OutboxRecord = z.infer<typeof OutboxRecord>
export type EventRecord = Extract<OutboxRecord, { topic: 'ev' }>

/** One that has its number, as it goes out. */
export type Outgoing = { topic: Numbered; seq: number; text: string }

export const outgoing = (record: OutboxRecord & { seq: number }): Outgoing => {
  const { id, seq, ts, up } = record
  const numbered = { v: wire, id, seq, ts, up } as const
  const text =
    record.topic === 'ev'
      ? encode('ev', { ...numbered, off: record.off, n: record.n, ...record.event })
      : encode('res', { ...numbered, ...record.answer })
  return { topic: record.topic, seq, text }
}

/**
 * How much a record may be lost (fleet.md 6). 1: never dropped and never merged: money, acts of persons, answers. 2: never
 * dropped, but repeats are merged: grave faults, and every fault that may have touched money. 3: the oldest are thinned.
 */
export const rankOf = (record: OutboxRecord): 1 | 2 | 3 => {
  if (record.topic === 'res') return 1
  const { about, sev, risk } = record.event
  if (about === 'money' || about === 'maintenance' || about === 'outbox') return 1
  return sev >= 3 || (risk !== undefined && risk !== 'no') ? 2 : 3
}

/** What a record takes on the disk. Records never change, so each is measured once. */
export const bytesOf = (record: OutboxRecord): number => {
  const known = measured.get(record)
  if (known !== undefined) return known
  const bytes = Buffer.byteLength(JSON.stringify(record)) + lineOverhead
  measured.set(record, bytes)
  return bytes
}

const measured = new WeakMap<OutboxRecord, number>()
/** The line around it. */
const lineOverhead = 24
