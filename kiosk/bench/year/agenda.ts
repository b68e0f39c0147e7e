// What is going to happen in the town, the earliest first.

export type Agenda = {
  /** `at` in ms since 1970, rounded to whole ones; what is past happens now. Of two things at one moment the one that was planned first happens first. */
  plan: (at: number, what: () => void) => void
  /** Lets everything happen that is due before `until`, also what is planned meanwhile. `now` is told before each. */
  run: (until: number) => void
  /** The moment of what is happening. */
  now: () => number
}

type Planned = { at: number; place: number; what: () => void }

export const agenda = (from: number): Agenda => {
  const heap: Planned[] = []
  let planned = 0
  let now = from
  const isBefore = (one: Planned, other: Planned) =>
    one.at < other.at || (one.at === other.at && one.place < other.place)
  return {
    now: () => now,
    plan: (at, what) => {
      rise(heap, { at: Math.max(Math.round(at), now), place: planned++, what }, isBefore)
    },
    run: (until) => {
      for (let first = heap[0]; first !== undefined && first.at < until; first = heap[0]) {
        sink(heap, isBefore)
        now = first.at
        first.what()
      }
      now = until
    },
  }
}

type Before<Each> = (one: Each, other: Each) => boolean

/** Puts one into a binary heap. */
const rise = <Each>(heap: Each[], each: Each, isBefore: Before<Each>): void => {
  let place = heap.length
  heap.push(each)
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || !isBefore(each, parent)) return
    heap[place] = parent
    heap[above] = each
    place = above
  }
}

/** Takes the first out of a binary heap. */
const sink = <Each>(heap: Each[], isBefore: Before<Each>): void => {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let place = 0
  for (;;) {
    const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]]
    const isRight = left !== undefined && right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (child === undefined || !isBefore(child, last)) break
    heap[place] = child
    place = 2 * place + (isRight ? 2 : 1)
  }
  heap[place] = last
}
