// One thing after the other: what is begun is ended before the next begins, whether it went well or not.

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** A queue of its own. */
export const inTurn = (): InTurn => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}
