// Time for the driver and the simulator: the real one unless another is handed in.

/** Any clock that can say the time and call back later; `kiosk/clock.ts` and a test's own both fit. */
export type Clock = {
  /** Milliseconds; only differences count. */
  now: () => number
  /** Calls back once after so many milliseconds, unless the returned function is called first. */
  after: (delayMs: number, callBack: () => void) => () => void
}

/** The clock on the wall does not run backwards here: `performance.now` is untouched by a corrected date. */
export const realClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callBack) => {
    const timer = setTimeout(callBack, delayMs)
    return () => clearTimeout(timer)
  },
}
