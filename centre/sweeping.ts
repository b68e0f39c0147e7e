// What is looked after again and again: each by itself, so that one that waits for somebody outside holds up no other.

export type Sweep = {
  /** While one is at work another does nothing. */
  run: () => Promise<void>
  /** Resolves when none is at work. */
  ended: () => Promise<void>
}

/** The same, and never at work twice at once. */
export const neverTwice = (work: () => Promise<void>): Sweep => {
  let working: Promise<void> | null = null
  return {
    run: async () => {
      if (working !== null) return
      working = work().finally(() => {
        working = null
      })
      await working
    },
    ended: async () => {
      await Promise.allSettled([working])
    },
  }
}

/** Begins all that are not at work; what fails is told, and tried again the next time. */
export const sweepingAll = (
  works: readonly (() => Promise<void>)[],
  onError: (error: unknown) => void,
): (() => void) => {
  const sweeps = works.map(neverTwice)
  return () => {
    for (const { run } of sweeps) run().catch(onError)
  }
}
