// A recording as a file: one line of JSON that says what it is, then one line for each thing that happened.
import { z } from 'zod'
import { packedHex, unpackedHex } from './hex.ts'
import { RecordedLine } from './lines.ts'
import { redactedPrint } from './redacting-escpos.ts'
import { redactingSsp, withoutKeyNumbers } from './redacting-ssp.ts'
import { happeningOf, type Trace } from './trace.ts'

const Heading = z.object({
  recording: z.literal(1),
  kiosk: z.string(),
  version: z.string(),
  /** Wall time in milliseconds at the moment `from`; all else counts by the monotonic clock. */
  wallAtFrom: z.number(),
  from: z.number(),
  until: z.number(),
  /** Older things had to give way: the window begins later than it should. */
  cut: z.boolean(),
  faults: z.array(z.object({ at: z.number(), device: z.string(), fault: z.string() })),
  lines: z.record(z.string(), z.object({ spec: RecordedLine, heldFrom: z.number().nullable() })),
})

/** `heldFrom` of a line: from here on its conversation is whole, so that a driver can hold it again; null: it is not. */
export type Heading = z.infer<typeof Heading>

export type Recording = { heading: Heading; traces: Trace[] }

/** Everything in the order it happened. What may not leave the kiosk is taken out here. */
export const writtenRecording = ({ heading, traces }: Recording): string => {
  const redact = redactors(heading)
  const lines = traces.flatMap((trace) => redact(trace).map(writtenTrace))
  return [JSON.stringify(inHundredths(heading)), ...lines, ''].join('\n')
}

/** All times are written alike, or the first moment of a window would not be in it. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100

const inHundredths = (heading: Heading): Heading => ({
  ...heading,
  from: rounded(heading.from),
  until: rounded(heading.until),
  faults: heading.faults.map((fault) => ({ ...fault, at: rounded(fault.at) })),
  lines: Object.fromEntries(
    Object.entries(heading.lines).map(([line, { spec, heldFrom }]) => [
      line,
      { spec, heldFrom: heldFrom === null ? null : rounded(heldFrom) },
    ]),
  ),
})

const writtenTrace = (trace: Trace): string => {
  const at = rounded(trace.at)
  if (trace.kind !== 'bytes' && trace.kind !== 'clear') return JSON.stringify({ ...trace, at })
  const { kind, line, way, bytes } = trace
  return JSON.stringify({ at, kind, line, way, hex: packedHex(bytes) })
}

const redactors = ({ lines }: Heading): ((trace: Trace) => Trace[]) => {
  const ssp = new Map<string, ReturnType<typeof redactingSsp>>()
  return (trace) => {
    if (trace.kind === 'gap' || (trace.kind === 'line' && trace.now !== 'taken'))
      ssp.delete(trace.line)
    if (trace.kind !== 'bytes' && trace.kind !== 'clear') return [trace]
    const { line, way, bytes } = trace
    switch (lines[line]?.spec.protocol) {
      case 'ssp': {
        if (trace.kind === 'clear') {
          return [{ ...trace, bytes: withoutKeyNumbers(bytes, way === 'out' ? null : undefined) }]
        }
        const redact = ssp.get(line) ?? redactingSsp()
        ssp.set(line, redact)
        return redact(way, bytes).map((piece) => ({ ...trace, bytes: piece }))
      }
      case 'escpos':
        return [way === 'out' ? { ...trace, bytes: redactedPrint(bytes) } : trace]
      default:
        // Nobody knows here what these bytes say.
        return [{ ...trace, bytes: new Uint8Array(bytes.length) }]
    }
  }
}

export type Read =
  | { kind: 'recording'; recording: Recording }
  | { kind: 'problem'; problem: string }

/** Reads a file; says of one that cannot be read which line it is. */
export const parseRecording = (text: string): Read => {
  const [first = '', ...rest] = text.split('\n').filter((line) => line !== '')
  let at = 1
  try {
    const heading = Heading.parse(JSON.parse(first))
    const traces: Trace[] = []
    for (const line of rest) {
      at += 1
      traces.push(traceOf(JSON.parse(line)))
    }
    return { kind: 'recording', recording: { heading, traces } }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'problem', problem: `line ${at} is no part of a recording: ${why}` }
  }
}

const Timed = z.looseObject({
  at: z.number(),
  kind: z.string(),
  line: z.string().optional(),
  way: z.enum(['out', 'in']).optional(),
  hex: z.string().optional(),
})

const traceOf = (value: unknown): Trace => {
  const { at, ...members } = Timed.parse(value)
  const { kind, line, way, hex } = members
  if (kind !== 'bytes' && kind !== 'clear') return { at, ...happeningOf(members) }
  const bytes = unpackedHex(hex ?? '?')
  if (bytes === null || line === undefined || way === undefined) throw new Error('bytes are amiss')
  return { at, kind, line, way, bytes }
}
