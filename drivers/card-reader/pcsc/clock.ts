// Time for the driver and its simulators: the real one unless another is handed in.

/** Any clock that can call back later; `kiosk/clock.ts` and a test's own both fit. */
export type Clock = {
  /** Calls back once after so many milliseconds, unless the returned function is called first. */
  after: (delayMs: number, callBack: () => void) => () => void
}

export const realClock: Clock = {
  after: (delayMs, callBack) => {
    const timer = setTimeout(callBack, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Waits so long. */
export const pause = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.after(delayMs, resolve))

/** What the promise gives, or 'too late' when it takes longer. */
export const within = async <Value>(
  clock: Clock,
  limitMs: number,
  promise: Promise<Value>,
): Promise<Value | 'too late'> => {
  const limit = Promise.withResolvers<'too late'>()
  const cancel = clock.after(limitMs, () => limit.resolve('too late'))
  try {
    return await Promise.race([promise, limit.promise])
  } finally {
    cancel()
  }
}
