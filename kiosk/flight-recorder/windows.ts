// When a window around faults begins and ends: pure.

export type WindowLimits = {
  /** How much of the time before the first fault and after the last one is kept. */
  beforeMs: number
  afterMs: number
  /** Faults that go on and on make a window longer, but no longer than this. */
  longestMs: number
}

export type SeenFault = { at: number; device: string; fault: string }

/** From and until are both inside. */
export type Window = { from: number; until: number; faults: readonly SeenFault[] }

/** The window with one more fault in it: the open one if this falls into it, else a new one. */
export const withFault = (
  open: Window | null,
  fault: SeenFault,
  { beforeMs, afterMs, longestMs }: WindowLimits,
): Window => {
  if (open === null || fault.at > open.until) {
    return { from: fault.at - beforeMs, until: fault.at + afterMs, faults: [fault] }
  }
  const until = Math.min(Math.max(open.until, fault.at + afterMs), open.from + longestMs)
  return { from: open.from, until, faults: [...open.faults, fault] }
}
