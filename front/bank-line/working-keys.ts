// The working keys of a line: the one in use, and those that a late answer may still be sealed with.

/** So many keys are kept: an answer that is later than two key changes is evidence of nothing any more. */
const mostKept = 3

export type WorkingKeys = {
  current: () => Uint8Array | null
  /** The newest first. */
  all: () => readonly Uint8Array[]
  use: (key: Uint8Array) => void
}

export const workingKeys = (): WorkingKeys => {
  let kept: readonly Uint8Array[] = []
  return {
    current: () => kept[0] ?? null,
    all: () => kept,
    use: (key) => {
      kept = [key, ...kept].slice(0, mostKept)
    },
  }
}
