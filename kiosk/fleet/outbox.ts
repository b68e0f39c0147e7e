// The durable outbox: what the fleet must be told, until the centre has it.
//
//   put ─► on disk ─► numbered, on disk ─► sent, as often as it takes ─► the centre has it ─► gone
//
// A number is given when a record is first sent and is on disk before that: so numbers have no gap whatever was thinned
// before, and none is ever used twice. A record that is put costs one write that reaches the disk, never a wait for the
// network. A disk that fails takes nothing from what is in memory: nothing more is numbered until a new file is written.
import { numbered, type Numbered } from '../../domain/fleet/topics.ts'
import { realDisk, whyOf, type Disk } from '../disk.ts'
import { outboxFile, readOutbox, type OutboxFile, type OutboxLine } from './outbox-file.ts'
import { outgoing, type Outgoing, type OutboxRecord } from './outbox-record.ts'
import { afterLine, emptyOutbox, linesOf, type OutboxState } from './outbox-state.ts'
import { lastingBytes, sizeOf, thinned } from './thinning.ts'

export type OutboxOptions = {
  path: string
  /** What the records may take of the disk; those that are never dropped may take more. */
  budgetBytes?: number
  /** Something a technician should know. */
  report: (fact: string, details: Record<string, unknown>) => void
  disk?: Disk
}

export type Outbox = {
  /** Never rejects: without a disk it is kept in memory. */
  put: (record: OutboxRecord) => Promise<void>
  /** What may be under way now, the more urgent topic first, in the order of the numbers. */
  underWay: () => Promise<Outgoing[]>
  /**
   * The centre has everything up to this number, and there the record of this id. `behind`: it has numbers that were never
   * given here, or another record where we have one: the disk was put back or emptied, or somebody goes by our number.
   * `ahead`: it has less than it had, and says so before anything is sent to it: its own disk was put back. What waits then
   * gets new numbers, so that nothing counts as told that was not, and no number is waited for that never comes.
   */
  settle: (
    topic: Numbered,
    through: number,
    more?: {
      id?: string | undefined
      /** It has just that, and nothing is under way to it; otherwise it may have more by now. */
      isAll?: boolean
    },
  ) => Promise<'settled' | 'behind' | 'ahead'>
  /** Records, and the moment of the oldest; null when there is none. */
  waiting: () => { n: number; oldest: number | null }
  /** Nine tenths of the budget are taken by what is never dropped: the kiosk stops selling before it loses anything. */
  isNearlyFull: () => boolean
  close: () => Promise<void>
}

/** So many may be sent and not yet settled (fleet.md 6, O4). */
export const mostUnderWay = 20
const usualBudgetBytes = 2 * 1024 * 1024
const nearlyFull = 0.9
/** A file is written anew when it is so much longer than what is in it. */
const slackBytes = 16 * 1024

