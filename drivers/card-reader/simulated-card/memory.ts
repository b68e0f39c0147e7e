// The non-volatile memory of a simulated card: every change is there whole or not at all (power-card.md 7.4).
//
// A change is made on a shadow copy, then the commit mark is set, then the copy takes its place. Power that fails before
// the mark leaves the old content; power that fails after it leaves the new one, put into place at the next power-up.
import type { CardState } from './state.ts'
import type { Tearing } from './tearing.ts'

export type CardMemory = ReturnType<typeof cardMemory>

export const cardMemory = (
  initial: CardState,
  { tearing, onChange }: { tearing: Tearing; onChange?: (state: CardState) => void },
) => {
  let place = structuredClone(initial)
  let shadow: CardState | null = null
  let marked = false
  let failures = 0

  const settle = (): void => {
    if (marked && shadow !== null) place = shadow
    shadow = null
    marked = false
  }

  return {
    /** What counts now. */
    content: (): Readonly<CardState> => (marked && shadow !== null ? shadow : place),
    /** False when the memory fails; nothing was changed then. Throws `Torn` when the power fails. */
    commit: (change: (draft: CardState) => void): boolean => {
      if (failures > 0) {
        failures--
        return false
      }
      shadow = structuredClone(place)
      change(shadow)
      tearing.reached('before commit')
      marked = true
      onChange?.(structuredClone(shadow))
      tearing.reached('after commit')
      settle()
      return true
    },
    /** At power-up: what was committed takes its place, what was not is forgotten. */
    settle,
    /** The next so many changes fail (6581). */
    fail: (times: number): void => {
      failures = times
    },
  }
}
