// One thing that happened, as the recorder keeps it in memory.
import { z } from 'zod'
import type { Entry } from './ring.ts'

/** An event of the machines, of which only what redacting.ts lets through is left. */
export type RecordedEvent = { type: string; [member: string]: unknown }

const lineStates = ['opened', 'not opened', 'taken', 'closed'] as const
export type LineState = (typeof lineStates)[number]

/** `line` is the name of a device line (`notes`, `printer`), `out` is from the driver to the device. */
export type Happening =
  /** 'taken': the line has taken what was written last, which it did not at once. */
  | { kind: 'line'; line: string; now: LineState }
  | { kind: 'bytes'; line: string; way: 'out' | 'in'; bytes: Uint8Array }
  /** What was inside the sealed frame that follows (out) or went before (in). */
  | { kind: 'clear'; line: string; way: 'out' | 'in'; bytes: Uint8Array }
  /** A card command: class, instruction, P1 and P2, and how many bytes of data went with it. Never the data. */
  | { kind: 'card command'; header: number[]; bytes: number }
  /** Its answer: the status word and how many bytes came before it; null: none came. */
  | { kind: 'card answer'; statusWord: number | null; bytes: number }
  /** `from` and `to` are the ids of actors; `kiosk` is the root, and from outside it is null. */
  | { kind: 'event'; from: string | null; to: string; event: RecordedEvent }
  | { kind: 'moved'; machine: string; state: string }
  /** Only in a recording: between the beginning of a conversation and the window nothing happened that matters. */
  | { kind: 'gap'; line: string }

/** `at` is in milliseconds of the monotonic clock. */
export type Trace = { at: number } & Happening

const Told = z.looseObject({ type: z.string() })
const Written = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('line'),
    line: z.string(),
    now: z.enum(lineStates),
  }),
  z.object({ kind: z.literal('card command'), header: z.array(z.int()), bytes: z.int() }),
  z.object({ kind: z.literal('card answer'), statusWord: z.int().nullable(), bytes: z.int() }),
  z.object({
    kind: z.literal('event'),
    from: z.string().nullable(),
    to: z.string(),
    event: Told,
  }),
  z.object({ kind: z.literal('moved'), machine: z.string(), state: z.string() }),
  z.object({ kind: z.literal('gap'), line: z.string() }),
])

/** What has no bytes, as JSON has it. */
export const happeningOf = (value: unknown): Happening => Written.parse(value)

/** The most that one entry holds; longer bytes are several. */
export const longestPayload = 32_768

const jsonTag = 0
/** Tags of bytes: 1 and up, four to a line: bytes out, bytes in, clear out, clear in. */
const bytesTag = (line: number, { kind, way: said }: { kind: 'bytes' | 'clear'; way: string }) =>
  1 + 4 * line + (kind === 'clear' ? 2 : 0) + (said === 'in' ? 1 : 0)

export type Pushed = { tag: number; payload: Uint8Array }

/** As the ring keeps it. `lines` gives each line its number; one that is not among them cannot be recorded. */
export const entriesOf = (happening: Happening, lines: readonly string[]): Pushed[] => {
  if (happening.kind !== 'bytes' && happening.kind !== 'clear') {
    const payload = Buffer.from(JSON.stringify(happening))
    return payload.length > longestPayload ? [] : [{ tag: jsonTag, payload }]
  }
  const line = lines.indexOf(happening.line)
  if (line === -1) return []
  const tag = bytesTag(line, happening)
  const pieces: Pushed[] = []
  for (let at = 0; at < happening.bytes.length; at += longestPayload) {
    pieces.push({ tag, payload: happening.bytes.subarray(at, at + longestPayload) })
  }
  return pieces
}

/** What an entry of the ring was. */
export const traceOf = ({ at, tag, payload }: Entry, lines: readonly string[]): Trace => {
  if (tag === jsonTag) {
    return { at, ...happeningOf(JSON.parse(Buffer.from(payload).toString('utf8'))) }
  }
  const line = lines[(tag - 1) >> 2] ?? ''
  const [kind, way] = (
    [
      ['bytes', 'out'],
      ['bytes', 'in'],
      ['clear', 'out'],
      ['clear', 'in'],
    ] as const
  )[(tag - 1) & 3] ?? ['bytes', 'out']
  return { at, kind, line, way, bytes: payload }
}
