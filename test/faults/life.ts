// One life of a kiosk's program: when it has ended, nothing it still does reaches anything.

/** What is thrown into a program that has ended and does not know it yet. */
export class Ended extends Error {}

export type Life = {
  hasEnded: () => boolean
  /** As a crash: from now on nothing gets through. */
  end: () => void
  /** Rejects once the program has ended. */
  ended: Promise<never>
  /** Throws when the program has ended. */
  mustLive: () => void
}

export const newLife = (): Life => {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  let over = false
  return {
    hasEnded: () => over,
    end: () => {
      if (over) return
      over = true
      reject(new Ended('the program has ended'))
    },
    ended: promise,
    mustLive: () => {
      if (over) throw new Ended('the program has ended')
    },
  }
}
