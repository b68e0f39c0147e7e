// The time of a whole town: it stands still until it is moved, and moves from one timer to the next.

type Timer = { at: number; order: number; call: (() => void) | null }

export type Timeline = {
  /** The true time, milliseconds since 1970. */
  now: () => number
  monotonic: () => number
  after: (ms: number, call: () => void) => () => void
  /** Fires the next timer and lets everything run that follows from it. False when there is none. */
  step: () => Promise<boolean>
  /** Nothing happens up to this moment of the monotonic clock. */
  passTo: (moment: number) => void
  /** When the next timer is due, on the monotonic clock. */
  next: () => number
  /** Lets everything run that is ready to run. */
  settle: () => Promise<void>
  /** So many timers have fired: a measure of how much has happened. */
  fired: () => number
}

export const timeline = (start: number): Timeline => {
  let passed = 0
  let order = 0
  let fired = 0
  const heap: Timer[] = []

  const next = (): Timer | undefined => {
    while (heap[0] !== undefined && heap[0].call === null) pop(heap)
    return heap[0]
  }
  return {
    now: () => Math.floor(start + passed),
    monotonic: () => passed,
    after: (ms, call) => {
      const timer: Timer = { at: passed + Math.max(0, ms), order: ++order, call }
      push(heap, timer)
      return () => {
        timer.call = null
      }
    },
    step: async () => {
      const timer = next()
      if (timer === undefined) return false
      pop(heap)
      passed = Math.max(passed, timer.at)
      fired++
      timer.call?.()
      await settled()
      return true
    },
    passTo: (moment) => {
      passed = Math.max(passed, Math.min(moment, next()?.at ?? moment))
    },
    next: () => next()?.at ?? Infinity,
    settle: async () => {
      // A view may follow from what was composed for the view before.
      await settled()
      await settled()
    },
    fired: () => fired,
  }
}

/** Promises, and what waits for the next turn of the event loop: a view that changed is composed there. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order)

const push = (heap: Timer[], timer: Timer): void => {
  let at = heap.length
  heap.push(timer)
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || !isBefore(timer, parent)) break
    heap[at] = parent
    at = above
  }
  heap[at] = timer
}

const pop = (heap: Timer[]): void => {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    const [left, right] = [heap[below], heap[below + 1]]
    if (left === undefined) break
    if (right !== undefined && isBefore(right, left)) below++
    const child = heap[below]
    if (child === undefined || !isBefore(child, last)) break
    heap[at] = child
    at = below
  }
  heap[at] = last
}
