// Time for the driver and the simulator: the real one unless another is handed in.

/** Any clock that can say the time and call back later; `kiosk/clock.ts` and a test's own both fit. */
export type Clock = {
  /** Milliseconds since some moment. Never steps back. */
  monotonic: () => number
  /** Calls back once after so many milliseconds, unless the returned function is called first. */
  after: (delayMs: number, callBack: () => void) => () => void
}

export const realClock: Clock = {
  monotonic: () => performance.now(),
  after: (delayMs, callBack) => {
    const timer = setTimeout(callBack, delayMs)
    return () => clearTimeout(timer)
  },
}
