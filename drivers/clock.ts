// Time for drivers and simulators: the real one unless another is handed in.

/** Any clock that can say how time passes and call back later; `kiosk/clock.ts` and a test's own both fit. */
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

/** Waits so long. */
export const pause = (clock: Pick<Clock, 'after'>, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.after(delayMs, resolve))

/** Waits so long, or until it is woken. */
export const wakeablePause = (
  clock: Pick<Clock, 'after'>,
  delayMs: number,
): { over: Promise<void>; wake: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.after(Math.max(0, delayMs), resolve)
  return {
    over: promise,
    wake: () => {
      cancel()
      resolve()
    },
  }
}

/** What the promise gives, or 'too late' when it takes longer. */
export const within = async <Value>(
  clock: Pick<Clock, 'after'>,
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
