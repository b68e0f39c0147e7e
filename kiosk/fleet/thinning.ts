// Pure: what the outbox gives up when it may take no more of the disk, and in which order (fleet.md 6).
//
// Only records without a number are touched: the others may be on the wire, and a number that is given stays given.
import { bytesOf, rankOf, type EventRecord, type OutboxRecord } from './outbox-record.ts'

/** Of the records that may go, so much goes at once: thinning is not done again for every record. */
const share = 0.1

/**
 * The records that stay, in their order. First the oldest of rank 3 go, a tenth at a time, told by one record that counts
 * them; then repeats of one fault become one record with a count. Rank 1 stays whatever it takes.
 */
export const thinned = (records: readonly OutboxRecord[], budgetBytes: number): OutboxRecord[] => {
  let kept = [...records]
  while (sizeOf(kept) > budgetBytes) {
    const fewer = withoutOldest(kept)
    if (fewer === null) break
    kept = fewer
  }
  return sizeOf(kept) > budgetBytes ? merged(kept) : kept
}

export const sizeOf = (records: readonly OutboxRecord[]): number =>
  records.reduce((sum, record) => sum + bytesOf(record), 0)

/** Bytes that no thinning will give back. */
export const lastingBytes = (records: readonly OutboxRecord[]): number =>
  sizeOf(records.filter((record) => rankOf(record) < 3))

/** Null when nothing may go. */
const withoutOldest = (records: readonly OutboxRecord[]): OutboxRecord[] | null => {
  const loose = records.filter(isEvent).filter((it) => it.seq === null && rankOf(it) === 3)
  const oldest = loose.slice(0, Math.ceil(loose.length * share))
  const last = oldest.at(-1)
  if (last === undefined) return null
  const before = records.find(isOpenTally)
  const gone = new Set<OutboxRecord>(oldest)
  const n = oldest.reduce((sum, record) => sum + record.n, before?.n ?? 0)
  const tally: EventRecord = { ...last, id: before?.id ?? last.id, n, event: dropped }
  return records.flatMap((record) => {
    // The tally stands where the newest of what it counts stood.
    if (record === last) return [tally]
    return gone.has(record) || record === before ? [] : [record]
  })
}

const dropped: EventRecord['event'] = {
  kind: 'note',
  about: 'outbox',
  sev: 2,
  dev: 'outbox',
  code: 'dropped',
}

const isOpenTally = (record: OutboxRecord): record is EventRecord =>
  isEvent(record) &&
  record.seq === null &&
  record.event.about === 'outbox' &&
  record.event.code === dropped.code

/** Of the repeats of one fault the last one stays: it says how things stand, and how often it came. */
const merged = (records: readonly OutboxRecord[]): OutboxRecord[] => {
  const times = new Map<string, number>()
  for (const record of records) {
    const fault = faultOf(record)
    if (fault !== null) times.set(fault.name, (times.get(fault.name) ?? 0) + fault.record.n)
  }
  const kept = records.toReversed().flatMap((record) => {
    const fault = faultOf(record)
    if (fault === null) return [record]
    const n = times.get(fault.name)
    times.delete(fault.name)
    return n === undefined ? [] : [n === fault.record.n ? record : { ...fault.record, n }]
  })
  return kept.toReversed()
}

/** The fault that a record of rank 2 tells of; null for a record that is not merged. */
const faultOf = (record: OutboxRecord): { name: string; record: EventRecord } | null => {
  if (!isEvent(record) || record.seq !== null || rankOf(record) !== 2) return null
  return { name: JSON.stringify([record.event.dev, record.event.code]), record }
}

const isEvent = (record: OutboxRecord): record is EventRecord => record.topic === 'ev'
