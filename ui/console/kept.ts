// What this device keeps for the console: language and appearance, nothing of anybody's work.
const keyOf = (what: string): string => `wattpoint console ${what}`

/** Null: nothing is kept, or this browser keeps nothing. */
export const kept = (what: string): string | null => {
  try {
    return localStorage.getItem(keyOf(what))
  } catch {
    return null
  }
}

/** Where the browser keeps nothing, the choice holds until the page is closed. */
export const keep = (what: string, value: string): void => {
  try {
    localStorage.setItem(keyOf(what), value)
  } catch {
    return
  }
}
