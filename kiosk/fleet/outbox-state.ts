// Pure: what is in the outbox after each line of its file.
import { never } from '../../domain/never.ts'
import type { Numbered } from '../../domain/fleet/topics.ts'
import type { OutboxLine } from './outbox-file.ts'
import type { OutboxRecord } from './outbox-record.ts'

export type OutboxState = {
  /** In the order they came. */
  records: OutboxRecord[]
  /** The next number of each topic. */
  next: Record<Numbered, number>
}

export const emptyOutbox: OutboxState = { records: [], next: { ev: 1, res: 1 } }

export const afterLine = (state: OutboxState, line: OutboxLine): OutboxState => {
  const { records, next } = state
  switch (line.do) {
    case 'begin':
      return { records: [], next: line.next }
    case 'put':
      return { records: [...records, line.record], next }
    case 'number':
      return withNumbers(state, line.topic, line.ids)
    case 'settle':
      return { records: records.filter((record) => !isSettled(record, line)), next }
    default:
      return never(line)
  }
}

const withNumbers = (
  { records, next }: OutboxState,
  topic: Numbered,
  ids: readonly string[],
): OutboxState => {
  const first = next[topic]
  const numbers = new Map(ids.map((id, at) => [id, first + at]))
  return {
    records: records.map((record) => {
      const seq = record.topic === topic ? numbers.get(record.id) : undefined
      return seq === undefined ? record : { ...record, seq }
    }),
    next: { ...next, [topic]: first + ids.length },
  }
}

const isSettled = (
  { topic, seq }: OutboxRecord,
  line: { topic: Numbered; through: number },
): boolean => topic === line.topic && seq !== null && seq <= line.through

/** The same state as the lines of a new file. */
export const linesOf = ({ records, next }: OutboxState): OutboxLine[] => [
  { do: 'begin', next },
  ...records.map((record) => ({ do: 'put' as const, record })),
]
