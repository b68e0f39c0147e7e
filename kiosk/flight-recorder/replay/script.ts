// The recorded conversation of one line, taken apart: what the driver said, and what then came of it.
import type { RecordedEvent, Trace } from '../trace.ts'

/** `clear` is what was inside, where it was sealed. */
export type Said = { bytes: Uint8Array; clear: Uint8Array | null }

export type Consequence =
  | ({ kind: 'in' } & Said)
  | { kind: 'closed' }
  /** The line takes what was written. */
  | { kind: 'taken' }
  /** The machines told the driver to do something. */
  | { kind: 'command'; command: RecordedEvent }

/** The driver opens the line, or writes to it; until its next act all this happens, each so long after it. */
export type Act = {
  at: number
  did: { kind: 'open'; worked: boolean } | ({ kind: 'write' } & Said)
  after: { afterMs: number; what: Consequence }[]
}

/** What the driver told the machines, and after which act. */
export type Told = { act: number; event: RecordedEvent }

export type Script = {
  acts: Act[]
  told: Told[]
  /** The first act of the window itself; those before are the beginning of the conversation. */
  windowFrom: number
}

/** Of one line, from `heldFrom` on, with the commands and events of its device; the window begins at `from`. */
export const scriptOf = (
  traces: readonly Trace[],
  of: { line: string; device: string; heldFrom: number; from: number },
): Script => {
  const script: Script = { acts: [], told: [], windowFrom: 0 }
  const s = { script, of, clear: null as Uint8Array | null, since: of.heldFrom }
  for (const trace of traces) if (trace.at >= of.heldFrom) take(s, trace)
  const first = script.acts.findIndex(({ at }) => at >= of.from)
  script.windowFrom = first === -1 ? script.acts.length : first
  return script
}

type Making = {
  script: Script
  of: { line: string; device: string }
  /** Said in the clear and not yet seen sealed. */
  clear: Uint8Array | null
  /** The last act, or the end of the last gap: from where time is counted. */
  since: number
}

const take = (s: Making, trace: Trace): void => {
  const { acts, told } = s.script
  const then = (what: Consequence) =>
    acts.at(-1)?.after.push({ afterMs: Math.max(0, trace.at - s.since), what })
  switch (trace.kind) {
    case 'line':
      if (trace.line !== s.of.line) return
      if (trace.now === 'closed' || trace.now === 'taken') then({ kind: trace.now })
      else act(s, trace.at, { kind: 'open', worked: trace.now === 'opened' })
      return
    case 'clear':
      if (trace.line !== s.of.line) return
      if (trace.way === 'out') s.clear = trace.bytes
      else hearClear(acts.at(-1), trace.bytes)
      return
    case 'bytes':
      if (trace.line !== s.of.line) return
      if (trace.way === 'in') then({ kind: 'in', bytes: trace.bytes, clear: null })
      else {
        act(s, trace.at, { kind: 'write', bytes: trace.bytes, clear: clearOf(s, trace.bytes) })
      }
      return
    case 'event':
      if (trace.to === s.of.device && !trace.event.type.startsWith('xstate.')) {
        then({ kind: 'command', command: trace.event })
      }
      if (trace.from === s.of.device) told.push({ act: acts.length - 1, event: trace.event })
      return
    case 'gap':
      // Nobody knows what came right after it: what does is counted from its own beginning.
      if (trace.line === s.of.line) s.since = Infinity
      return
    default:
  }
}

const act = (s: Making, at: number, did: Act['did']): void => {
  s.script.acts.push({ at, did, after: [] })
  s.since = at
}

/** A frame that is sent again has its clear bytes only once. */
const clearOf = (s: Making, bytes: Uint8Array): Uint8Array | null => {
  const { clear } = s
  s.clear = null
  if (clear !== null) return clear
  const before = s.script.acts.at(-1)?.did
  return before?.kind === 'write' && Buffer.compare(before.bytes, bytes) === 0 ? before.clear : null
}

/** The driver has opened what came last. */
const hearClear = (last: Act | undefined, clear: Uint8Array): void => {
  const sealed = last?.after.findLast(({ what }) => what.kind === 'in')?.what
  if (sealed?.kind === 'in') sealed.clear = clear
}
