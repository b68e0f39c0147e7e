// Pure: how long a kiosk waits before it tries its broker again.

/** The first pause is at most this; each failure doubles it (fleet.md 6, O5). */
export const firstPauseMs = 1_000
export const longestPauseMs = 300_000
/** A connection that stood so long has worked; after a shorter one the pauses go on growing. */
export const standingMs = 60_000

/** Anything up to the longest there is now, by chance: kiosks that were cut off together do not come back together. */
export const pauseMs = (failures: number, chance: number): number =>
  chance * Math.min(longestPauseMs, firstPauseMs * 2 ** failures)
