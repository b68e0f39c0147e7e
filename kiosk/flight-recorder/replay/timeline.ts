// A recording as a timeline: when, where, which way, and what it means; what only repeats itself is counted.
import type { Recording } from '../recording.ts'
import type { Trace } from '../trace.ts'
import { wordsOf, type LineWords } from './words.ts'

type Row = { at: number; where: string; way: '->' | '<-' | '  '; what: string }

/** Lines of text: a heading, then `16:45:07.812  notes        ->  pollWithAck`. Times are UTC. */
export const timeline = (recording: Recording): string[] => {
  const { heading } = recording
  const time = (at: number) =>
    new Date(heading.wallAtFrom + at - heading.from).toISOString().slice(11, 23)
  const rows = withoutRepeats(rowsOf(recording), time)
  return [
    `kiosk ${heading.kiosk}, version ${heading.version}, ${new Date(heading.wallAtFrom).toISOString()}`,
    ...heading.faults.map(({ at, device, fault }) => `fault at ${time(at)}: ${device} ${fault}`),
    ...(heading.cut ? ['what came first is missing: there was more than the memory holds'] : []),
    '',
    ...rows.map(({ at, where, way, what }) => `${time(at)}  ${where.padEnd(14)} ${way}  ${what}`),
  ]
}

const rowsOf = ({ heading, traces }: Recording): Row[] => {
  const words = new Map<string, LineWords>(
    Object.entries(heading.lines).map(([line, { spec }]) => [line, wordsOf(spec)]),
  )
  return traces.flatMap((trace, at) => {
    const row = rowOf(trace, words, () => hasClear(traces, at))
    return row === null ? [] : [{ at: trace.at, ...row }]
  })
}

const rowOf = (
  trace: Trace,
  words: ReadonlyMap<string, LineWords>,
  isClearBeside: () => boolean,
): Omit<Row, 'at'> | null => {
  switch (trace.kind) {
    case 'line':
      return { where: trace.line, way: '  ', what: `the line is ${trace.now}` }
    case 'gap':
      return { where: trace.line, way: '  ', what: '... nothing new for a while' }
    case 'bytes':
    case 'clear': {
      const { line, way, bytes } = trace
      const said = words.get(line)
      const what =
        trace.kind === 'clear' ? said?.clear(way, bytes) : said?.bytes(way, bytes, isClearBeside())
      return what == null ? null : { where: line, way: way === 'out' ? '->' : '<-', what }
    }
    case 'card command': {
      const header = trace.header.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
      return { where: 'card', way: '->', what: `${header} with ${trace.bytes} bytes` }
    }
    case 'card answer': {
      const word = trace.statusWord?.toString(16).padStart(4, '0') ?? 'none'
      return { where: 'card', way: '<-', what: `${word} after ${trace.bytes} bytes` }
    }
    case 'event':
      return eventRow(trace)
    case 'moved':
      return { where: trace.machine, way: '  ', what: `is ${trace.state}` }
    default:
      return null
  }
}

const eventRow = ({ from, to, event }: Extract<Trace, { kind: 'event' }>): Omit<Row, 'at'> => {
  const { type, ...members } = event
  const details = Object.keys(members).length === 0 ? '' : ` ${JSON.stringify(members)}`
  return {
    where: to,
    way: '  ',
    what: `hears ${type}${details}${from === null ? '' : ` from ${from}`}`,
  }
}

/** Clear bytes go before their sealed frame on the way out and after it on the way in. */
const hasClear = (traces: readonly Trace[], at: number): boolean => {
  const trace = traces[at]
  if (trace?.kind !== 'bytes') return false
  const isSameLine = (other: Trace) => 'line' in other && other.line === trace.line
  const beside =
    trace.way === 'out'
      ? traces.slice(0, at).findLast(isSameLine)
      : traces.slice(at + 1).find(isSameLine)
  return beside?.kind === 'clear' && beside.way === trace.way
}

/**
 * A question whose answer only says again what was said before on the same line, as long as nothing is heard meanwhile. Its
 * first answer says how often that was.
 */
const withoutRepeats = (rows: readonly Row[], time: (at: number) => string): Row[] => {
  const left: Row[] = []
  const answers = new Map<string, { answer: string; row: Row; times: number }>()
  for (let at = 0; at < rows.length; at += 1) {
    const [row, next] = [rows[at], rows[at + 1]]
    if (row === undefined) break
    const isExchange = row.way === '->' && next?.way === '<-' && next.where === row.where
    if (!isExchange) {
      left.push(row)
      answers.clear()
      continue
    }
    const question = `${row.where} ${row.what}`
    const before = answers.get(question)
    if (before?.answer === next.what) {
      before.times += 1
      before.row.what = `${next.what}   (${before.times} times, until ${time(next.at)})`
    } else {
      if (before !== undefined) answers.clear()
      const answer = { ...next }
      left.push(row, answer)
      answers.set(question, { answer: next.what, row: answer, times: 1 })
    }
    at += 1
  }
  return left
}