/** Opens the outbox as it was left. Rejects when the disk cannot be read. */
export const openOutbox = async (options: OutboxOptions): Promise<Outbox> => {
  const { path, budgetBytes = usualBudgetBytes, report, disk = realDisk } = options
  const found = await readOutbox(path, disk)
  if (found.rest !== null) {
    report('the end of the outbox was torn and is kept aside', { bytes: found.rest.length })
    await disk.replaceFile(`${path}.unreadable`, found.rest).catch(() => undefined)
  }
  const kept = keptState(found.lines.reduce(afterLine, emptyOutbox), outboxFile(path, disk), report)
  const { state, isOnDisk, inTurn } = kept
  const settled = async (
    topic: Numbered,
    through: number,
    { id, isAll = false }: { id?: string | undefined; isAll?: boolean },
  ): Promise<'settled' | 'behind' | 'ahead'> => {
    const { records, next } = state()
    const ours = records.find((record) => record.topic === topic && record.seq === through)
    const isOurs = ours === undefined || id === undefined || ours.id === id
    const isAhead = isAll && through < firstKept(state(), topic) - 1
    if (through < next[topic] && isOurs && !isAhead) {
      if (records.some((record) => record.topic === topic && isUpTo(record, through))) {
        await kept.append([{ do: 'settle', topic, through }])
      }
      return 'settled'
    }
    // From the number behind the centre's, even where it was given before: a gap would never be filled, and of two records
    // of one number the centre keeps both.
    report(
      isAhead ? 'the centre has less than it had' : 'the centre has records of another outbox',
      { topic, through, next: next[topic] },
    )
    await kept.replace({
      records: records.map((record) =>
        record.topic === topic ? { ...record, seq: null } : record,
      ),
      next: { ...next, [topic]: through + 1 },
    })
    return isAhead ? 'ahead' : 'behind'
  }
  return {
    put: (record) =>
      inTurn(async () => {
        const { records, next } = state()
        const all = [...records, record]
        const fewer = thinned(all, budgetBytes)
        if (fewer.length === all.length) return kept.append([{ do: 'put', record }])
        return kept.replace({ records: fewer, next })
      }),
    underWay: () =>
      inTurn(async () => {
        const lines = toNumber(state())
        if (lines.length > 0 || !isOnDisk()) await kept.append(lines)
        return isOnDisk() ? numberedOf(state()) : []
      }),
    settle: (topic, through, more = {}) => inTurn(() => settled(topic, through, more)),
    waiting: () => {
      const { records } = state()
      return { n: records.length, oldest: records[0]?.ts ?? null }
    },
    isNearlyFull: () => lastingBytes(state().records) >= budgetBytes * nearlyFull,
    close: () => inTurn(kept.close),
  }
}

/** The lowest number that is not settled, given or not. */
const firstKept = ({ records, next }: OutboxState, topic: Numbered): number =>
  Math.min(
    next[topic],
    ...records.flatMap((record) =>
      record.topic === topic && record.seq !== null ? [record.seq] : [],
    ),
  )

const isUpTo = ({ seq }: OutboxRecord, through: number): boolean => seq !== null && seq <= through

/** State and file together, one step at a time. */
const keptState = (found: OutboxState, file: OutboxFile, report: OutboxOptions['report']) => {
  let state = found
  let onDisk = false
  let working: Promise<unknown> = Promise.resolve()
  const write = async (writing: () => Promise<void>) => {
    try {
      await writing()
      onDisk = true
    } catch (error) {
      onDisk = false
      report('the outbox is not on the disk', { why: whyOf(error) })
    }
  }
  const replace = (next: OutboxState) => {
    state = next
    return write(() => file.replace(linesOf(next)))
  }
  return {
    state: () => state,
    isOnDisk: () => onDisk,
    inTurn: <Result>(step: () => Promise<Result>): Promise<Result> => {
      const done = working.then(step)
      working = done.catch(() => undefined)
      return done
    },
    append: (lines: readonly OutboxLine[]) => {
      const next = lines.reduce(afterLine, state)
      const isLong = file.length() > 2 * sizeOf(next.records) + slackBytes
      if (!onDisk || isLong) return replace(next)
      state = next
      return write(() => file.append(lines))
    },
    replace,
    close: file.close,
  }
}

/** Numbers for as many as may be under way, the more urgent topic first. */
const toNumber = ({ records }: OutboxState): OutboxLine[] => {
  let room = mostUnderWay - records.filter(({ seq }) => seq !== null).length
  return numbered.flatMap((topic) => {
    const fresh = records.filter((record) => record.topic === topic && record.seq === null)
    const ids = fresh.slice(0, Math.max(0, room)).map(({ id }) => id)
    room -= ids.length
    return ids.length === 0 ? [] : [{ do: 'number' as const, topic, ids }]
  })
}

const numberedOf = ({ records }: OutboxState): Outgoing[] =>
  numbered.flatMap((topic) =>
    records
      .flatMap((record) =>
        record.topic === topic && record.seq !== null
          ? [outgoing({ ...record, seq: record.seq })]
          : [],
      )
      .sort((one, other) => one.seq - other.seq),
  )
