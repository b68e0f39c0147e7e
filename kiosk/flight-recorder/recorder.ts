// The flight recorder: keeps the last minutes of every line and machine in memory, and a file of those around a fault.
import type { InspectionEvent } from 'xstate'
import type { Duplex } from 'node:stream'
import type { CardService } from '../../drivers/card-reader/pcsc/service.ts'
import type { Clock } from '../clock.ts'
import { beginningOf, type Beginning } from './beginning.ts'
import { tappedCards } from './card-tap.ts'
import type { RecordingFolder } from './folder.ts'
import { inspector, root } from './inspector.ts'
import { tapped } from './line-tap.ts'
import type { RecordedLine } from './lines.ts'
import { assembled } from './assembling.ts'
import { writtenRecording } from './recording.ts'
import { ring, type RingLimits } from './ring.ts'
import { entriesOf, traceOf, type Happening, type LineState } from './trace.ts'
import { withFault, type SeenFault, type Window, type WindowLimits } from './windows.ts'

export const usualLimits: WindowLimits & { ring: RingLimits } = {
  beforeMs: 60_000,
  afterMs: 30_000,
  longestMs: 300_000,
  // At 9600 baud a busy acceptor makes 2 kB a second, a printed picture 60 kB: some minutes at the least, mostly half an hour.
  ring: { bytes: 4_000_000, ms: 1_800_000 },
}

export type FlightRecorderOptions = {
  clock: Pick<Clock, 'monotonic' | 'now' | 'after'>
  kiosk: string
  version: string
  lines: Record<string, RecordedLine>
  folder: RecordingFolder
  limits?: typeof usualLimits
  /** A window has been written, or could not be. */
  report?: (kept: { path: string | null; why?: unknown }) => void
}

export type FlightRecorder = {
  /** The same way to open a line; what goes over it is recorded. */
  tapLine: (line: string, open: () => Promise<Duplex>) => () => Promise<Duplex>
  /** What was said on this line inside encryption. */
  overhear: (line: string) => (way: 'out' | 'in', bytes: Uint8Array) => void
  tapCards: (service: CardService) => CardService
  /** For `createActor(machine, { inspect })`. */
  inspect: (inspected: InspectionEvent) => void
  /** Trouble that no device has told of: it opens a window too. */
  fault: (device: string, fault: string) => void
  /** Writes the window that is open, as far as it goes. */
  stop: () => Promise<void>
}

export const flightRecorder = (options: FlightRecorderOptions): FlightRecorder => {
  const { clock, limits = usualLimits } = options
  const names = Object.keys(options.lines)
  const kept = ring(limits.ring)
  const beginnings = Object.entries(options.lines).map(
    ([line, spec]) => [line, beginningOf(line, spec)] as const,
  )
  const windows = windowKeeper(options, limits, {
    traces: (from) => kept.since(from).map((entry) => traceOf(entry, names)),
    gone: kept.gone,
    beginnings: () => new Map(beginnings.map(([line, beginning]) => [line, beginning.now()])),
  })

  const record = (happening: Happening): void => {
    const at = clock.monotonic()
    for (const { tag, payload } of entriesOf(happening, names)) kept.push(at, tag, payload)
    for (const [, beginning] of beginnings) beginning.hear({ at, ...copied(happening) })
    const fault = faultIn(happening)
    if (fault !== null) windows.fault({ at, ...fault })
  }
  const bytes = (line: string, kind: 'bytes' | 'clear', way: 'out' | 'in') => {
    // What nobody can redact is not even in memory: there may be the number of a bank card in it.
    const isKnown = options.lines[line]?.protocol !== 'unknown'
    return (chunk: Uint8Array) =>
      record({ kind, line, way, bytes: isKnown ? chunk : new Uint8Array(chunk.length) })
  }

  const is = (line: string, now: LineState) => record({ kind: 'line', line, now })

  return {
    tapLine: (line, open) => async () => {
      try {
        const opened = await open()
        is(line, 'opened')
        const tell = {
          out: bytes(line, 'bytes', 'out'),
          in: bytes(line, 'bytes', 'in'),
          taken: () => is(line, 'taken'),
          closed: () => is(line, 'closed'),
        }
        return tapped(opened, tell, clock)
      } catch (error) {
        is(line, 'not opened')
        throw error
      }
    },
    overhear: (line) => (way, chunk) => bytes(line, 'clear', way)(chunk),
    tapCards: (service) => tappedCards(service, record),
    inspect: inspector(record),
    fault: (device, fault) => windows.fault({ at: clock.monotonic(), device, fault }),
    stop: windows.close,
  }
}

/** A chunk belongs to the line, which may use its memory again. */
const copied = (happening: Happening): Happening =>
  happening.kind === 'bytes' || happening.kind === 'clear'
    ? { ...happening, bytes: Uint8Array.from(happening.bytes) }
    : happening

/** A device has raised a fault: told to the root once, and passed on from there. */
const faultIn = (happening: Happening): Omit<SeenFault, 'at'> | null => {
  if (happening.kind !== 'event' || happening.to !== root) return null
  const { type, fault, why } = happening.event
  if (!type.endsWith('.failed')) return null
  const kind = typeof fault === 'object' && fault !== null && 'kind' in fault ? fault.kind : why
  return {
    device: type.slice(0, -'.failed'.length),
    fault: typeof kind === 'string' ? kind : 'failed',
  }
}

type Memory = {
  traces: (from: number) => ReturnType<typeof traceOf>[]
  gone: () => number | null
  beginnings: () => Map<string, Beginning>
}

/** Opens, prolongs and closes the window, and hands what was in it to the folder. */
const windowKeeper = (
  { clock, folder, kiosk, version, lines, report = () => {} }: FlightRecorderOptions,
  limits: WindowLimits,
  memory: Memory,
) => {
  let open: { window: Window; beginnings: Map<string, Beginning> } | null = null
  let writing: Promise<void> = Promise.resolve()

  const write = async (closing: NonNullable<typeof open>): Promise<void> => {
    const { window, beginnings } = closing
    const wallNow = clock.now() - clock.monotonic()
    const recording = assembled(
      { window, beginnings, lines, gone: memory.gone(), kiosk, version, wallNow },
      memory.traces,
    )
    const [first] = window.faults
    const cause = `${first?.device} ${first?.fault}`
    try {
      const wallMs = wallNow + (first?.at ?? window.from)
      const path = await folder.keep({ wallMs, cause, text: writtenRecording(recording) })
      report({ path })
    } catch (why) {
      report({ path: null, why })
    }
  }
  const close = (): Promise<void> => {
    const closing = open
    open = null
    if (closing === null) return writing
    const ended = { ...closing.window, until: Math.min(closing.window.until, clock.monotonic()) }
    writing = writing.then(() => write({ ...closing, window: ended }))
    return writing
  }
  const closeWhenOver = () => {
    if (open === null) return
    // Its last moment is inside, so it is over a millisecond later; a smaller rest could not be added to the time.
    const leftMs = Math.floor(open.window.until - clock.monotonic()) + 1
    if (leftMs > 0) clock.after(leftMs, closeWhenOver)
    else void close()
  }
  return {
    close,
    fault: (fault: SeenFault) => {
      if (open !== null && fault.at > open.window.until) void close()
      const beginnings = open?.beginnings ?? memory.beginnings()
      const isNew = open === null
      open = { window: withFault(open?.window ?? null, fault, limits), beginnings }
      if (isNew) closeWhenOver()
    },
  }
}
