// What belongs into the file of one window: the beginnings of the conversations, and then everything since it opened. Pure.
import type { Beginning } from './beginning.ts'
import type { RecordedLine } from './lines.ts'
import type { Heading, Recording } from './recording.ts'
import type { Trace } from './trace.ts'
import type { Window } from './windows.ts'

/** So far a window reaches back for the beginning of what was going on when its first fault came. */
export const longestReachMs = 600_000

export type Cut = {
  window: Window
  /** As they were when the window opened. */
  beginnings: ReadonlyMap<string, Beginning>
  lines: Record<string, RecordedLine>
  /** When the newest of those things happened that are no longer in memory; null: all are. */
  gone: number | null
  kiosk: string
  version: string
  /** Wall time less monotonic time. */
  wallNow: number
}

export const assembled = (
  { window, beginnings, lines, gone, kiosk, version, wallNow }: Cut,
  since: (from: number) => Trace[],
): Recording => {
  const earliest = window.from - longestReachMs
  const from = [...beginnings.values()]
    .map(startOf)
    .filter((at) => at !== null && at >= earliest)
    .reduce((first: number, at) => Math.min(first, at ?? first), window.from)
  const isGone = (at: number) => gone !== null && gone >= at
  const before = [...beginnings].flatMap(([line, beginning]) => beforeWindow(line, beginning, from))
  const traces = [...before, ...since(from).filter(({ at }) => at <= window.until)]
  const held = (line: string): number | null => {
    const beginning = beginnings.get(line)
    const begun = beginning?.opening?.[0]?.at
    if (beginning === undefined || begun === undefined) return null
    // Something that began before all that is left: a driver would not understand what follows.
    const start = startOf(beginning) ?? from
    return start < from || isGone(start) ? null : begun
  }
  const heading: Heading = {
    recording: 1,
    kiosk,
    version,
    wallAtFrom: Math.round(wallNow + from),
    from,
    until: window.until,
    cut: isGone(from),
    faults: [...window.faults],
    lines: Object.fromEntries(
      Object.entries(lines).map(([line, spec]) => [line, { spec, heldFrom: held(line) }]),
    ),
  }
  return { heading, traces: traces.sort((a, b) => a.at - b.at) }
}

/** Where the window has to begin for this line; null when it may begin anywhere. */
const startOf = ({ opening, rest, newsSince }: Beginning): number | null =>
  rest.length === 0 ? (opening?.[0]?.at ?? null) : newsSince

/** What is remembered of a conversation from before the window, and where something was left out of it. */
const beforeWindow = (line: string, { opening, rest }: Beginning, from: number): Trace[] => {
  const parts = [opening ?? [], rest].map((part) => part.filter(({ at }) => at < from))
  return parts.flatMap((part) => {
    const last = part.at(-1)
    return last === undefined ? [] : [...part, { at: last.at, kind: 'gap' as const, line }]
  })
}
